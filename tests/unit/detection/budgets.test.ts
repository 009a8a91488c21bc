import { describe, expect, it } from 'vitest'
import { judgeBudgets } from '../../../electron/detection/budgets.ts'
import type { OpenAlert, OwnedSpend } from '../../../electron/detection/finding.ts'
import type { Budget } from '../../../shared/budgets.ts'
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
  judgeBudgets({ budgets, spendOver: () => parts, open, isComplete: () => true, nowMs: atMs, zone: 'UTC' })
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
  it('counts only spend of its scope and its currency', () => {
    const parts = [spend(dollars(60), 'gpt'), spend(dollars(60), 'other'), spend(dollars(500), 'gpt', 'EUR')]
    expect(judge([budget({ scope: 'model:gpt' })], parts).findings[0]?.amountNanos).toBe(dollars(60))
  })
  it('asks for its own period in its own zone, up to now', () => {
    const ranges: string[][] = []
    const spendOver = (range: TimeRange) => {
      ranges.push([iso(range.fromMs), iso(range.toMs)])
      return []
    }
    judgeBudgets({
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
        spendOver: () => [],
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
