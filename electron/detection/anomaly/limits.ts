import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { windowOf, type Measure } from './measures.ts'
import { limitOf } from './peaks.ts'
import { isMostlyIdle, meanRate } from './season.ts'
import type { SpendWatch } from './spend-watch.ts'

/** Below this excess a rise is silence, however steep. In the series' currency; made for dollars. */
const leastExcess = 0.5
/** Noise grows with what is expected, but slower: between the root (counting) and the whole (price). */
const noisePower = 0.7
/** Where nearly nothing is expected, noise is not nothing: at least that of this share of the mean. */
const leastShare = 0.1
const margins = { money: 2, busy: 2.5, steady: 3 } as const
/** A window of n days is at least this many standard deviations of a day, over the root of n, away from its limit. */
const deviations = 2.5
/** Above its limit a mostly idle series is twice as careful: its sums hang on a handful of sessions. */
const idleCare = 2
const briefMs = 15 * minuteMs
/** Until three days are known: an hour must cost that many mean hours more than expected. */
const coldLimit = 10
const leastDays = 3
const leastHours = 6
const busyLimits = { least: 0.4, most: 0.97 } as const
/** Busy without money is no matter: these shares of the money limit of the same window, and of a mean day. */
const busyMoney = [
  { ms: hourMs, share: 0.5 },
  { ms: 2 * hourMs, share: 0.25 },
  { ms: Infinity, share: 0.1 },
]
const busyShareOfDay = 0.15
const steadyShareOfDay = 0.5

/** Height of a measure just now: its excess in mean windows, weighted by the noise that its expectation has; 0 below. */
export function statisticOf(watch: SpendWatch, measure: Measure): number {
  const window = windowOf(watch, measure)
  if (measure.kind === 'busy') return window.sum / window.length
  if (window.sum <= window.expected) return 0
  const unit = unitOf(watch, measure, window.expected)
  return unit > 0 ? (window.sum - window.expected) / unit : 0
}

/** Money that a height of 1 stands for. */
export function unitOf({ season }: SpendWatch, measure: Measure, expected: number): number {
  const mean = (meanRate(season) * measure.ms) / hourMs
  if (mean <= 0) return 0
  return mean * Math.max(expected / mean, leastShare, season.idle) ** noisePower
}

export function limitsOf(watch: SpendWatch): (number | null)[] {
  return watch.measures.map((measure, at) => {
    const peaks = watch.peaks[at]
    if (!peaks) return null
    const isIdle = isMostlyIdle(watch.season)
    if (peaks.days.length < leastDays) return isIdle || !isCold(watch, measure) ? null : coldLimit
    const limit = limitOf(peaks, margins[measure.kind])
    if (measure.kind === 'steady') return Math.max(limit, Number.MIN_VALUE)
    if (measure.kind === 'busy') return Math.min(busyLimits.most, Math.max(busyLimits.least, limit))
    const brief = isIdle && measure.ms <= briefMs ? idleCare : 1
    const floor = deviations * (isIdle ? idleCare : 1) * Math.sqrt((watch.spread * dayMs) / measure.ms)
    return Math.max(brief * limit, floor)
  })
}

/** Whether enough is known for the prior of the first days. */
function isCold({ season }: SpendWatch, measure: Measure): boolean {
  return measure.kind === 'money' && measure.trail === 'fine' && season.seen * season.slotMs >= leastHours * hourMs
}

export function isOver(watch: SpendWatch, measure: Measure, height: number, limit: number): boolean {
  if (height <= limit) return false
  const { sum, expected } = windowOf(watch, measure)
  if (measure.kind === 'money') return sum - expected >= leastExcess && sum >= measure.leastRatio * expected
  if (!isMostlyIdle(watch.season)) return false
  const meanDay = 24 * meanRate(watch.season)
  if (measure.kind === 'steady') return 3 * sum >= Math.max(leastExcess, steadyShareOfDay * meanDay)
  const at = watch.measures.findIndex((other) => other.kind === 'money' && other.ms >= measure.ms)
  const money = watch.measures[at]
  if (!money) return false
  const window = windowOf(watch, money)
  const share = busyMoney.find(({ ms }) => measure.ms <= ms)?.share ?? 0
  return (
    window.sum - window.expected > Math.max(leastExcess, busyShareOfDay * meanDay) &&
    statisticOf(watch, money) > share * (watch.limits[at] ?? Infinity)
  )
}
