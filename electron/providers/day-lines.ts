import { dayMs } from '../../shared/time.ts'
import type { CostBucket, CostLine } from './adapter.ts'

/** A charge of a bill that comes as a list instead of in buckets, and the UTC day that it counts for. */
export interface DayLine {
  dayMs: number
  line: CostLine
}

/**
 * The days of such a list, oldest first; charges that differ in nothing but their amount become one line. A day between
 * others that the list says nothing of was free. Before the first and after the last one it may just not be there (yet).
 */
export function daysOf(charges: Iterable<DayLine>): CostBucket[] {
  const days = new Map<number, Map<string, CostLine>>()
  for (const { dayMs: startMs, line } of charges) {
    const lines = days.get(startMs) ?? new Map<string, CostLine>()
    days.set(startMs, lines)
    const key = JSON.stringify([line.model, line.project, line.apiKey, line.lineItem, line.tier, line.currency])
    const sum = lines.get(key)
    if (!sum) lines.set(key, { ...line })
    else {
      sum.costNanos += line.costNanos
      sum.quantity = sum.quantity === null || line.quantity === null ? null : sum.quantity + line.quantity
    }
  }
  const starts = [...days.keys()].sort((a, b) => a - b)
  const [first, last] = [starts[0], starts.at(-1)]
  if (first === undefined || last === undefined) return []
  return Array.from({ length: (last - first) / dayMs + 1 }, (_, index) => {
    const startMs = first + index * dayMs
    return { startMs, width: 'day', lines: [...(days.get(startMs)?.values() ?? [])] }
  })
}
