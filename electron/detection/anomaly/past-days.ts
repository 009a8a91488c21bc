import { dayMs, minuteMs } from '../../../shared/time.ts'

/** A smoothed series at the same time of the last seven days. */
export interface PastDays {
  firstMs: number | null
  /** Eight days, this one among them, of slots; null where nothing was seen. */
  slots: (number | null)[]
}

const days = 8
const slotMs = 20 * minuteMs
const perDay = dayMs / slotMs
/** Only a whole week has seen a weekend. */
const leastDays = 7

export function createPastDays(): PastDays {
  return { firstMs: null, slots: Array.from({ length: days * perDay }, () => null) }
}

/** Notes today's value and answers how far it is [above the highest, below the lowest] of the days before; null at first. */
export function compareWithPast(past: PastDays, ms: number, value: number): [number, number] | null {
  past.firstMs ??= ms
  const slot = Math.floor((ms % dayMs) / slotMs)
  const today = Math.floor(ms / dayMs) % days
  past.slots[today * perDay + slot] = value
  if (ms - past.firstMs <= leastDays * dayMs) return null
  let highest = -Infinity
  let lowest = Infinity
  for (let day = 0; day < days; day++) {
    if (day === today) continue
    // One slot earlier or later is the same time: clocks and jobs are not that exact.
    for (let near = slot - 1; near <= slot + 1; near++) {
      const then = past.slots[day * perDay + ((near + perDay) % perDay)] ?? null
      if (then === null) continue
      highest = Math.max(highest, then)
      lowest = Math.min(lowest, then)
    }
  }
  return highest < lowest ? null : [value - highest, lowest - value]
}
