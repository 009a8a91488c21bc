import { describe, expect, it } from 'vitest'
import { judgeSight, type AccountSight } from '../../../electron/detection/blind.ts'
import type { OpenAlert } from '../../../electron/detection/finding.ts'
import { fail } from '../../../shared/failures.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const account = (change: Partial<AccountSight> = {}): AccountSight => ({
  accountId: 'a',
  label: 'Acme',
  everyMs: minuteMs,
  latencyMs: 5 * minuteMs,
  knownToMs: nowMs,
  addedAtMs: nowMs - 30 * dayMs,
  failure: null,
  failuresInRow: 0,
  paused: false,
  activeHours: [],
  ...change,
})
const failing = (unreadMs: number, change: Partial<AccountSight> = {}) =>
  account({
    knownToMs: nowMs - unreadMs,
    failure: fail('provider-down', 'The provider has a fault (503).'),
    failuresInRow: 5,
    ...change,
  })
const open = (identity: string, rule: OpenAlert['rule']): OpenAlert => ({
  identity,
  rule,
  ruleId: null,
  scope: 'account:a',
  sinceMs: 0,
  told: [],
})
const judge = (one: AccountSight, alerts: OpenAlert[] = [], awakeSinceMs: number | null = nowMs - dayMs) =>
  judgeSight({ accounts: [one], open: alerts, awakeSinceMs, nowMs })

describe('an account that cannot be read', () => {
  it('is blind after twenty minutes, with the reason', () => {
    expect(judge(failing(20 * minuteMs)).findings).toEqual([])
    expect(judge(failing(21 * minuteMs)).findings[0]).toMatchObject({
      identity: 'blind',
      scope: 'account:a',
      severity: 'warning',
      sinceMs: nowMs - 21 * minuteMs,
      summary:
        'Acme has not been read for 21 minutes; what it spends now is not known. The provider has a fault (503).',
    })
  })
  it('has longer where it is read seldom', () => {
    expect(judge(failing(hourMs, { everyMs: hourMs })).findings).toEqual([])
    expect(judge(failing(3 * hourMs + 6 * minuteMs, { everyMs: hourMs })).findings).toHaveLength(1)
  })
  it('is critical while an alert of it is open', () => {
    expect(judge(failing(hourMs), [open('velocity:a:USD', 'velocity')]).findings[0]).toMatchObject({
      severity: 'critical',
      steps: ['a', 'burning'],
    })
    expect(judge(failing(hourMs), [open('blind', 'blind')]).findings[0]?.severity).toBe('warning')
  })
  it('is no news after one or two failures, or while the key is being replaced', () => {
    expect(judge(failing(hourMs, { failuresInRow: 2 })).findings).toEqual([])
    expect(judge(failing(hourMs, { paused: true })).findings).toEqual([])
  })
  it('is not blamed for the time that the guard itself slept', () => {
    expect(judge(failing(9 * hourMs), [], nowMs - 5 * minuteMs).findings).toEqual([])
    expect(judge(failing(9 * hourMs), [], nowMs - 30 * minuteMs).findings[0]?.summary).toContain('9 hours')
  })
  it('counts from when it was added where it was never read', () => {
    const added = failing(0, { knownToMs: null, addedAtMs: nowMs - 2 * hourMs })
    expect(judge(added).findings[0]?.summary).toContain('2 hours')
  })
  it('is seen again after one good read, not before', () => {
    const alerts = [open('blind', 'blind')]
    expect(judge(failing(minuteMs, { failuresInRow: 1 }), alerts).cleared.has('blind')).toBe(false)
    expect(judge(account(), alerts).cleared.get('blind')).toBe('Every account is read again.')
  })
  it('is one alert with the others that go blind at about the same time', () => {
    const accounts = [
      failing(21 * minuteMs),
      failing(19 * minuteMs, { accountId: 'b', label: 'Beta' }),
      failing(10 * minuteMs, { accountId: 'c', label: 'Gamma' }),
      account({ accountId: 'd' }),
    ]
    const { findings } = judgeSight({ accounts, open: [], awakeSinceMs: null, nowMs })
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ scope: 'all', steps: ['a', 'b'] })
    expect(findings[0]?.summary).toContain('Acme, Beta have not been read for 21 minutes; what they spend now')
  })
  it('is forgotten when it is removed', () => {
    expect(judge(account({ accountId: 'b' }), [open('silent:a', 'blind')]).cleared.get('silent:a')).toContain('removed')
    expect(judgeSight({ accounts: [], open: [open('blind', 'blind')], awakeSinceMs: null, nowMs }).cleared.size).toBe(1)
  })
})

describe('an account that is read and shows nothing', () => {
  const everyHourUntil = (endMs: number) =>
    Array.from({ length: 14 * 24 }, (_, index) => endMs - (14 * 24 - index) * hourMs)
  const officeHours = Array.from({ length: 14 * 24 }, (_, index) => nowMs - (14 * 24 - index) * hourMs).filter((at) => {
    const date = new Date(at)
    return date.getUTCDay() % 6 !== 0 && date.getUTCHours() >= 9 && date.getUTCHours() < 18 && at < nowMs - 2 * dayMs
  })

  it('is news once the silence is longer than three hours and unlike any before', () => {
    expect(judge(account({ activeHours: everyHourUntil(nowMs - 3 * hourMs) })).findings).toEqual([])
    expect(
      judge(account({ activeHours: everyHourUntil(nowMs - 3 * hourMs - 5 * minuteMs) })).findings[0],
    ).toMatchObject({
      identity: 'silent:a',
      severity: 'info',
      summary:
        'Acme is read, but has shown no spend for 3 hours; it never paused. Either nothing runs, or the key no longer sees it.',
    })
  })
  it('is an ordinary weekend where there were weekends before', () => {
    expect(judge(account({ activeHours: officeHours })).findings).toEqual([])
  })
  it('is nothing to speak of while it has no habits', () => {
    expect(judge(account({ activeHours: everyHourUntil(nowMs - dayMs).slice(0, 71) })).findings).toEqual([])
    expect(judge(account({ activeHours: everyHourUntil(nowMs - dayMs).slice(-72) })).findings).toHaveLength(1)
  })
  it('is silent up to where it is known, not up to now', () => {
    const hours = everyHourUntil(nowMs - 4 * hourMs)
    expect(
      judge(account({ activeHours: hours, knownToMs: nowMs - 2 * hourMs })).findings.map(({ identity }) => identity),
    ).toEqual(['lagging:a'])
  })
  it('speaks again when spend shows up', () => {
    const alerts = [open('silent:a', 'blind')]
    expect(judge(account({ activeHours: everyHourUntil(nowMs) }), alerts).cleared.get('silent:a')).toBe(
      'Spend shows up again.',
    )
  })
})

describe('an account whose provider is late', () => {
  const late = (ms: number, change: Partial<AccountSight> = {}) => account({ knownToMs: nowMs - ms, ...change })

  it('is told of when its data is three times as old as it usually gets', () => {
    const declared = { everyMs: hourMs, latencyMs: 24 * hourMs }
    expect(judge(late(75 * hourMs, declared), [], null).findings).toEqual([])
    expect(judge(late(76 * hourMs, declared), [], null).findings[0]).toMatchObject({
      identity: 'lagging:a',
      rule: 'blind',
      severity: 'warning',
      sinceMs: nowMs - 76 * hourMs,
      summary:
        'Acme is read, but its newest data is 3 days old; it is usually 24 hours late. What it spends now is not known.',
    })
  })

  it('is given twenty minutes at least, and the time that the guard itself slept', () => {
    expect(judge(late(20 * minuteMs, { latencyMs: 0 })).findings).toEqual([])
    expect(judge(late(21 * minuteMs, { latencyMs: 0 })).findings).toHaveLength(1)
    expect(judge(late(21 * minuteMs, { latencyMs: 0 }), [], nowMs - 10 * minuteMs).findings).toEqual([])
  })

  it('is another thing than one that fails, is paused, or was never read', () => {
    const found = (one: AccountSight) => judge(one).findings.map(({ identity }) => identity)
    expect(found(failing(hourMs))).toEqual(['blind'])
    expect(found(late(hourMs, { paused: true }))).toEqual([])
    expect(found(late(hourMs, { knownToMs: null }))).toEqual([])
  })

  it('is no matter for what a person brings', () => {
    expect(judge(late(90 * dayMs, { everyMs: Infinity })).findings).toEqual([])
  })

  it('is over when newer data comes', () => {
    const alerts = [open('lagging:a', 'blind'), open('lagging:gone', 'blind')]
    expect([...judge(late(minuteMs), alerts).cleared.keys()].sort()).toEqual(['lagging:a', 'lagging:gone', 'silent:a'])
  })
})

describe('a guard that a person paused', () => {
  const paused = (forMs: number, alerts: OpenAlert[] = []) =>
    judgeSight({
      accounts: [failing(3 * hourMs)],
      open: alerts,
      awakeSinceMs: nowMs - dayMs,
      pausedSinceMs: nowMs - forMs,
      nowMs,
    })

  it('finds nothing in what it does not read, and takes nothing for over', () => {
    expect(paused(hourMs, [open('blind', 'blind')])).toEqual({ findings: [], cleared: new Map() })
  })

  it('is asked after a day, and each day after that, whether it was forgotten', () => {
    expect(paused(dayMs).findings).toMatchObject([{ identity: 'paused', severity: 'warning', steps: ['day 1'] }])
    expect(paused(2.5 * dayMs).findings[0]?.steps).toEqual(['day 1', 'day 2'])
    expect(paused(2.5 * dayMs).findings[0]?.summary).toMatch(/paused for 2 days/)
  })

  it('is told to be fine once it reads again', () => {
    expect(judge(account(), [open('paused', 'blind')]).cleared.get('paused')).toBe('The guard reads again.')
  })
})
