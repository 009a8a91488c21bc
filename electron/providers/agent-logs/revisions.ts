import { ceilTo, dayMs, floorTo, type TimeRange } from '../../../shared/time.ts'
import { widths, type ReadWindow, type Width } from '../adapter.ts'

export type Span = Pick<ReadWindow, 'fromMs' | 'toMs' | 'width'>

/** What the ledger holds by the minute, by the hour, and by the day before that. */
const keptFor: readonly (readonly [Width, number])[] = [
  ['day', Infinity],
  ['hour', 30 * dayMs],
  ['minute', dayMs],
]

/**
 * What to answer besides a window because it changed, such as a log that was copied here from another computer: a poll
 * asks for the last hours only. In the widths in which the ledger holds it, oldest first.
 */
export function revisionsBefore(changed: TimeRange | null, window: Span, nowMs: number): Span[] {
  if (changed === null) return []
  const since = keptFor.map(([, forMs]) => (forMs === Infinity ? -Infinity : floorTo(nowMs - forMs, dayMs)))
  return keptFor.flatMap(([width], index) => {
    const fromMs = floorTo(Math.max(changed.fromMs, since[index] ?? 0), widths[width])
    const endMs = Math.min(changed.toMs, since[index + 1] ?? Infinity)
    const toMs = Math.min(ceilTo(endMs, widths[width]), floorTo(window.fromMs, widths[width]))
    return fromMs < toMs ? [{ width, fromMs, toMs }] : []
  })
}
