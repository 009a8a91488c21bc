import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'A time of day is written like 22:00.' })

/** A part of the day, on some days of the week. One that ends before it begins goes on into the next day. */
export const hours = z
  .object({
    days: z
      .array(z.enum(weekdays))
      .min(1, { error: 'Choose at least one day.' })
      .default([...weekdays]),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from !== to, {
    error: 'It ends when it begins. For whole days write 00:00-23:59.',
    path: ['to'],
  })
export type Hours = z.infer<typeof hours>

/** The end of the hours that `nowMs` falls into; null outside of them. Clock changes are the zone's own. */
export function endOfHours(given: Hours, nowMs: number, zone: string): number | null {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone)
  const today = now.toPlainDate()
  // What began yesterday may still go on.
  for (const day of [today.subtract({ days: 1 }), today]) {
    const weekday = weekdays[day.dayOfWeek - 1]
    if (!weekday || !given.days.includes(weekday)) continue
    const at = (date: Temporal.PlainDate, time: string) =>
      date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
    const fromMs = at(day, given.from)
    const toMs = at(given.to < given.from ? day.add({ days: 1 }) : day, given.to)
    if (fromMs <= nowMs && nowMs < toMs) return toMs
  }
  return null
}

/** `mon-fri 09:00-18:00`, `sat,sun 22:00-07:00` or `22:00-07:00`; null when it is none of these. */
export function parseHours(text: string): Hours | null {
  const match = /^(?:(\S+)\s+)?(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text.trim().toLowerCase())
  const days = match?.[1] === undefined ? [...weekdays] : parseDays(match[1])
  const parsed = hours.safeParse({ days, from: match?.[2], to: match?.[3] })
  return parsed.success ? parsed.data : null
}

/** In the order of the week, each once; null where one of them is none. */
function parseDays(text: string): Weekday[] | null {
  const chosen = new Set<Weekday>()
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.split('-')
    const from = weekdays.indexOf(first as Weekday)
    const to = weekdays.indexOf(last as Weekday)
    if (from < 0 || to < 0 || more.length > 0) return null
    const length = ((to - from + weekdays.length) % weekdays.length) + 1
    for (let nth = 0; nth < length; nth++) {
      const day = weekdays[(from + nth) % weekdays.length]
      if (day) chosen.add(day)
    }
  }
  return weekdays.filter((day) => chosen.has(day))
}

export function hoursText({ days, from, to }: Hours): string {
  const span = `${from}-${to}`
  if (days.length === weekdays.length) return span
  const at = days.map((day) => weekdays.indexOf(day)).sort((a, b) => a - b)
  const first = at[0] ?? 0
  const isRun = at.length > 2 && at.every((index, nth) => index === first + nth)
  return `${isRun ? `${weekdays[first]}-${weekdays[at.at(-1) ?? 0]}` : at.map((index) => weekdays[index]).join(',')} ${span}`
}
