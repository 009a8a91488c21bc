import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import type { Trail, TrailWindow } from './trail.ts'

/** One way of looking at the newest buckets. */
export interface Measure {
  kind: 'money' | 'busy' | 'steady'
  /** Length of its window. */
  ms: number
  /** Money below this multiple of what was expected is never over the limit. */
  leastRatio: number
  /** Index of its window in the fine trail, the coarse one, or the busy one. */
  trail: 'fine' | 'coarse' | 'busy'
  index: number
}

export interface Trails {
  fine: Trail
  coarse: Trail
  busy: Trail
}

/** Short windows see a cliff at once but must ask for more: small harmless bursts are short, too. */
const moneyWindows = [
  { ms: 5 * minuteMs, leastRatio: 7 },
  { ms: 10 * minuteMs, leastRatio: 5 },
  { ms: 15 * minuteMs, leastRatio: 4 },
  { ms: 30 * minuteMs, leastRatio: 2.6 },
  { ms: hourMs, leastRatio: 2.1 },
  { ms: 2 * hourMs, leastRatio: 1.8 },
  { ms: 4 * hourMs, leastRatio: 1.6 },
  { ms: 8 * hourMs, leastRatio: 1.5 },
  { ms: dayMs, leastRatio: 1.4 },
  { ms: 3 * dayMs, leastRatio: 1.3 },
  { ms: 7 * dayMs, leastRatio: 1.25 },
]
/** People pause, a leaked key or a loop does not: share of buckets with any spend. For mostly idle series. */
const busyWindows = [hourMs, 2 * hourMs, 3 * hourMs, 8 * hourMs]

/** Ring of the fine and busy trails: two days of 5 minutes, ten hours of one. */
export const fineSize = 600
const coarseDays = 8

export function measuresFor(widthMs: number): Measure[] {
  const fitting = moneyWindows.filter(({ ms }) => ms >= widthMs)
  const isFine = (ms: number) => ms < dayMs && ms / widthMs < fineSize
  const money = (windows: typeof fitting, trail: 'fine' | 'coarse') =>
    windows.map(({ ms, leastRatio }, index): Measure => ({ kind: 'money', ms, leastRatio, trail, index }))
  const busy = busyWindows.filter((ms) => ms >= 4 * widthMs && isFine(ms))
  const steady: Measure = { kind: 'steady', ms: 5 * minuteMs, leastRatio: 0, trail: 'fine', index: 0 }
  return [
    ...money(
      fitting.filter(({ ms }) => isFine(ms)),
      'fine',
    ),
    ...money(
      fitting.filter(({ ms }) => !isFine(ms)),
      'coarse',
    ),
    ...busy.map((ms, index): Measure => ({ kind: 'busy', ms, leastRatio: 0, trail: 'busy', index })),
    ...(widthMs <= 5 * minuteMs ? [steady] : []),
  ]
}

/** Lengths in buckets of the windows that the measures of a trail look through. */
export function windowLengths(measures: readonly Measure[], trail: Measure['trail'], widthMs: number): number[] {
  return measures
    .filter((measure) => measure.trail === trail && measure.kind !== 'steady')
    .map(({ ms }) => Math.round(ms / widthMs))
}

export function coarseWidth(widthMs: number): number {
  return Math.max(widthMs, hourMs)
}

export function coarseSize(widthMs: number): number {
  return Math.ceil((coarseDays * dayMs) / coarseWidth(widthMs))
}

/** Sum and expectation of the measure's window. */
export function windowOf(trails: Trails, measure: Measure): Pick<TrailWindow, 'sum' | 'expected' | 'length'> {
  const window = at(trails[measure.trail], measure.index)
  if (measure.kind !== 'steady') return window
  // The lowest third of the last quarter of an hour: one large bucket is chance, three in a row are not.
  const [ten, quarter] = [at(trails.fine, 1), at(trails.fine, 2)]
  const lowest = Math.min(window.sum, ten.sum - window.sum, quarter.sum - ten.sum)
  return { sum: lowest, expected: quarter.expected / 3, length: window.length }
}

/** Sum and expectation of the last hour; of a bucket where those are longer. */
export function lastHourOf(trails: Trails & { measures: readonly Measure[] }): { sum: number; expected: number } {
  const hour = trails.measures.find(({ kind, ms }) => kind === 'money' && ms >= hourMs)
  return hour ? windowOf(trails, hour) : nothing
}

const nothing: TrailWindow = { length: 1, sum: 0, expected: 0 }

function at(trail: Trail, index: number): TrailWindow {
  return trail.windows[index] ?? nothing
}
