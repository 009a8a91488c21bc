import type { StepWidth } from '../../shared/spend.ts'
import { addDays, floorTo, hourMs, iso, localDay, startOfLocalDay, type TimeRange } from '../../shared/time.ts'
import type { ZonedRange } from './spend-views.ts'

export type Step = TimeRange & { key: string }

/**
 * One by one, because a range may be long. Hours are those of UTC, as they are kept: where a day begins within one, such as
 * in India, its first step is the rest of that hour, and begins with the day.
 */
export function* stepsOf(range: ZonedRange, step: StepWidth): Iterable<Step> {
  if (step === 'hour') {
    for (let fromMs = floorTo(range.fromMs, hourMs); fromMs < range.toMs; fromMs += hourMs)
      yield hourOf(Math.max(fromMs, range.fromMs), Math.min(fromMs + hourMs, range.toMs))
    return
  }
  let day = localDay(range.fromMs, range.zone)
  for (let { fromMs } = range; fromMs < range.toMs;) {
    const next = step === 'day' ? addDays(day, 1) : firstOfNextMonth(day)
    const toMs = Math.min(startOfLocalDay(next, range.zone), range.toMs)
    yield { key: step === 'day' ? day : day.slice(0, 7), fromMs, toMs }
    day = next
    fromMs = toMs
  }
}

function hourOf(fromMs: number, toMs: number): Step {
  return { key: iso(fromMs), fromMs, toMs }
}

function firstOfNextMonth(day: string): string {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
}
