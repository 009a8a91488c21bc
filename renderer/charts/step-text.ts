import { dayText } from '../words/times.ts'
import { localDay } from '../../shared/time.ts'

/** A step for people: "Nov 2026", "Nov 20", "2:00 PM", and "Nov 20, 2:00 PM" where hours of several days are shown. */
export function stepText(step: string, zone: string, withDay = false, locale?: string): string {
  if (step.length === 7) return dayText(`${step}-01`, locale, { year: 'numeric', day: undefined })
  if (step.length === 10) return dayText(step, locale)
  const day = withDay ? ({ month: 'short', day: 'numeric' } as const) : {}
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...day, hour: 'numeric', minute: '2-digit' }).format(
    new Date(step),
  )
}

/** Whether hours of more than one day are shown, which then need their day. */
export function spansDays(steps: readonly string[], zone: string): boolean {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first?.includes('T') || !last) return false
  return localDay(Date.parse(first), zone) !== localDay(Date.parse(last), zone)
}
