import { t } from '@lingui/core/macro'
import type { DashboardRange, RangeName } from '../../dashboard-query.ts'
import { dayText } from '../../words/times.ts'
import type { Locales } from '../../../shared/money.ts'
import type { StepWidth } from '../../../shared/spend.ts'
import {
  addDays,
  dayMs,
  daysBetween,
  floorTo,
  hourMs,
  iso,
  localDay,
  minuteMs,
  monthOf,
  startOfLocalDay,
} from '../../../shared/time.ts'

/** A range of the dashboard as the guard is asked for it. */
export interface ShownRange {
  /** Days or instants, as the calls take them. */
  from: string
  to: string
  step: StepWidth
  /** "Last 30 days", "November 2026", "Nov 20, 2026". */
  label: string
  /** The same within a sentence: "the last 30 days". */
  inside: string
  /** As long, and ended as far into its last day, so that half a day is not held against a whole one. */
  before: { from: string; to: string; label: string }
  /** The steps of the period that are still to come: where a sum is heading. */
  ahead: string[]
}

export const rangeWords: Record<RangeName, string> = {
  today: t`Today`,
  '24h': t`24 hours`,
  '7d': t`7 days`,
  '30d': t`30 days`,
  '90d': t`90 days`,
  month: t`This month`,
  'last-month': t`Last month`,
  year: t`This year`,
}

const rangeTitles: Record<RangeName, string> = {
  ...rangeWords,
  '24h': t`Last 24 hours`,
  '7d': t`Last 7 days`,
  '30d': t`Last 30 days`,
  '90d': t`Last 90 days`,
}

const rangeWordsInside: Record<RangeName, string> = {
  today: t`today`,
  '24h': t`the last 24 hours`,
  '7d': t`the last 7 days`,
  '30d': t`the last 30 days`,
  '90d': t`the last 90 days`,
  month: t`this month`,
  'last-month': t`last month`,
  year: t`this year`,
}

/** Days in one chart; a longer range is shown by the month. */
const mostDays = 400
/** Up to so many days are shown by the hour. */
const mostDaysOfHours = 2

const lastDays = { '7d': 7, '30d': 30, '90d': 90 } as const

export function shownRange(asked: DashboardRange, atMs: number, zone: string, locale?: Locales): ShownRange {
  const today = localDay(atMs, zone)
  // Of days to come nothing is known: what is shown is today, and called so.
  const range = typeof asked !== 'string' && asked.from > today ? { from: today, to: today } : asked
  const label = rangeLabel(range, atMs, zone, locale)
  const inside = rangeInside(range, atMs, zone, locale)
  if (range === '24h') return { ...last24Hours(atMs), label, inside }
  const { from, to } = daysOf(range, today)
  const count = daysBetween(from, to) + 1
  // The days ahead of a month follow its days: hours would be as wide as they.
  const isOfHours = count <= mostDaysOfHours && range !== 'month'
  const step = isOfHours ? 'hour' : count <= mostDays ? 'day' : 'month'
  const isOpen = to === today
  // The hour under way belongs to it, the hours to come do not: nothing is known of them.
  const endMs = Math.min(startOfLocalDay(addDays(to, 1), zone), floorTo(atMs, hourMs) + hourMs)
  return {
    from,
    to: step === 'hour' && isOpen ? iso(endMs) : to,
    step,
    label,
    inside,
    before: {
      from: addDays(from, -count),
      to: isOpen ? sameTimeBefore(count, today, atMs, zone) : addDays(from, -1),
      label: count === 1 ? t`the day before` : t`the ${count} days before`,
    },
    ahead: isOpen ? stepsAhead(range, endMs, today, zone) : [],
  }
}

function last24Hours(atMs: number): Omit<ShownRange, 'label' | 'inside'> {
  const toMs = floorTo(atMs, hourMs) + hourMs
  return {
    from: iso(toMs - dayMs),
    to: iso(toMs),
    step: 'hour',
    before: { from: iso(toMs - 2 * dayMs), to: iso(wholeMinute(atMs) - dayMs), label: t`the 24 hours before` },
    ahead: [],
  }
}

/** No day after today, of which nothing can be known. */
function daysOf(range: Exclude<DashboardRange, '24h'>, today: string): { from: string; to: string } {
  if (typeof range !== 'string') {
    const to = range.to < today ? range.to : today
    return { from: range.from < to ? range.from : to, to }
  }
  switch (range) {
    case 'today':
      return { from: today, to: today }
    case 'month':
      return { from: monthOf(today).from, to: today }
    case 'last-month':
      return monthOf(addDays(monthOf(today).from, -1))
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today }
    default:
      return { from: addDays(today, 1 - lastDays[range]), to: today }
  }
}

function sameTimeBefore(days: number, today: string, atMs: number, zone: string): string {
  const startMs = startOfLocalDay(addDays(today, -days), zone)
  // At midnight sharp there would be nothing to ask for.
  return iso(startMs + Math.max(minuteMs, wholeMinute(atMs) - startOfLocalDay(today, zone)))
}

/** Whole minutes, so that the question does not change with every answer. */
function wholeMinute(ms: number): number {
  return floorTo(ms, minuteMs)
}

function stepsAhead(range: DashboardRange, endMs: number, today: string, zone: string): string[] {
  const steps: string[] = []
  if (range === 'today') {
    const tomorrowMs = startOfLocalDay(addDays(today, 1), zone)
    for (let atMs = endMs; atMs < tomorrowMs; atMs += hourMs) steps.push(iso(atMs))
  }
  if (range === 'month')
    for (let day = addDays(today, 1); day <= monthOf(today).to; day = addDays(day, 1)) steps.push(day)
  return steps
}

/** "Last 30 days", "November 2026", "Nov 20, 2026", "Nov 1 to Nov 20, 2026". */
function rangeLabel(range: DashboardRange, atMs: number, zone: string, locale?: Locales): string {
  if (typeof range === 'string') return rangeTitles[range]
  const { from, to } = range
  const thisYear = localDay(atMs, zone).slice(0, 4)
  const text = (day: string, withYear: boolean) => dayText(day, locale, withYear ? { year: 'numeric' } : {})
  if (from === to) return text(from, from.slice(0, 4) !== thisYear)
  const month = monthOf(from)
  if (from === month.from && to === month.to)
    return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
      new Date(`${from}T00:00:00Z`),
    )
  return t`${text(from, from.slice(0, 4) !== to.slice(0, 4))} to ${text(to, to.slice(0, 4) !== thisYear)}`
}

/** The same within a sentence: "the last 30 days". */
export function rangeInside(range: DashboardRange, atMs: number, zone: string, locale?: Locales): string {
  return typeof range === 'string' ? rangeWordsInside[range] : rangeLabel(range, atMs, zone, locale)
}

/** The period of a budget that all of a range is, up to now. */
export function sumPeriod(range: DashboardRange): 'day' | 'month' | null {
  if (typeof range === 'string')
    return range === 'today' ? 'day' : range === 'month' || range === 'last-month' ? 'month' : null
  if (range.from === range.to) return 'day'
  const month = monthOf(range.from)
  return range.from === month.from && range.to === month.to ? 'month' : null
}

/** The days of a step, to look into it; null for an hour, which is the finest there is. */
export function daysOfStep(step: string): { from: string; to: string } | null {
  if (step.includes('T')) return null
  return step.length === 7 ? monthOf(step) : { from: step, to: step }
}

/** Where one comes from: what was shown before, or the month that holds a day. */
export function rangeAbove(range: DashboardRange, up: DashboardRange | null): DashboardRange | null {
  if (up !== null) return up
  return typeof range !== 'string' && range.from === range.to ? monthOf(range.from) : null
}
