import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginningIn } from '../../../electron/metrics/beginning.ts'
import { hourMs, minuteMs, type TimeRange } from '../../../shared/time.ts'

/** Nanos of a pace, in nanos a minute, from a minute on. */
const from = (startMs: number, pace: number) => (range: TimeRange) =>
  BigInt(Math.round((Math.max(0, range.toMs - Math.max(startMs, range.fromMs)) / minuteMs) * pace))
const hour = { fromMs: 0, toMs: hourMs }

describe('when fast spend began', () => {
  it('is found to a few minutes, wherever in the hour it was and however fast it is', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 58 }), fc.integer({ min: 1_000, max: 1_000_000_000 }), (minute, pace) => {
        const beganMs = beginningIn(hour, from(minute * minuteMs, pace))
        expect(Math.abs(beganMs - minute * minuteMs)).toBeLessThanOrEqual(2 * minuteMs)
      }),
    ))

  it('is little disturbed by ordinary spend', () => {
    const leak = from(40 * minuteMs, 1_000_000)
    const usual = from(0, 10_000)
    const beganMs = beginningIn(hour, (range) => leak(range) + usual(range))
    expect(Math.abs(beganMs - 40 * minuteMs)).toBeLessThanOrEqual(3 * minuteMs)
  })

  it('is the start of the hour where nothing is known of it', () => {
    expect(beginningIn(hour, () => 0n)).toBe(0)
  })
})
