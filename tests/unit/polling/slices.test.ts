import { describe, expect, it } from 'vitest'
import { slicesOf } from '../../../electron/polling/slices.ts'
import type { CostBucket, CostLine } from '../../../electron/providers/adapter.ts'
import { minuteMs } from '../../../shared/time.ts'

const line: CostLine = {
  model: 'm',
  project: null,
  apiKey: null,
  lineItem: null,
  tier: null,
  currency: 'USD',
  costNanos: 1n,
  quantity: null,
  pricing: 'listed',
}
const bucketsOf = (count: number, lines: number): CostBucket[] =>
  Array.from({ length: count }, (_, index) => ({
    startMs: index * minuteMs,
    width: 'minute',
    lines: Array.from({ length: lines }, () => line),
  }))
const window = { feed: 'completions', width: 'minute' as const, fromMs: 0, toMs: 200 * minuteMs, open: true }

describe('slices of a window', () => {
  it('hold every bucket once and in order, and lie side by side over the whole window', () => {
    const buckets = bucketsOf(180, 150)
    const slices = slicesOf({ window, buckets })
    expect(slices.length).toBeGreaterThan(5)
    expect(slices.flatMap((slice) => slice.buckets)).toEqual(buckets)
    expect(slices[0]?.window.fromMs).toBe(window.fromMs)
    expect(slices.at(-1)?.window.toMs).toBe(window.toMs)
    slices.slice(1).forEach((slice, index) => expect(slice.window.fromMs).toBe(slices[index]?.window.toMs))
    for (const { buckets: few } of slices)
      expect(few.reduce((sum, one) => sum + one.lines.length, 0)).toBeLessThanOrEqual(2_000)
  })
  it('are one where there is little or nothing', () => {
    expect(slicesOf({ window, buckets: [] })).toEqual([{ window, buckets: [] }])
    expect(slicesOf({ window, buckets: bucketsOf(3, 1) })).toEqual([{ window, buckets: bucketsOf(3, 1) }])
  })
  it('do not tear a bucket that is too large by itself', () => {
    expect(slicesOf({ window, buckets: bucketsOf(2, 9_000) }).map((slice) => slice.buckets.length)).toEqual([1, 1])
  })
})
