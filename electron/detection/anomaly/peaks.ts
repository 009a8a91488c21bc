import { quantileOf } from './quantile.ts'

/**
 * How high a statistic gets on ordinary days: the highest of each of the last weeks' days. The limit is extrapolated
 * from these block maxima instead of from a bell curve (extreme value theory, as in SPOT: Siffer et al., KDD 2017), so
 * a bursty series gets a wide limit and a steady one a narrow one, whatever its noise.
 */
export interface Peaks {
  /** Of whole days, oldest first. */
  days: number[]
  /** Of the day that runs. */
  today: number
}

const remembered = 28
/** The newest days do not count yet: a creep must not raise the limit that is to find it. */
const quarantine = 4
const leastDays = 7

export function createPeaks(): Peaks {
  return { days: [], today: 0 }
}

export function notePeak(peaks: Peaks, height: number): void {
  if (height > peaks.today) peaks.today = height
}

/** A day with an alert counts as no more than `most`, the limit it was over; null forgets it. */
export function endDay(peaks: Peaks, most: number | null): void {
  if (most !== null) peaks.days.push(Math.min(peaks.today, most))
  if (peaks.days.length > remembered) peaks.days.shift()
  peaks.today = 0
}

/** The first days knew no season yet, so their peaks say little. */
export function forgetFirstDays(peaks: Peaks, keep: number): void {
  peaks.days = peaks.days.slice(-keep)
}

/** Above this a day is not ordinary: `margin` times the way from the middle to the high days, beyond the high ones. */
export function limitOf(peaks: Peaks, margin: number): number {
  const counted = Math.max(Math.min(peaks.days.length, leastDays), peaks.days.length - quarantine)
  const sorted = peaks.days.slice(0, counted).sort((a, b) => a - b)
  const high = quantileOf(sorted, 0.9)
  const extrapolated = high + margin * (high - quantileOf(sorted, 0.5))
  const few = 1 + 3 / (counted + 1)
  return few * Math.max(extrapolated, 1.1 * (sorted.at(-1) ?? 0))
}
