import { Temporal } from 'temporal-polyfill'
import { dayMs, floorTo, hourMs, type TimeRange } from '../../shared/time.ts'

/** Nanos by currency. */
export type Sums = ReadonlyMap<string, bigint>

/** What would have been spent, and was not, between an acknowledgement and the next look at the bill. */
export interface Prevented {
  range: TimeRange
  sums: Sums
}

const firstHour = 9

/**
 * When a person would have seen it without a guard: the provider shows the bill of a UTC day some time after the day has
 * ended, and people look at nine on working days.
 */
export function seenAnywayMs(beganMs: number, billedAfterMs: number, zone: string): number {
  const shownMs = floorTo(beganMs, dayMs) + dayMs + billedAfterMs
  const shown = Temporal.Instant.fromEpochMilliseconds(shownMs).toZonedDateTimeISO(zone)
  for (let day = shown.toPlainDate(); ; day = day.add({ days: 1 })) {
    const atMs = day.toZonedDateTime({ timeZone: zone, plainTime: { hour: firstHour } }).epochMilliseconds
    if (day.dayOfWeek <= 5 && atMs >= shownMs) return atMs
  }
}

/**
 * The pace of the hour before the acknowledgement, up to the time it would have been seen anyway, less what was spent
 * all the same. So spend that goes on as usual, or a leak that nobody stopped, prevents nothing.
 */
export function preventedIn(range: TimeRange, hourBefore: Sums, spent: Sums): Sums {
  const lengthMs = BigInt(Math.max(0, Math.floor(range.toMs - range.fromMs)))
  return new Map(
    [...hourBefore].flatMap(([currency, nanos]): [string, bigint][] => {
      const wouldBe = (nanos * lengthMs) / BigInt(hourMs)
      const kept = wouldBe - (spent.get(currency) ?? 0n)
      return kept > 0n ? [[currency, kept]] : []
    }),
  )
}

/**
 * Alerts of the same hours are mostly about the same money: of those whose time overlaps only the largest counts, for
 * each currency.
 */
export function countOnce(all: readonly Prevented[]): Sums {
  const total = new Map<string, bigint>()
  let largest = new Map<string, bigint>()
  let untilMs = -Infinity
  const close = () => {
    for (const [currency, nanos] of largest) total.set(currency, (total.get(currency) ?? 0n) + nanos)
    largest = new Map()
  }
  for (const { range, sums } of [...all].sort((a, b) => a.range.fromMs - b.range.fromMs)) {
    if (range.fromMs >= untilMs) close()
    untilMs = Math.max(untilMs, range.toMs)
    for (const [currency, nanos] of sums) {
      const before = largest.get(currency) ?? 0n
      if (nanos > before) largest.set(currency, nanos)
    }
  }
  close()
  return total
}
