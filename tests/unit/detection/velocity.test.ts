import { describe, expect, it } from 'vitest'
import type { OpenAlert, OwnedSpend } from '../../../electron/detection/finding.ts'
import { judgeVelocity, ordinaryPeak, velocityLimit, type VelocityScope } from '../../../electron/detection/velocity.ts'
import { hourMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))
const part = (nanos: bigint): OwnedSpend => ({
  owner: { provider: 'openai', account: 'a', workspace: null, project: [], model: 'm', key: ['k'] },
  labels: { provider: 'OpenAI', account: 'Acme', project: null, model: 'm', key: 'k' },
  currency: 'USD',
  nanos,
})
const scope = (spent: number | null, peak = 0): VelocityScope => ({
  accountId: 'a',
  accountLabel: 'Acme',
  currency: 'USD',
  lastHour: spent === null ? null : [part(dollars(spent))],
  complete: true,
  ordinaryPeakNanos: dollars(peak),
  hours: [],
  asleepToMs: 0,
  spokenToMs: 0,
  acceptedNanos: 0n,
  spentIn: () => [part(dollars(900))],
  plannedIn: () => 0n,
  plan: null,
})
const judge = (one: VelocityScope, open: OpenAlert[] = []) =>
  judgeVelocity({ scopes: [one], floorNanos: dollars(25), open, nowMs })
const open = (sinceMs: number): OpenAlert => ({
  identity: 'velocity:a:USD',
  rule: 'velocity',
  ruleId: null,
  scope: 'account:a',
  sinceMs,
  told: ['fast'],
})

describe('judgeVelocity', () => {
  it('needs no history: the trailing hour reaching the floor is enough', () => {
    expect(judge(scope(24.99)).findings).toEqual([])
    expect(judge(scope(25)).findings[0]).toMatchObject({
      severity: 'warning',
      limitNanos: dollars(25),
      steps: ['fast'],
    })
  })
  it('wants a second look when it is only just over', () => {
    expect(judge(scope(29)).findings[0]?.unsure).toBe(true)
    expect(judge(scope(30)).findings[0]?.unsure).toBe(false)
  })
  it('is critical from four times the limit on', () => {
    expect(judge(scope(99)).findings[0]?.severity).toBe('warning')
    expect(judge(scope(100)).findings[0]).toMatchObject({ severity: 'critical', steps: ['fast', 'very fast'] })
  })
  it('does not page a company for what its busy hours usually cost', () => {
    expect(judge(scope(250, 100)).findings).toEqual([])
    expect(judge(scope(400, 100)).findings).toHaveLength(1)
  })
  it('accepts half as much again as an hour that a person called normal', () => {
    expect(judge({ ...scope(59), acceptedNanos: dollars(40) }).findings).toEqual([])
    expect(judge({ ...scope(60), acceptedNanos: dollars(40) }).findings[0]?.limitNanos).toBe(dollars(60))
    // A small hour that was accepted does not lower the floor.
    expect(judge({ ...scope(25), acceptedNanos: dollars(1) }).findings[0]?.limitNanos).toBe(dollars(25))
  })
  it('counts what is beyond a plan, and says so', () => {
    expect(judge({ ...scope(80), plannedIn: () => dollars(60) }).findings).toEqual([])
    const plan = 'Planned were up to $60.00 a day.'
    const beyond = judge({ ...scope(80), plannedIn: () => dollars(40), plan }).findings[0]
    expect(beyond).toMatchObject({ amountNanos: dollars(40), severity: 'warning' })
    expect(beyond?.summary).toBe(`Acme spent $40.00 in the last hour; the limit is $25.00 an hour. ${plan}`)
    const old = judge({ ...scope(80), plannedIn: () => dollars(40) }, [open(nowMs - 3 * hourMs)]).findings[0]
    expect(old?.amountNanos).toBe(dollars(860))
  })
  it('does not call hours busy that were planned', () => {
    const hours = [{ startMs: nowMs - 3 * hourMs, nanos: dollars(300) }]
    const slept = { ...scope(0), hours, asleepToMs: nowMs }
    expect(judge(slept).findings).toHaveLength(1)
    expect(judge({ ...slept, plannedIn: () => dollars(280) }).findings).toEqual([])
  })
  it('speaks of the last hour at first, and of everything since it began once that is longer', () => {
    const first = judge(scope(40)).findings[0]
    expect(first).toMatchObject({ sinceMs: nowMs - hourMs, amountNanos: dollars(40) })
    expect(first?.summary).not.toContain('since it began')
    // A minute over the hour is still that hour: the alert began when its first hour was looked at.
    const young = judge(scope(40), [open(nowMs - hourMs - 60_000)]).findings[0]
    expect(young).toMatchObject({ sinceMs: nowMs - hourMs - 60_000, amountNanos: dollars(40) })
    const old = judge(scope(40), [open(nowMs - hourMs - 60_001)]).findings[0]
    expect(old?.amountNanos).toBe(dollars(900))
    expect(old?.summary).toContain('$900.00 since it began')
    // A correction that took money back does not make the hour smaller than it is.
    const less = judge({ ...scope(40), spentIn: () => [part(dollars(40))] }, [open(nowMs - 3 * hourMs)]).findings[0]
    expect(less?.amountNanos).toBe(dollars(40))
    expect(less?.summary).not.toContain('since it began')
  })
  it('clears only well below the limit', () => {
    expect(judge(scope(22), [open(nowMs)]).cleared.size).toBe(0)
    expect(judge(scope(20), [open(nowMs)]).cleared.size).toBe(0)
    expect(judge(scope(19.99), [open(nowMs)]).cleared.size).toBe(1)
  })
  it('finds in what is known so far, and clears nothing for lack of the rest', () => {
    expect(judge({ ...scope(30), complete: false }).findings).toHaveLength(1)
    expect(judge({ ...scope(0), complete: false }, [open(nowMs)]).cleared.size).toBe(0)
  })
  it('clears an alert whose account was removed', () => {
    expect(judge({ ...scope(0), accountId: 'b' }, [open(nowMs)]).cleared.get('velocity:a:USD')).toContain('removed')
  })
  it('neither finds nor clears while usage is not known', () => {
    expect(judge(scope(null), [open(nowMs)])).toEqual({ findings: [], cleared: new Map() })
  })
  it('tells what an incident has cost since it began', () => {
    const finding = judge(scope(100), [open(nowMs - 3 * hourMs)]).findings[0]
    expect(finding?.amountNanos).toBe(dollars(900))
    expect(finding?.summary).toContain('$900.00 since it began')
    expect(finding?.sinceMs).toBe(nowMs - 3 * hourMs)
  })
})

describe('hours that the guard slept through', () => {
  const hour = (startsAgo: number, amount: number) => ({
    startMs: nowMs - startsAgo * hourMs,
    nanos: dollars(amount),
  })
  const slept = (change: Partial<VelocityScope>) =>
    judge({
      ...scope(0),
      hours: [hour(9, 1), hour(8, 40), hour(7, 60), hour(6, 2)],
      asleepToMs: nowMs - hourMs,
      ...change,
    })

  it('are told of when they were busy, once, with what they cost', () => {
    expect(slept({}).findings).toMatchObject([
      {
        identity: `velocity:a:USD:missed:${nowMs - 8 * hourMs}`,
        once: true,
        severity: 'warning',
        amountNanos: dollars(100),
        sinceMs: nowMs - 8 * hourMs,
        summary:
          'While the guard slept, Acme spent $100.00 in 2 hours; the limit is $25.00 an hour. It ended 6 hours ago.',
      },
    ])
  })
  it('are critical when one of them was', () => {
    expect(slept({ hours: [hour(8, 100)] }).findings[0]).toMatchObject({ severity: 'critical', steps: ['missed'] })
    expect(slept({ hours: [hour(8, 99)] }).findings[0]?.severity).toBe('warning')
    expect(slept({ hours: [hour(8, 99)] }).findings[0]?.summary).toContain('in one hour')
  })
  it('are no news when the guard was awake, or has spoken of them', () => {
    expect(slept({ asleepToMs: nowMs - 7 * hourMs }).findings).toEqual([])
    expect(slept({ spokenToMs: nowMs - 6 * hourMs }).findings).toEqual([])
    expect(slept({ spokenToMs: nowMs - 6 * hourMs - 1 }).findings).toHaveLength(1)
  })
  it('belong to the alert of the hour that is busy now', () => {
    const now = judge({ ...scope(40), hours: [hour(3, 40), hour(2, 60), hour(1, 50)], asleepToMs: nowMs })
    expect(now.findings).toMatchObject([
      { identity: 'velocity:a:USD', sinceMs: nowMs - 3 * hourMs, amountNanos: dollars(900) },
    ])
    const apart = judge({ ...scope(40), hours: [hour(5, 40), hour(1, 2)], asleepToMs: nowMs })
    expect(apart.findings[0]?.sinceMs).toBe(nowMs - hourMs)
  })
  it('are let go after two days', () => {
    const alert = (sinceMs: number) => ({ ...open(sinceMs), identity: 'velocity:a:USD:missed:1' })
    expect(judge(scope(0), [alert(nowMs - 48 * hourMs)]).cleared.size).toBe(0)
    expect(judge(scope(0), [alert(nowMs - 48 * hourMs - 1)]).cleared.size).toBe(1)
  })
})

describe('ordinaryPeak', () => {
  it('is not raised by an incident of a few hours', () => {
    const hours = [...Array.from({ length: 320 }, () => dollars(2)), ...Array.from({ length: 6 }, () => dollars(2_000))]
    expect(ordinaryPeak(hours, 336)).toBe(dollars(2))
  })
  it('counts idle hours', () => expect(ordinaryPeak([dollars(40)], 24)).toBe(0n))
  it('is nothing without history', () => expect(ordinaryPeak([], 0)).toBe(0n))
  it('raises the limit to three times itself, never below the floor', () => {
    expect(velocityLimit(dollars(25), dollars(10))).toBe(dollars(30))
    expect(velocityLimit(dollars(25), dollars(1))).toBe(dollars(25))
  })
})

describe('ordinaryPeak at its edges', () => {
  const hours = (count: number) => Array.from({ length: count }, (_, index) => BigInt(index + 1))
  it('is the 95th percentile by nearest rank', () => {
    expect(ordinaryPeak(hours(100), 100)).toBe(95n)
    expect(ordinaryPeak(hours(20), 20)).toBe(19n)
    expect(ordinaryPeak(hours(1), 1)).toBe(1n)
  })
  it('counts idle hours as nothing spent', () => {
    expect(ordinaryPeak(hours(10), 100)).toBe(5n)
    expect(ordinaryPeak(hours(5), 100)).toBe(0n)
    expect(ordinaryPeak([], 100)).toBe(0n)
    expect(ordinaryPeak(hours(3), 0)).toBe(0n)
  })
})
