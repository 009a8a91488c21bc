import { describe, expect, it } from 'vitest'
import { previewThresholds, suggestLimit, usualSpend } from '../../../electron/detection/budget-preview.ts'
import type { Threshold } from '../../../shared/budgets.ts'

const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))
const spends = (...amounts: number[]) => amounts.map((amount, startMs) => ({ startMs, nanos: dollars(amount) }))
const half: Threshold = { percent: 50, severity: 'info' }
const whole: Threshold = { percent: 100, severity: 'critical' }
const forty: Threshold = { amount: '40', severity: 'warning' }

describe('what a budget would have said', () => {
  it('is counted once a period in which a threshold was reached', () => {
    expect(previewThresholds(spends(49.99, 50, 120, 30), [half, forty, whole], dollars(100), false)).toEqual([
      { threshold: half, times: 2, lastMs: 2 },
      { threshold: forty, times: 3, lastMs: 2 },
      { threshold: whole, times: 1, lastMs: 2 },
    ])
    expect(previewThresholds([], [whole], dollars(100), false)).toEqual([{ threshold: whole, times: 0, lastMs: null }])
  })
  it('is counted each time that a rolling window rises over the line', () => {
    expect(previewThresholds(spends(100, 110, 90, 100, 120), [whole], dollars(100), true)).toEqual([
      { threshold: whole, times: 2, lastMs: 3 },
    ])
  })
})

describe('what is usual', () => {
  it('is the middle period, and the one that nine of ten stay below', () => {
    expect(usualSpend(spends(1, 2, 3, 4, 5, 6, 7, 8, 9, 100))).toEqual({
      middleNanos: dollars(5),
      highNanos: dollars(9),
    })
    expect(usualSpend(spends(3, 1, 2))).toEqual({ middleNanos: dollars(2), highNanos: dollars(3) })
  })
  it('is not known from less than three periods', () => {
    expect(usualSpend(spends(1, 2))).toBeNull()
  })
})

describe('the limit that the past suggests', () => {
  const suggest = (middle: number, high: number, period: Parameters<typeof suggestLimit>[1] = 'day') =>
    suggestLimit({ middleNanos: dollars(middle), highNanos: dollars(high) }, period)
  it('is twice a usual period, and more than a busy one, as a round figure', () => {
    expect(suggest(100, 120)).toBe(200)
    expect(suggest(61.4, 70)).toBe(150)
    expect(suggest(100, 300)).toBe(400)
    expect(suggest(783, 900)).toBe(2_000)
    expect(suggest(1.7, 1.8, 'hour')).toBe(4)
  })
  it('is never so low that one experiment passes it', () => {
    expect(suggest(0.2, 0.4)).toBe(10)
    expect(suggest(0.2, 0.4, 'month')).toBe(100)
    expect(suggest(0.01, 0.02, 'hour')).toBe(1)
  })
  it('does not exist where nothing was spent', () => {
    expect(suggest(0, 0)).toBeNull()
  })
})
