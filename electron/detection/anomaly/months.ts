import { dayMs, hourMs } from '../../../shared/time.ts'

/** A rise that was seen, kept to know the monthly batch job when it comes again. */
export interface Rise {
  sinceMs: number
  /** Highest excess of an hour, in mean hours. */
  height: number
}

const remembered = 12
const sameTimeMs = 3 * hourMs
/** Jobs of the month run around its turn. Anywhere else, the same hour two months in a row is chance. */
const turnMs = 1.5 * dayMs
const leastAgeMs = 20 * dayMs
const allowance = 1.5

export function noteRise(rises: Rise[], rise: Rise): void {
  rises.push(rise)
  if (rises.length > remembered) rises.shift()
}

/** How high a rise may get at this time of the month before it is news: 0 where none is known. */
export function usualHeight(rises: readonly Rise[], nowMs: number): number {
  const now = placeInMonth(nowMs)
  if (Math.min(now.sinceStartMs, now.untilEndMs) > turnMs) return 0
  let highest = 0
  for (const rise of rises) {
    const then = placeInMonth(rise.sinceMs)
    const isSame =
      Math.abs(now.sinceStartMs - then.sinceStartMs) < sameTimeMs ||
      Math.abs(now.untilEndMs - then.untilEndMs) < sameTimeMs
    if (isSame && nowMs - rise.sinceMs > leastAgeMs) highest = Math.max(highest, allowance * rise.height)
  }
  return highest
}

function placeInMonth(ms: number): { sinceStartMs: number; untilEndMs: number } {
  const date = new Date(ms)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { sinceStartMs: ms - Date.UTC(year, month, 1), untilEndMs: Date.UTC(year, month + 1, 1) - ms }
}
