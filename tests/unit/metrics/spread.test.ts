import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadOf } from '../../../electron/metrics/spread.ts'
import { durationBounds } from '../../../shared/guard-metrics.ts'

describe('how durations are spread', () => {
  it('has no quantile of nothing', () => {
    expect(spreadOf([])).toMatchObject({ count: 0, sumSeconds: 0, p50: null, p90: null, p95: null })
  })

  it('has quantiles that were really seen, in order, and counts that only grow with the bound', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200_000_000 }), { minLength: 1 }), (durationsMs) => {
        const { count, p50, p90, p95, within } = spreadOf(durationsMs)
        const seconds = durationsMs.map((ms) => ms / 1_000)
        expect(count).toBe(durationsMs.length)
        for (const quantile of [p50, p90, p95]) expect(seconds).toContain(quantile)
        expect([p50, p90, p95]).toEqual([p50, p90, p95].toSorted((a, b) => Number(a) - Number(b)))
        expect(seconds.filter((each) => each <= Number(p50)).length * 2).toBeGreaterThanOrEqual(count)
        expect(within).toEqual(durationBounds.map((bound) => seconds.filter((each) => each <= bound).length))
      }),
    ))
})
