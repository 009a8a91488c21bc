import type { Calibration } from '../../shared/accounts.ts'

export interface MatureDay {
  billedNanos: bigint
  estimateNanos: bigint
}

/** Fewer days than this say nothing. */
const fewestDays = 3
/** What was billed on a day has to be at least this for the day alone to say something: a dollar. */
const telling = 1_000_000_000n
/** Days on which less than ten cents were billed are noise. */
const smallestNanos = 100_000_000n
/** The middle half of the days within this of the median: the ratio is steady. */
const mostSpread = 0.25

/**
 * How the bill relates to usage at list prices, over mature days that have both: the median of the daily ratios, with
 * the range that eight days in ten fall into as the error band. The stored estimate is left as it is (usage x price
 * table, exact); the ratio is shown beside it, speeds up the velocity rule when prices are too low, and is an alert
 * when it drifts.
 */
export function calibrate(days: readonly MatureDay[]): Calibration | null {
  const ratios = days
    .filter((day) => day.billedNanos >= smallestNanos && day.estimateNanos > 0n)
    .map((day) => Number(day.billedNanos) / Number(day.estimateNanos))
    .sort((a, b) => a - b)
  if (ratios.length < fewestDays) return null
  const ratio = quantile(ratios, 0.5)
  const spread = (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio
  return {
    ratio: round(ratio),
    low: round(quantile(ratios, 0.1)),
    high: round(quantile(ratios, 0.9)),
    days: ratios.length,
    steady: spread <= mostSpread,
  }
}

/**
 * The newest mature day, against the days before it: how many times what they would make one expect. The first billed
 * data of a wrong price show it. Null where that day says nothing.
 */
export function newestRatio(days: readonly MatureDay[]): number | null {
  const newest = days.at(-1)
  if (!newest || newest.billedNanos < telling || newest.estimateNanos <= 0n) return null
  const usual = calibrate(days.slice(0, -1))
  if (usual && !usual.steady) return null
  return round(Number(newest.billedNanos) / Number(newest.estimateNanos) / (usual?.ratio ?? 1))
}

function quantile(sorted: readonly number[], at: number): number {
  const place = (sorted.length - 1) * at
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
