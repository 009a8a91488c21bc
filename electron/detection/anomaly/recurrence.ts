import { dayMs, hourMs } from '../../../shared/time.ts'

/** A rise that was seen, kept to know the weekly or monthly batch job when it comes again. */
export interface Rise {
  sinceMs: number
  /** Highest excess of an hour, in mean hours. */
  height: number
}

const remembered = 24
/** Jobs start on time, more or less, and grow. */
const sameTimeMs = 3 * hourMs
const sameWeekTimeMs = 1.5 * hourMs
const allowance = 1.5
const weekMs = 7 * dayMs
const weeks = [1, 2]
/** Jobs of the month run around its turn. Anywhere else, the same hour two months in a row is chance. */
const turnMs = 1.5 * dayMs
const leastMonthMs = 20 * dayMs

export function noteRise(rises: Rise[], rise: Rise): void {
  rises.push(rise)
  if (rises.length > remembered) rises.shift()
}

/** How high a rise may get at this time of the week and month before it is news: 0 where none is known. */
export function usualHeight(rises: readonly Rise[], nowMs: number): number {
  let highest = 0
  for (const { sinceMs, height } of rises)
    if (isSameWeekTime(sinceMs, nowMs) || isSameTurnOfMonth(sinceMs, nowMs))
      highest = Math.max(highest, allowance * height)
  return highest
}

function isSameWeekTime(thenMs: number, nowMs: number): boolean {
  return weeks.some((week) => Math.abs(nowMs - thenMs - week * weekMs) < sameWeekTimeMs)
}

function isSameTurnOfMonth(thenMs: number, nowMs: number): boolean {
  if (nowMs - thenMs < leastMonthMs) return false
  const [now, then] = [placeInMonth(nowMs), placeInMonth(thenMs)]
  if (Math.min(now.sinceStartMs, now.untilEndMs) > turnMs) return false
  return (
    Math.abs(now.sinceStartMs - then.sinceStartMs) < sameTimeMs ||
    Math.abs(now.untilEndMs - then.untilEndMs) < sameTimeMs
  )
}

function placeInMonth(ms: number): { sinceStartMs: number; untilEndMs: number } {
  const date = new Date(ms)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { sinceStartMs: ms - Date.UTC(year, month, 1), untilEndMs: Date.UTC(year, month + 1, 1) - ms }
}
