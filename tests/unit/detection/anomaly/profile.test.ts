import { describe, expect, it } from 'vitest'
import { profileOf } from '../../../../electron/detection/anomaly/profile.ts'
import { createSpendWatch, observe } from '../../../../electron/detection/anomaly/spend-watch.ts'
import { startMs, step } from './series.ts'

/** The profile of a few slots, after a day that cost nothing to speak of. */
function profileFrom(values: number[], usual = 0.001) {
  const watch = createSpendWatch(step)
  const day = Array.from({ length: 288 }, () => usual)
  for (const [at, value] of [...day, ...values].entries()) observe(watch, { startMs: startMs + at * step, value })
  return profileOf(watch, startMs + 288 * step)
}

describe('the form of a rise', () => {
  it('is steady when its slots are alike for an hour, the newest two aside', () => {
    expect(profileFrom([...Array.from({ length: 12 }, () => 2), 1, 0.5])).toMatchObject({
      spread: 0,
      steadyMs: 12 * step,
    })
    expect(profileFrom([...Array.from({ length: 11 }, () => 2), 1, 0.5]).spread).toBeNull()
    expect(profileFrom([...Array.from({ length: 12 }, (_, at) => 1 + (at % 2)), 1, 1]).spread).toBeCloseTo(1 / 3, 3)
  })
  it('has lumps where the same amount comes three times, alone each time', () => {
    expect(profileFrom([100, 0, 0, 100, 0, 100]).lumps).toMatchObject({ count: 3 })
    expect(profileFrom([100, 0, 0, 100, 0, 100]).lumps?.amount).toBeCloseTo(100, 2)
    expect(profileFrom([100, 0, 0, 100]).lumps).toBeNull()
    expect(profileFrom([100, 0, 120, 0, 100]).lumps).toBeNull()
    expect(profileFrom([100, 100, 100, 100]).lumps).toBeNull()
    expect(profileFrom([0.4, 0, 0.4, 0, 0.4]).lumps).toBeNull()
  })
  it('is nothing before anything was seen', () => {
    expect(profileOf(createSpendWatch(step), startMs)).toEqual({ spread: null, steadyMs: 0, lumps: null })
  })
})
