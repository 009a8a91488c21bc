import { dayMs, floorTo, type TimeRange } from '../../../shared/time.ts'

export interface Subscription {
  /** A day on which one of its billing cycles began; the others begin on the same day of their month. */
  anchorMs: number
  startMs: number
  /** Null while it runs. */
  endMs: number | null
}

/**
 * The billing cycles of some subscriptions that a window touches, oldest first, each once. A cycle that begins on the 31st
 * begins on the last day of shorter months.
 */
export function cyclesOf(subscriptions: readonly Subscription[], window: TimeRange): TimeRange[] {
  const cycles = new Map<string, TimeRange>()
  for (const { anchorMs, startMs, endMs } of subscriptions) {
    const fromMs = Math.max(window.fromMs, floorTo(startMs, dayMs))
    const toMs = Math.min(window.toMs, endMs ?? Infinity)
    if (fromMs >= toMs) continue
    const anchorDay = new Date(anchorMs).getUTCDate()
    for (let month = monthOf(fromMs) - 1, last = monthOf(toMs); month <= last; month++) {
      const cycle = { fromMs: dayOfMonth(month, anchorDay), toMs: dayOfMonth(month + 1, anchorDay) }
      if (cycle.fromMs < toMs && cycle.toMs > fromMs) cycles.set(`${cycle.fromMs} ${cycle.toMs}`, cycle)
    }
  }
  return [...cycles.values()].sort((a, b) => a.fromMs - b.fromMs)
}

/** Months since year 0. */
function monthOf(ms: number): number {
  const at = new Date(ms)
  return at.getUTCFullYear() * 12 + at.getUTCMonth()
}

function dayOfMonth(month: number, day: number): number {
  const [year, index] = [Math.floor(month / 12), month % 12]
  const lastDay = new Date(Date.UTC(year, index + 1, 0)).getUTCDate()
  return Date.UTC(year, index, Math.min(day, lastDay))
}
