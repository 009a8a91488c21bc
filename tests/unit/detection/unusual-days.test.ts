import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpenAlert } from '../../../electron/detection/finding.ts'
import { excessOf, judgeUnusualDays, type DailySpend } from '../../../electron/detection/unusual-days.ts'
import { dayMs } from '../../../shared/time.ts'

/** A Monday. */
const today = Date.UTC(2026, 10, 23)
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))

/** The newest amounts last: the last one is today's. */
const daily = (amounts: readonly number[], change: Partial<DailySpend> = {}): DailySpend => ({
  accountId: 'a',
  accountLabel: 'AWS',
  currency: 'USD',
  days: amounts.map((amount, index) => ({
    startMs: today - (amounts.length - 1 - index) * dayMs,
    nanos: dollars(amount),
  })),
  watchedSinceMs: today - 90 * dayMs,
  announced: () => 0n,
  spentOn: () => [],
  ...change,
})
const judge = (spend: DailySpend, { open = [] as OpenAlert[], isSpokenOf = (): boolean => false } = {}) =>
  judgeUnusualDays({ accounts: [spend], open, floorNanos: dollars(5), isSpokenOf })
const usual = (count: number, amount = 10) => Array.from({ length: count }, () => amount)
const alert = (identity: string): OpenAlert => ({
  identity,
  rule: 'anomaly',
  ruleId: null,
  scope: 'account:a',
  sinceMs: 0,
  told: [],
})

describe('a day that cost more than days do', () => {
  it('is told with what a day costs otherwise', () => {
    const [finding] = judge(daily([...usual(20), 50])).findings
    expect(finding).toMatchObject({
      identity: 'day:a:USD:2026-11-23',
      rule: 'anomaly',
      severity: 'warning',
      amountNanos: dollars(50),
      sinceMs: today,
      once: true,
    })
    expect(finding?.summary).toBe('AWS spent $50.00 on 2026-11-23; a usual day costs $10.00 (5.0 times as much).')
  })

  it('wakes somebody when it is ten times the floor above what is usual', () => {
    expect(judge(daily([...usual(20), 59.99])).findings[0]?.severity).toBe('warning')
    expect(judge(daily([...usual(20), 60])).findings[0]?.severity).toBe('critical')
    // Fifty dollars more are little for a company of a thousand a day, and no surprise either.
    expect(judge(daily([...usual(20, 1_000), 1_700])).findings[0]?.severity).toBe('warning')
  })

  it('is seen up to two days late, because bills are', () => {
    expect(judge(daily([...usual(20), 60, 10, 10])).findings).toHaveLength(1)
    expect(judge(daily([...usual(20), 60, 10, 10, 10])).findings).toHaveLength(0)
  })

  it('is none of the past that the guard did not watch', () => {
    const since = (watchedSinceMs: number) => judge(daily([...usual(20), 60, 10], { watchedSinceMs })).findings
    expect(since(today)).toEqual([])
    expect(since(today - 1)).toHaveLength(1)
  })

  it.each([
    ['little is known', [...usual(6), 60]],
    ['it is below the floor', [...usual(20), 14.99]],
    ['days differ that much', [5, 30, 8, 25, 6, 33, 7, 28, 5, 31, 9, 26, 33]],
    ['it happened twice before', [...usual(8), 60, 10, 60, ...usual(8), 60]],
    ['the same weekday always costs that', [60, ...usual(6), 60, ...usual(6), 60, ...usual(6), 60]],
    ['it is charged every month', [60, ...usual(30), 60]],
  ])('is not told when %s', (_why, amounts) => {
    expect(judge(daily(amounts)).findings).toEqual([])
  })

  it('is not told as far as it was announced', () => {
    const announced = (amount: number) =>
      judge(daily([...usual(20), 60], { announced: () => dollars(amount) })).findings
    expect(announced(50)).toEqual([])
    expect(announced(30)).toHaveLength(1)
  })

  it('is left to the quicker judges when they speak of it, and stays when it was told first', () => {
    const spoken = { isSpokenOf: () => true }
    expect(judge(daily([...usual(20), 60]), spoken).findings).toEqual([])
    expect(
      judge(daily([...usual(20), 60]), { ...spoken, open: [alert('day:a:USD:2026-11-23')] }).findings,
    ).toHaveLength(1)
  })

  it('is over when newer days cost what is usual, or it was restated', () => {
    const open = [alert('day:a:USD:2026-11-19'), alert('day:a:USD:2026-11-22'), alert('anomaly:a:USD')]
    const judgement = judge(daily([...usual(20), 10, 10, 10]), { open })
    expect([...judgement.cleared.keys()]).toEqual(['day:a:USD:2026-11-19', 'day:a:USD:2026-11-22'])
  })

  it('is never a day that costs what the others do', () => {
    const days = fc.array(fc.integer({ min: 80, max: 120 }), { minLength: 8, maxLength: 40 })
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 1_000 }), (amounts, scale) => {
        const spend = daily(amounts.map((amount) => amount * scale))
        expect(spend.days.every((day) => excessOf(spend, day) === null)).toBe(true)
      }),
    )
  })

  it('is always one that costs three times as much as any other', () => {
    const days = fc.array(fc.integer({ min: 10, max: 40 }), { minLength: 7, maxLength: 40 })
    fc.assert(
      fc.property(days, (amounts) => {
        const spend = daily([...amounts, 3 * Math.max(...amounts) + 100])
        expect(judge(spend).findings.at(-1)?.identity).toBe('day:a:USD:2026-11-23')
      }),
    )
  })
})
