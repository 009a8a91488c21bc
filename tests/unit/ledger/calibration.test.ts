import { describe, expect, it } from 'vitest'
import { calibrate, newestRatio } from '../../../electron/ledger/calibration.ts'

const days = (...ratios: number[]) =>
  ratios.map((ratio) => ({ billedNanos: BigInt(Math.round(ratio * 1e9)), estimateNanos: 1_000_000_000n }))

describe('calibrate', () => {
  it('says nothing after fewer than three days', () => expect(calibrate(days(1, 1))).toBeNull())
  it('ignores days without estimate, and days of less than ten cents', () => {
    expect(
      calibrate([...days(1, 1), { billedNanos: 5n, estimateNanos: 5n }, { billedNanos: 10n ** 9n, estimateNanos: 0n }]),
    ).toBeNull()
  })
  it('takes the median, so that one odd day changes little', () => {
    expect(calibrate(days(1.2, 1.2, 1.2, 9, 1.2))).toMatchObject({ ratio: 1.2, days: 5, steady: true })
  })
  it('does not trust a ratio that scatters', () =>
    expect(calibrate(days(0.5, 1, 2, 4))).toMatchObject({ steady: false }))
  it('gives the band that eight days in ten fall into', () => {
    expect(calibrate(days(0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1.1))).toMatchObject({ low: 0.99, high: 1.01 })
  })
})

describe('the newest day', () => {
  it('is held against the days before it, or against list prices where they are too few', () => {
    expect(newestRatio(days(1.2, 1.2, 1.2, 5.4))).toBe(4.5)
    expect(newestRatio(days(4.5))).toBe(4.5)
    expect(newestRatio(days(1, 1, 2))).toBe(2)
  })
  it('says nothing below a dollar, without an estimate, and among days that scatter', () => {
    expect(newestRatio([])).toBeNull()
    expect(newestRatio(days(1, 1, 1, 0.99))).toBeNull()
    expect(newestRatio([{ billedNanos: 10n ** 10n, estimateNanos: 0n }])).toBeNull()
    expect(newestRatio(days(1, 2, 4, 8, 9))).toBeNull()
  })
})
