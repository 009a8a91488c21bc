import { describe, expect, it } from 'vitest'
import { judgeBudgets } from '../../../electron/detection/budgets.ts'
import type { OpenAlert, OwnedSpend, SpendIn } from '../../../electron/detection/finding.ts'
import type { Budget } from '../../../shared/budgets.ts'
import { createRateBook, noRates } from '../../../shared/rates.ts'
import { dayMs, iso, type TimeRange } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))
const budget = (change: Partial<Budget> = {}): Budget => ({
  id: 'b1',
  limit: '100',
  currency: 'USD',
  period: 'day',
  scope: 'all',
  zone: 'UTC',
  createdAt: '2026-11-01T00:00:00.000Z',
  thresholds: [
    { percent: 80, severity: 'warning' },
    { percent: 50, severity: 'info' },
    { percent: 100, severity: 'critical' },
  ],
  ...change,
})
const spend = (nanos: bigint, model = 'm', currency = 'USD'): OwnedSpend => ({
  owner: { provider: 'openai', account: 'a', workspace: null, project: ['p'], model, key: ['k'] },
  labels: { provider: 'OpenAI', account: 'Acme', project: 'Bot', model, key: 'ci' },
  currency,
  nanos,
})
const judge = (budgets: Budget[], parts: OwnedSpend[] | null, open: OpenAlert[] = [], atMs = nowMs) =>
  judgeBudgets({
    budgets,
    spendOver: () => parts && today(parts),
    rates: noRates,
    open,
    isComplete: () => true,
    nowMs: atMs,
    zone: 'UTC',
  })
const today = (parts: OwnedSpend[]): SpendIn => ({
  parts,
  accounts: new Set(['a']),
  days: () => [{ utcDay: '2026-11-23', parts }],
})
const open = (told: string[], identity = 'budget:b1:day:2026-11-23T00:00:00.000Z'): OpenAlert => ({
  identity,
  rule: 'budget',
  ruleId: 'b1',
  scope: 'all',
  sinceMs: 0,
  told,
})

describe('judgeBudgets', () => {
  it('finds nothing below the lowest threshold, and speaks at exactly it', () => {
    expect(judge([budget()], [spend(dollars(50) - 1n)]).findings).toEqual([])
    expect(judge([budget()], [spend(dollars(50))]).findings[0]).toMatchObject({ severity: 'info', steps: ['50%'] })
  })
  it('names all thresholds that are crossed, mildest first, with the worst severity', () => {
    expect(judge([budget()], [spend(dollars(104.2))]).findings[0]).toMatchObject({
      severity: 'critical',
      steps: ['50%', '80%', '100%'],
      amountNanos: dollars(104.2),
      limitNanos: dollars(100),
      summary: '$104.20 spent today, 104% of the $100.00 budget.',
    })
  })
  it('takes thresholds that are amounts, in their place among percentages', () => {
    const mixed = budget({
      thresholds: [
        { percent: 100, severity: 'critical' },
        { amount: '33.333333333', severity: 'warning' },
        { percent: 20, severity: 'info' },
      ],
    })
    expect(judge([mixed], [spend(33_333_333_332n)]).findings[0]).toMatchObject({ severity: 'info', steps: ['20%'] })
    expect(judge([mixed], [spend(33_333_333_333n)]).findings[0]).toMatchObject({
      severity: 'warning',
      steps: ['20%', '33.333333333'],
    })
  })
  it('counts only spend of its scope', () => {
    const parts = [spend(dollars(60), 'gpt'), spend(dollars(60), 'other'), spend(dollars(500), 'other')]
    expect(judge([budget({ scope: 'model:gpt' })], parts).findings[0]?.amountNanos).toBe(dollars(60))
  })
  it('asks for its own period in its own zone, up to now', () => {
    const ranges: string[][] = []
    const spendOver = (range: TimeRange) => {
      ranges.push([iso(range.fromMs), iso(range.toMs)])
      return today([])
    }
    judgeBudgets({
      rates: noRates,
      budgets: [budget({ zone: 'America/New_York' }), budget({ period: 'rolling24h' })],
      spendOver,
      open: [],
      isComplete: () => true,
      nowMs,
      zone: 'UTC',
    })
    expect(ranges).toEqual([
      ['2026-11-23T05:00:00.000Z', iso(nowMs)],
      [iso(nowMs - dayMs), iso(nowMs)],
    ])
  })
  it('has another identity in the next period, so that it is armed again', () => {
    const today = judge([budget()], [spend(dollars(60))]).findings[0]?.identity
    const tomorrow = judge([budget()], [spend(dollars(60))], [], nowMs + dayMs).findings[0]?.identity
    expect(today).not.toBe(tomorrow)
  })
  it('is one occasion a period, but no occasion at all where the window rolls', () => {
    const once = (period: Budget['period']) => judge([budget({ period })], [spend(dollars(60))]).findings[0]?.once
    expect([once('hour'), once('month'), once('rolling24h')]).toEqual([true, true, undefined])
  })
  it('clears an alert whose period is over, whose budget is gone, or whose spend fell', () => {
    const yesterday = open(['50%'], 'budget:b1:day:2026-11-22T00:00:00.000Z')
    expect(judge([budget()], [], [yesterday]).cleared.get(yesterday.identity)).toContain('period')
    expect(judge([], [], [open(['50%'])]).cleared.get(open([]).identity)).toContain('removed')
    expect(judge([budget()], [spend(dollars(10))], [open(['50%'])]).cleared.get(open([]).identity)).toContain('below')
  })
  it('does not take missing data for a fall', () => {
    const alert = open(['100%'], 'budget:b1:rolling24h')
    const look = (complete: boolean) =>
      judgeBudgets({
        budgets: [budget({ period: 'rolling24h' })],
        spendOver: () => today([]),
        rates: noRates,
        open: [alert],
        isComplete: () => complete,
        nowMs,
        zone: 'UTC',
      })
    expect(look(false).cleared.size).toBe(0)
    expect(look(true).cleared.size).toBe(1)
  })
  it('does not flap at the line: a told threshold is left two per cent below it', () => {
    expect(judge([budget()], [spend(dollars(49.5))], [open(['50%'])]).findings).toHaveLength(1)
    expect(judge([budget()], [spend(dollars(48.9))], [open(['50%'])]).findings).toHaveLength(0)
  })
  it('neither finds nor clears anything while nothing is known', () => {
    const judgement = judge([budget()], null, [open(['50%'])])
    expect(judgement.findings).toEqual([])
    expect(judgement.cleared.size).toBe(0)
  })
  it('says who spent most, by model, project, key and account', () => {
    const { contributors } = judge([budget()], [spend(dollars(70), 'big'), spend(dollars(2), 'small')]).findings[0] ?? {
      contributors: [],
    }
    expect(contributors.map((one) => [one.dimension, one.name])).toEqual([
      ['model', 'big'],
      ['project', 'Bot'],
      ['key', 'ci'],
      ['account', 'Acme'],
    ])
  })
})

describe('a budget over two currencies', () => {
  const perEuro: Record<string, [day: string, hundredths: bigint][]> = {
    USD: [
      ['2026-11-20', 110n],
      ['2026-11-23', 120n],
    ],
  }
  const rates = createRateBook({
    quotes: (currency) => ({
      source: 'ecb',
      quotes: (perEuro[currency] ?? []).map(([day, numerator]) => ({ day, numerator, denominator: 100n })),
    }),
    manual: () => [],
  })
  const euros = (amount: number, model = 'm') => spend(dollars(amount), model, 'EUR')
  const look = (days: Record<string, OwnedSpend[]>, alerts: OpenAlert[] = [], change: Partial<Budget> = {}) =>
    judgeBudgets({
      budgets: [budget({ period: 'month', ...change })],
      spendOver: () => ({
        parts: Object.values(days).flat(),
        accounts: new Set(['a']),
        days: () => Object.entries(days).map(([utcDay, parts]) => ({ utcDay, parts })),
      }),
      rates,
      open: alerts,
      isComplete: () => true,
      nowMs,
      zone: 'UTC',
    })
  const month = 'budget:b1:month:2026-11-01T00:00:00.000Z'

  it('counts the other one at the rate of each day, and says which', () => {
    const finding = look({ '2026-11-21': [euros(10), spend(dollars(40))], '2026-11-23': [euros(5)] }).findings[0]
    // A Saturday takes what was published on Friday.
    expect(finding?.amountNanos).toBe(dollars(40 + 11 + 6))
    expect(finding?.summary).toBe(
      '$57.00 spent this month, 57% of the $100.00 budget. EUR 15.00 counted at daily rates since 20 Nov 2026, the last 1.2 USD of 23 Nov 2026 (ECB).',
    )
  })
  it('names who spent it in the currency of the budget', () => {
    const finding = look({ '2026-11-23': [euros(50, 'dear'), spend(dollars(10), 'cheap')] }).findings[0]
    expect(finding?.contributors.filter(({ dimension }) => dimension === 'model')).toEqual([
      { dimension: 'model', name: 'dear', nanos: dollars(60) },
      { dimension: 'model', name: 'cheap', nanos: dollars(10) },
    ])
  })
  it('says what it could not count, and does not take the lower sum for a fall', () => {
    const found = look({ '2026-11-23': [spend(dollars(60)), spend(dollars(9), 'm', 'TWD')] })
    expect(found.findings[0]?.summary).toContain('TWD not counted: no rate to USD is known.')
    const alert = open(['50%'], month)
    expect(look({ '2026-11-23': [spend(dollars(1)), spend(dollars(9), 'm', 'TWD')] }, [alert]).cleared.size).toBe(0)
    expect(look({ '2026-11-23': [spend(dollars(1))] }, [alert]).cleared.size).toBe(1)
  })
  it('neither tells again nor gives up when a rate moves a little', () => {
    const identities = [120n, 119n, 121n].map((newest) => {
      perEuro['USD'] = [['2026-11-23', newest]]
      // 50 % at 1.2: a hair below and above it with the others.
      const { findings, cleared } = look({ '2026-11-23': [euros(50 / 1.2)] }, [open(['50%'], month)])
      expect(cleared.size).toBe(0)
      return `${findings[0]?.identity} ${findings[0]?.steps.join()}`
    })
    expect(new Set(identities)).toEqual(new Set([`${month} 50%`]))
  })
})
