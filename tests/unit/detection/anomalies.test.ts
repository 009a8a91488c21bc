import { describe, expect, it } from 'vitest'
import { impactOf, judgeAnomalies, type WatchedSpend } from '../../../electron/detection/anomalies.ts'
import type { OpenAlert, OwnedSpend } from '../../../electron/detection/finding.ts'
import { hourMs, minuteMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))
const rise = {
  sinceMs: nowMs - 40 * minuteMs,
  windowMs: 30 * minuteMs,
  observed: 7,
  expected: 1,
  low: 0,
  high: 2.5,
  excess: 6,
  shape: 'cliff' as const,
}
const part: OwnedSpend = {
  owner: { provider: 'openai', account: 'a', workspace: null, project: [], model: 'gpt', key: ['k'] },
  labels: { provider: 'OpenAI', account: 'Acme', project: null, model: 'gpt', key: 'ci' },
  currency: 'USD',
  nanos: dollars(7),
}
const spend = (change: Partial<WatchedSpend> = {}): WatchedSpend => ({
  accountId: 'a',
  accountLabel: 'Acme',
  currency: 'USD',
  unusual: true,
  rise,
  isPast: false,
  excessOfHour: 0,
  newcomer: null,
  toldLately: false,
  complete: true,
  nextLookMs: 0,
  spentIn: () => [part],
  plan: null,
  ...change,
})
const open: OpenAlert = {
  identity: 'anomaly:a:USD',
  rule: 'anomaly',
  ruleId: null,
  scope: 'account:a',
  sinceMs: 0,
  told: [],
}
const judge = (one: WatchedSpend, alerts: OpenAlert[] = []) =>
  judgeAnomalies({ watched: [one], open: alerts, floorNanos: dollars(5), nowMs })

describe('judgeAnomalies', () => {
  it('says what was spent, what is usual, how much too much, and by whom', () => {
    expect(judge(spend()).findings[0]).toMatchObject({
      identity: 'anomaly:a:USD',
      severity: 'warning',
      steps: ['unusual'],
      amountNanos: dollars(6),
      sinceMs: rise.sinceMs,
      summary:
        'Acme spent $7.00 in the last 30 minutes; usual is $1.00, at most $2.50. $6.00 too much so far. It rose at once.',
    })
    expect(judge(spend()).findings[0]?.contributors[0]).toMatchObject({ dimension: 'model', name: 'gpt' })
  })
  it('does not page about what was over before the account was watched', () => {
    expect(judge(spend({ isPast: true })).findings).toEqual([])
    expect(judge(spend({ isPast: true }), [open]).findings).toHaveLength(1)
  })
  it('lets go of what was planned, unless it goes beyond', () => {
    const plan = 'Planned were up to $60.00 a day.'
    expect(judge(spend({ plan, rise: { ...rise, excess: 4.99 } }), [open]).cleared.get('anomaly:a:USD')).toBe(
      'It was planned.',
    )
    expect(judge(spend({ plan }), [open]).findings[0]?.summary).toContain(plan)
  })
  it('is silent below the smallest impact, however unusual', () => {
    expect(judge(spend({ rise: { ...rise, excess: 4.99 } })).findings).toEqual([])
    expect(judge(spend({ rise: { ...rise, excess: 5 } })).findings).toHaveLength(1)
  })
  it('counts what is added until the next look', () => {
    expect(impactOf(rise, 0)).toBe(dollars(6))
    expect(impactOf(rise, hourMs)).toBe(dollars(18))
    expect(impactOf({ ...rise, observed: 0 }, hourMs)).toBe(dollars(6))
  })
  it('is critical from ten times the smallest impact on', () => {
    expect(judge(spend({ rise: { ...rise, excess: 49.9 } })).findings[0]?.severity).toBe('warning')
    expect(judge(spend({ rise: { ...rise, excess: 50 } })).findings[0]).toMatchObject({
      severity: 'critical',
      steps: ['unusual', 'costly'],
    })
  })
  it('goes on while it is small again but open, and while it pauses', () => {
    expect(judge(spend({ rise: { ...rise, excess: 1 } }), [open]).findings).toHaveLength(1)
    expect(judge(spend({ rise: null }), [open])).toEqual({ findings: [], cleared: new Map() })
  })
  it('ends when spend is usual again, if that is known', () => {
    expect(judge(spend({ rise: null, unusual: false, complete: false }), [open]).cleared.size).toBe(0)
    expect(judge(spend({ rise: null, unusual: false }), [open]).cleared.get('anomaly:a:USD')).toContain('usual')
    expect(judge(spend({ accountId: 'b', rise: null }), [open]).cleared.get('anomaly:a:USD')).toContain('removed')
  })
})

describe('a newcomer', () => {
  const newcomer = { dimension: 'key' as const, id: 'k', name: 'ci', nanos: dollars(6), silentMs: null }
  const calm = { rise: null, unusual: false }
  const fresh = (change: Partial<WatchedSpend> = {}) => spend({ ...calm, newcomer, excessOfHour: 6, ...change })

  it('is told when it costs enough, on top of what is usual', () => {
    expect(judge(fresh()).findings[0]).toMatchObject({
      identity: 'anomaly:a:USD',
      severity: 'warning',
      steps: ['unusual'],
      // All of its spend is of the last ten minutes.
      sinceMs: nowMs - 10 * minuteMs,
      amountNanos: dollars(7),
      summary: 'Acme uses key ci for the first time: $6.00 in the last hour.',
    })
    expect(judge(fresh({ newcomer: { ...newcomer, nanos: dollars(4.99) } })).findings).toEqual([])
  })
  it('is no news where it took the place of another', () => {
    expect(judge(fresh({ excessOfHour: 4.19 })).findings).toEqual([])
    expect(judge(fresh({ excessOfHour: 4.2 })).findings).toHaveLength(1)
  })
  it('says for how long it had been silent, and what kind of spend it is', () => {
    const silent = { ...newcomer, dimension: 'meter' as const, name: 'audio output', silentMs: 21 * 24 * hourMs }
    expect(judge(fresh({ newcomer: silent })).findings[0]).toMatchObject({
      amountNanos: dollars(6),
      summary: 'Acme uses audio output again, after 21 days: $6.00 in the last hour.',
    })
  })
  it('is told once in two days, and stays open until it is down to half', () => {
    expect(judge(fresh({ toldLately: true })).findings).toEqual([])
    expect(judge(fresh({ toldLately: true }), [open]).findings).toHaveLength(1)
    const small = { newcomer: { ...newcomer, nanos: dollars(2.5) }, excessOfHour: 2.5 }
    expect(judge(fresh(small), [open]).findings).toHaveLength(1)
    const smaller = { newcomer: { ...newcomer, nanos: dollars(2.49) }, excessOfHour: 2.49 }
    expect(judge(fresh(smaller), [open]).cleared.size).toBe(1)
  })
  it('is left to the rise where there is one', () => {
    expect(judge(fresh({ rise, unusual: true })).findings[0]?.summary).toContain('It rose at once.')
  })
})
