import { t } from '@lingui/core/macro'
import { capital, scopeLabel } from '../../words/names.ts'
import { clockText, momentText } from '../../words/times.ts'
import { formatLocales } from '../../words/figures.ts'
import { hoursText, weekdays, type Hours } from '../../../shared/hours.ts'
import { cellText, type Cell, type Exception, type Hearing } from '../../../shared/routing.ts'
import { dayMs, localDay } from '../../../shared/time.ts'

/** The Monday that days of the week are counted from. */
const mondayMs = Date.UTC(2026, 10, 16)

export function weekdayWord(day: string): string {
  const nth = weekdays.findIndex((one) => one === day)
  return new Intl.DateTimeFormat(formatLocales(), { weekday: 'short', timeZone: 'UTC' }).format(mondayMs + nth * dayMs)
}

/** "Mon–Fri 09:00–18:00" */
export function hoursWords(hours: Hours): string {
  return hoursText(hours)
    .replace(/[a-z]{3}/g, weekdayWord)
    .replaceAll('-', '–')
    .replaceAll(',', ', ')
}

/** "Workspace acme, Mon–Fri 09:00–18:00" */
export function exceptionTitle(
  { scope, hours }: Pick<Exception, 'scope' | 'hours'>,
  accounts: readonly { id: string; label: string }[],
): string {
  const about = scope === 'all' ? t`All alerts` : scopeLabel(scope, accounts)
  return hours === null ? about : `${about}, ${hoursWords(hours)}`
}

export function cellWords(cell: Cell): string {
  return capital(cellText(cell))
}

/** Some channels that are told at the same time for the same reason. */
export interface Step {
  when: string
  why: string | null
  channels: string[]
}

/** Who hears an alert, in order and in words. */
export function stepsOf(
  hearings: readonly Hearing[],
  firedAtMs: number,
  zone: string,
  fallbackMinutes: number,
): Step[] {
  const steps = new Map<string, Step>()
  for (const hearing of [...hearings].sort((a, b) => rank(a) - rank(b))) {
    const [when, why] = momentOf(hearing, firedAtMs, zone, fallbackMinutes)
    const step = steps.get(`${when} ${why}`) ?? { when, why, channels: [] }
    step.channels.push(nameOf(hearing))
    steps.set(`${when} ${why}`, step)
  }
  return [...steps.values()]
}

/** By time; then who stands in, who never hears, and who cannot. */
function rank({ at, cell, isAbsent }: Hearing): number {
  const last = Number.MAX_SAFE_INTEGER
  if (isAbsent) return last
  return cell === 'never' ? last - 1 : at === null ? last - 2 : Date.parse(at)
}

function momentOf(
  { at, cell, isHeld, isAbsent, person }: Hearing,
  firedAtMs: number,
  zone: string,
  fallbackMinutes: number,
): [when: string, why: string | null] {
  if (isAbsent) return [t`Cannot be told now`, t`removed at the other side, or not on this computer`]
  if (cell === 'never' || at === null) {
    if (cell !== 'backup') return [t`Never`, null]
    return [t`Only as backup`, t`when another does not get through within ${minutes(fallbackMinutes)}`]
  }
  const unless = cell === 0 ? null : t`if nobody acknowledges`
  if (!isHeld) return [cellWords(cell), unless]
  // Quiet hours are the person's own; when they end is shown on the clock of the guard, like every other time here.
  const isSameDay = localDay(Date.parse(at), zone) === localDay(firedAtMs, zone)
  const until = isSameDay ? clockText(at, zone) : momentText(at, zone)
  const held = person === null ? t`held by somebody’s quiet hours` : t`held by ${person}’s quiet hours`
  return [t`At ${until}`, unless === null ? held : `${held}, ${unless}`]
}

function minutes(count: number): string {
  return count === 1 ? t`a minute` : t`${count} minutes`
}

/** "Anna’s phone" says whom it reaches by itself. */
function nameOf({ channel, person }: Hearing): string {
  return person === null || channel.toLowerCase().includes(person.toLowerCase()) ? channel : `${channel} (${person})`
}
