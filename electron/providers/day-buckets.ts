import { dayMs, floorTo, type TimeRange } from '../../shared/time.ts'
import type { CostBucket, CostLine } from './adapter.ts'

export interface DayRow {
  /** Start of its UTC day. */
  startMs: number
  line: CostLine
}

/**
 * Buckets of a range of days, from a provider that lists spend and not days. A settled day without a row is a day
 * without spend; a younger one may only be late, so it is left out, because it is unknown and not 0.
 */
export function dayBuckets(rows: readonly DayRow[], { fromMs, toMs }: TimeRange, settledToMs: number): CostBucket[] {
  const days = new Map<number, CostBucket>()
  const dayAt = (startMs: number) => {
    const bucket = days.get(startMs) ?? { startMs, width: 'day' as const, lines: [] }
    days.set(startMs, bucket)
    return bucket
  }
  for (let startMs = floorTo(fromMs, dayMs); startMs < toMs && startMs + dayMs <= settledToMs; startMs += dayMs)
    dayAt(startMs)
  for (const { startMs, line } of rows) if (startMs >= fromMs && startMs < toMs) dayAt(startMs).lines.push(line)
  return [...days.values()].sort((a, b) => a.startMs - b.startMs)
}
