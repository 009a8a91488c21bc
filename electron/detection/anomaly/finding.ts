import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import type { Episode } from './episode.ts'
import { unitOf } from './limits.ts'
import { windowOf, type Measure } from './measures.ts'
import type { SpendWatch } from './spend-watch.ts'

export type Shape = 'cliff' | 'ramp' | 'burst' | 'plateau' | 'creep'

/** What an explanation of the rise needs. Money is that of the window. */
export interface Finding {
  sinceMs: number
  windowMs: number
  observed: number
  expected: number
  low: number
  high: number
  /** Above expectation since shortly before the rise was found, as far back as the series is remembered. */
  excess: number
  shape: Shape
}

export function describe(watch: SpendWatch, episode: Episode, worst: Measure | null, nowMs: number): Finding | null {
  const windowMs = worst?.ms ?? episode.windowMs
  const at = watch.measures.findIndex(({ kind, ms }) => kind === 'money' && ms >= windowMs)
  const measure = watch.measures[at]
  if (!measure) return null
  const { sum, expected } = windowOf(watch, measure)
  const reach = (watch.limits[at] ?? 0) * unitOf(watch, measure, expected)
  return {
    sinceMs: episode.sinceMs,
    windowMs: measure.ms,
    observed: sum,
    expected,
    low: Math.max(0, expected - reach),
    high: expected + reach,
    excess: excessSince(watch, episode.sinceMs - episode.windowMs),
    shape: shapeOf(watch, episode, nowMs),
  }
}

function excessSince({ fine, coarse }: SpendWatch, fromMs: number): number {
  const trail = fromMs > (fine.newest - fine.values.length) * fine.widthMs ? fine : coarse
  const size = trail.values.length
  let excess = 0
  for (let number = Math.floor(fromMs / trail.widthMs); number <= trail.newest; number++)
    if (number > trail.newest - size)
      excess += (trail.values[number % size] ?? 0) - (trail.expected[number % size] ?? 0)
  return Math.max(0, excess)
}

/** A guess by the form of the excess over time. */
export function shapeOf(watch: SpendWatch, episode: Episode, nowMs: number): Shape {
  if (episode.windowMs >= dayMs) return 'creep'
  const ageMs = nowMs - episode.sinceMs
  const [quarter, hour, long] = [15 * minuteMs, hourMs, 8 * hourMs].map((ms) => hourlyExcess(watch, ms))
  if (quarter === undefined || hour === undefined || long === undefined) return 'cliff'
  if (ageMs > 15 * minuteMs && ageMs < 2 * hourMs && quarter < 0.2 * hour) return 'burst'
  if (ageMs > 6 * hourMs && quarter > 0.5 * long) return 'plateau'
  if (ageMs >= 5 * minuteMs && ageMs < hourMs && episode.windowMs < hourMs && quarter > 1.5 * hour) {
    const newest = hourlyExcess(watch, 5 * minuteMs)
    return newest !== undefined && newest > 1.3 * quarter ? 'ramp' : 'cliff'
  }
  return episode.windowMs >= 2 * hourMs ? 'plateau' : 'cliff'
}

/** Money an hour above expectation, over one of the windows; undefined where there is none so long. */
export function hourlyExcess(watch: SpendWatch, ms: number): number | undefined {
  const measure = watch.measures.find((one) => one.kind === 'money' && one.ms === ms)
  if (!measure) return undefined
  const { sum, expected } = windowOf(watch, measure)
  return ((sum - expected) * hourMs) / ms
}
