import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CostLine } from '../../../electron/providers/adapter.ts'
import { dayBuckets } from '../../../electron/providers/day-buckets.ts'
import { dayMs } from '../../../shared/time.ts'

const first = Date.UTC(2026, 10, 1)
const line = (costNanos: bigint): CostLine => ({
  model: null,
  project: null,
  apiKey: null,
  lineItem: null,
  tier: null,
  currency: 'USD',
  costNanos,
  quantity: null,
  pricing: 'billed',
})
const day = (number: number) => first + number * dayMs

describe('days of a provider that lists spend only', () => {
  it('are without spend where they are settled, and unknown where they are not', () => {
    const buckets = dayBuckets([{ startMs: day(1), line: line(5n) }], { fromMs: day(0), toMs: day(4) }, day(3))
    expect(buckets.map(({ startMs, lines }) => [startMs, lines.length])).toEqual([
      [day(0), 0],
      [day(1), 1],
      [day(2), 0],
    ])
  })

  it('are known before they are settled once there is spend', () => {
    const buckets = dayBuckets([{ startMs: day(3), line: line(5n) }], { fromMs: day(2), toMs: day(4) }, day(2))
    expect(buckets.map(({ startMs }) => startMs)).toEqual([day(3)])
  })

  it('come once each, oldest first, and hold all that was spent in the range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 15 }), fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }))),
        fc.integer({ min: -5, max: 15 }),
        (rows, settledTo) => {
          const all = rows.map(([number, nanos]) => ({ startMs: day(number), line: line(nanos) }))
          const buckets = dayBuckets(all, { fromMs: day(0), toMs: day(10) }, day(settledTo))
          const starts = buckets.map(({ startMs }) => startMs)
          expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b))
          const sum = (lines: CostLine[]) => lines.reduce((total, { costNanos }) => total + costNanos, 0n)
          const inside = all.filter(({ startMs }) => startMs >= day(0) && startMs < day(10))
          expect(sum(buckets.flatMap(({ lines }) => lines))).toBe(sum(inside.map((one) => one.line)))
        },
      ),
    )
  })
})
