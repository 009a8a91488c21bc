import { ceilTo, dayMs, floorTo, type TimeRange } from '../../shared/time.ts'

interface Remembered<T> {
  value: T
  range: TimeRange
  /** For a span that is not over: the instant it was read at. Null for one of the past. */
  atMs: number | null
}

export type SpanMemory<T> = ReturnType<typeof createSpanMemory<T>>

/**
 * Keeps what was summed over spans of time, because charts and rules ask for the same ones again and again. A span
 * counts as past once the UTC days it touches are over; another is kept for questions of the same instant only. What a
 * reading changes has to be forgotten by `forget`. `most` limits the sum of the sizes.
 */
export function createSpanMemory<T>(most: number, sizeOf: (value: T) => number) {
  const known = new Map<string, Remembered<T>>()
  let size = 0

  const drop = (key: string, old: Remembered<T>) => {
    known.delete(key)
    size -= sizeOf(old.value)
  }

  return {
    /** `about` tells apart what is asked of the same span. */
    recall(range: TimeRange, nowMs: number, read: () => T, about = ''): T {
      const key = `${range.fromMs} ${range.toMs} ${about}`
      const before = known.get(key)
      if (before && (before.atMs === null || before.atMs === nowMs)) return before.value
      if (before) drop(key, before)
      const value = read()
      known.set(key, { value, range, atMs: ceilTo(range.toMs, dayMs) <= nowMs ? null : nowMs })
      size += sizeOf(value)
      for (const [oldest, old] of known) {
        if (size <= most) break
        drop(oldest, old)
      }
      return value
    },
    /** Whole UTC days, because a day's amounts stand or fall together. */
    forget(days: TimeRange): void {
      for (const [key, one] of known) {
        const { fromMs, toMs } = one.range
        if (floorTo(fromMs, dayMs) < days.toMs && ceilTo(toMs, dayMs) > days.fromMs) drop(key, one)
      }
    },
    clear(): void {
      known.clear()
      size = 0
    },
  }
}
