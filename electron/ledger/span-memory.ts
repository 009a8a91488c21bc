import { ceilTo, dayMs, floorTo, type TimeRange } from '../../shared/time.ts'
import type { Spending } from './spend.ts'

/** Some hundred bytes each: two dashboards of 90 days with 300 series fit. */
const mostParts = 60_000

/**
 * Keeps what was spent over spans of the past, because a chart asks for the same days again and again. A span counts as
 * past once the UTC days it touches are over. What a reading changes has to be forgotten by `forget`.
 */
export function createSpanMemory(read: (range: TimeRange, nowMs: number) => Spending) {
  const known = new Map<string, Spending>()
  let parts = 0

  const drop = (key: string, spending: Spending) => {
    known.delete(key)
    parts -= spending.parts.length
  }

  return {
    between(range: TimeRange, nowMs: number): Spending {
      const key = `${range.fromMs} ${range.toMs}`
      const before = known.get(key)
      if (before) return before
      const spending = read(range, nowMs)
      if (ceilTo(range.toMs, dayMs) > nowMs) return spending
      known.set(key, spending)
      parts += spending.parts.length
      for (const [oldest, old] of known) {
        if (parts <= mostParts) break
        drop(oldest, old)
      }
      return spending
    },
    /** Whole UTC days, because a day's amounts stand or fall together. */
    forget(days: TimeRange): void {
      for (const [key, spending] of known) {
        const { fromMs, toMs } = spending.range
        if (floorTo(fromMs, dayMs) < days.toMs && ceilTo(toMs, dayMs) > days.fromMs) drop(key, spending)
      }
    },
    clear(): void {
      known.clear()
      parts = 0
    },
  }
}
