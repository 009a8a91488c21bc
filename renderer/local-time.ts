import { Temporal } from 'temporal-polyfill'

/** The instant of `2026-11-25T07:30`, as a field for date and time has it, on the clock of a zone; null when it is none. */
export function instantOf(text: string, zone: string): string | null {
  try {
    return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds).toISOString()
  } catch {
    return null // half typed, or no such day
  }
}
