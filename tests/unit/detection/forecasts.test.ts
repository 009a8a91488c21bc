import { describe, expect, it } from 'vitest'
import type { OpenAlert } from '../../../electron/detection/finding.ts'
import { judgeForecasts } from '../../../electron/detection/forecasts.ts'
import type { Budget } from '../../../shared/budgets.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const budget = (change: Partial<Budget> = {}): Budget => ({
  id: 'b1',
  limit: '4000',
  currency: 'USD',
  period: 'month',
  scope: 'all',
  zone: 'UTC',
  createdAt: '2026-11-01T00:00:00.000Z',
  thresholds: [{ percent: 100, severity: 'critical' }],
  ...change,
})
const identity = 'forecast:b1:month:2026-11-01T00:00:00.000Z'
const open = (change: Partial<OpenAlert> = {}): OpenAlert => ({
  identity,
  rule: 'forecast',
  ruleId: 'b1',
  scope: 'all',
  sinceMs: 0,
  told: ['heading over'],
  ...change,
})
const judge = (probability: number, alerts: OpenAlert[] = [], one = budget(), spent = 2_500_000_000_000n) =>
  judgeForecasts({
    budgets: [one],
    forecastOf: () => ({
      forecast: { end: 4_210.4, low: 3_900, high: 4_700, breachInDays: 3, probability },
      spentNanos: spent,
      rates: '',
    }),
    open: alerts,
    nowMs,
    zone: 'UTC',
  })

describe('judgeForecasts', () => {
  it('speaks from a probability of four in five on, with the end, its band and the day', () => {
    expect(judge(0.79).findings).toEqual([])
    expect(judge(0.8).findings).toMatchObject([
      {
        identity,
        rule: 'forecast',
        severity: 'warning',
        once: true,
        amountNanos: 2_500_000_000_000n,
        limitNanos: 4_000_000_000_000n,
        summary:
          'This month is heading for $4,210.40 (most likely $3,900.00 to $4,700.00), past the $4,000.00 budget around November 26.',
      },
    ])
  })
  it('goes on until it is as likely as not to stay within', () => {
    expect(judge(0.5, [open()]).findings).toHaveLength(1)
    expect(judge(0.49, [open()]).cleared.get(identity)).toContain('stay within')
  })
  it('has nothing to add once the limit is passed', () => {
    const passed = judge(1, [open()], budget(), 4_000_000_000_000n)
    expect(passed.findings).toEqual([])
    expect(passed.cleared.get(identity)).toBe('The limit is passed.')
  })
  it('looks at weeks and months only', () => {
    const spoke = (period: Budget['period']) => judge(1, [], budget({ period })).findings.length
    expect((['hour', 'day', 'week', 'month', 'rolling24h'] as const).map(spoke)).toEqual([0, 0, 1, 1, 0])
  })
  it('is over with its period, and with its budget', () => {
    const old = open({ identity: 'forecast:b1:month:2026-10-01T00:00:00.000Z' })
    expect(judge(0.1, [old]).cleared.get(old.identity)).toContain('period')
    expect(
      judge(0.1, [open({ ruleId: 'gone', identity: 'forecast:gone:x' })]).cleared.get('forecast:gone:x'),
    ).toContain('removed')
  })
  it('neither speaks nor clears while nothing is known', () => {
    const input = { budgets: [budget()], forecastOf: () => null, open: [open()], nowMs, zone: 'UTC' }
    expect(judgeForecasts(input)).toEqual({ findings: [], cleared: new Map() })
  })
})
