import { Temporal } from 'temporal-polyfill'
import { i18n } from './words.ts'

export const secondMs = 1_000
export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

export const periods = ['hour', 'day', 'week', 'month', 'rolling24h'] as const
export type Period = (typeof periods)[number]

/** Half-open: `fromMs` belongs to it, `toMs` does not. */
export interface TimeRange {
  fromMs: number
  toMs: number
}

export function floorTo(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs
}

/** Whether it was less than `ms` ago. A time to come is as far away as one that is over: the clock was set back since. */
export function isRecent(atMs: number, nowMs: number, ms: number): boolean {
  return Math.abs(nowMs - atMs) < ms
}

export function ceilTo(ms: number, stepMs: number): number {
  return Math.ceil(ms / stepMs) * stepMs
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** `2026-11-23` of the UTC day that holds the instant. */
export function utcDay(ms: number): string {
  return iso(ms).slice(0, 10)
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false // the library throws for a name it does not know; that is the answer
  }
}

/** The local calendar day of an instant, as `2026-11-23`. */
export function localDay(ms: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** First instant of a local calendar day. Where a clock change removes midnight, the first instant that exists. */
export function startOfLocalDay(day: string, zone: string): number {
  const key = `${day} ${zone}`
  const known = midnights.get(key)
  if (known !== undefined) return known
  const startMs = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
  if (midnights.size >= mostMidnights) midnights.clear()
  midnights.set(key, startMs)
  return startMs
}

/** Charts of years ask for the same midnights at every look, and a calendar takes longer than all the rest of it. */
const midnights = new Map<string, number>()
const mostMidnights = 5_000

export function addDays(day: string, days: number): string {
  const text = new Date(Date.parse(day) + days * dayMs).toISOString()
  // Years of more than four digits are written otherwise.
  return text.length === 24 ? text.slice(0, 10) : Temporal.PlainDate.from(day).add({ days }).toString()
}

/** A calendar day that somebody wrote, such as `2026-11-23`; of one that is none, such as `2026-02-30`, the nearest. */
export function nearestDay(text: string): string | null {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).slice(1).map(Number)
  if (year === undefined || month === undefined || day === undefined) return null
  return Temporal.PlainDate.from({ year, month: Math.max(1, month), day: Math.max(1, day) }).toString()
}

/** First and last day of the calendar month that holds a day, or `2026-11`. */
export function monthOf(day: string): { from: string; to: string } {
  const month = Temporal.PlainYearMonth.from(day.slice(0, 7))
  return { from: `${month.toString()}-01`, to: month.toPlainDate({ day: month.daysInMonth }).toString() }
}

/** How many days from one to the other. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

/**
 * The period of a budget that holds an instant, in the budget's zone. Weeks start on Monday (ISO 8601). A local day
 * may have 23 or 25 hours; a local hour that is repeated when clocks go back counts as two.
 */
export function periodAt(period: Period, ms: number, zone: string): TimeRange {
  if (period === 'rolling24h') return { fromMs: ms - dayMs, toMs: ms }
  const now = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  if (period === 'hour') return hourAt(now, ms)
  const date = now.toPlainDate()
  const first =
    period === 'day' ? date : period === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })
  const next = first.add(period === 'day' ? { days: 1 } : period === 'week' ? { days: 7 } : { months: 1 })
  return { fromMs: first.toZonedDateTime(zone).epochMilliseconds, toMs: next.toZonedDateTime(zone).epochMilliseconds }
}

/** The periods that hold one instant. Calendars are slow, and a thousand budgets ask for the same few. */
export function periodsAt(ms: number): (period: Period, zone: string) => TimeRange {
  const known = new Map<string, TimeRange>()
  return (period, zone) => {
    const key = `${period} ${zone}`
    const range = known.get(key) ?? periodAt(period, ms, zone)
    known.set(key, range)
    return range
  }
}

function hourAt(now: Temporal.ZonedDateTime, ms: number): TimeRange {
  const intoHour = now.minute * minuteMs + now.second * secondMs + now.millisecond
  const fromMs = ms - intoHour
  return { fromMs, toMs: fromMs + hourMs }
}

/** The UTC days of a range, the first and the last cut where it begins and ends. */
export function utcDays({ fromMs, toMs }: TimeRange): (TimeRange & { utcDay: string })[] {
  const days: (TimeRange & { utcDay: string })[] = []
  for (let atMs = floorTo(fromMs, dayMs); atMs < toMs; atMs += dayMs)
    days.push({ utcDay: utcDay(atMs), fromMs: Math.max(fromMs, atMs), toMs: Math.min(toMs, atMs + dayMs) })
  return days
}

/** Names a period for good, so that what was told for it is told once. A rolling window is named by its UTC day. */
export function periodId(period: Period, range: TimeRange): string {
  return `${period}:${iso(period === 'rolling24h' ? floorTo(range.toMs, dayMs) : range.fromMs)}`
}

/** `45 minutes`, `3 hours`, `2 days`. */
export function spanText(ms: number): string {
  if (ms < 2 * hourMs)
    return i18n.t('{count, plural, one {# minute} other {# minutes}}', { count: Math.floor(ms / minuteMs) })
  if (ms < 48 * hourMs)
    return i18n.t('{count, plural, one {# hour} other {# hours}}', { count: Math.floor(ms / hourMs) })
  return i18n.t('{count, plural, one {# day} other {# days}}', { count: Math.floor(ms / (24 * hourMs)) })
}
