import type { TimeRange } from '../../shared/time.ts'

/** The UTC months that a span touches, oldest first. */
export function monthsOf({ fromMs, toMs }: TimeRange): TimeRange[] {
  const months: TimeRange[] = []
  for (let month = monthAt(fromMs); month.fromMs < toMs; month = monthAt(month.toMs)) months.push(month)
  return months
}

/** The UTC month that holds an instant. */
export function monthAt(ms: number): TimeRange {
  const at = new Date(ms)
  const start = (months: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months)
  return { fromMs: start(0), toMs: start(1) }
}
