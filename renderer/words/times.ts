import { t } from '@lingui/core/macro'
import type { Account } from '../../shared/accounts.ts'
import type { Locales } from '../../shared/money.ts'
import { providerFacts, providerIds } from '../../shared/providers.ts'
import { dayMs, hourMs, minuteMs } from '../../shared/time.ts'
import { formatLocales } from './figures.ts'

/**
 * "just now", "4 min ago", "3 h ago", "2 days ago". For what has happened: an instant after the page's clock, which ticks
 * slowly, is just now.
 */
export function agoText(atMs: number, nowMs: number): string {
  const gapMs = nowMs - atMs
  return gapMs < minuteMs ? t`just now` : t`${gapText(gapMs)} ago`
}

/** A span as people say it: `5 min`, `12 h`, `2 days`. */
export function lagText(seconds: number): string {
  const count = (unit: number) => (seconds / unit).toLocaleString(formatLocales(), { maximumFractionDigits: 1 })
  if (seconds >= 2 * 86_400) return t({ message: `${count(86_400)} days`, context: 'a span by itself' })
  if (seconds >= 3_600) return t`${count(3_600)} h`
  if (seconds >= 60) return t`${count(60)} min`
  return t`${count(1)} s`
}

/** "in 4 min", for what is to come. */
export function untilText(atMs: number, nowMs: number): string {
  const gapMs = atMs - nowMs
  return gapMs < minuteMs ? t`in less than a minute` : t`in ${gapText(gapMs)}`
}

function gapText(gapMs: number): string {
  if (gapMs < hourMs) return t`${Math.floor(gapMs / minuteMs)} min`
  if (gapMs < 2 * dayMs) return t`${Math.floor(gapMs / hourMs)} h`
  return t`${Math.floor(gapMs / dayMs)} days`
}

export function momentText(instant: string, zone: string, locale: Locales = formatLocales()): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(instant))
}

export function clockText(instant: string, zone: string, locale: Locales = formatLocales()): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(
    new Date(instant),
  )
}

/** "Nov 23" of a calendar day. Days carry no zone, so they are read and shown in UTC. */
export function dayText(day: string, locale: Locales = formatLocales(), more: Intl.DateTimeFormatOptions = {}): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric', ...more }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

interface Aged extends Pick<Account, 'label' | 'state' | 'asOf'> {
  provider: string
}

/**
 * How old a total is: as old as the oldest of the accounts that are read and up to date, and the others by name, because
 * a fresh figure that lacks one account's last hours should say so.
 */
export function ageText(accounts: readonly Aged[], nowMs: number): string {
  const known = accounts.flatMap(({ asOf }) => (asOf === null ? [] : [asOf])).sort()
  const fresh = accounts
    .flatMap(({ asOf, state, provider }) => (asOf !== null && state === 'ok' && !isBrought(provider) ? [asOf] : []))
    .sort()
  const asOf = fresh[0] ?? known[0]
  if (asOf === undefined) return t`no data yet`
  const late = accounts.filter((account) => account.asOf === null || account.asOf < asOf)
  const text = t`as of ${agoText(Date.parse(asOf), nowMs)}`
  if (late.length === 0) return text
  if (late.length > 1) return t`${text}, ${late.length} accounts older`
  const [one] = late
  return `${text}, ${one?.label} ${one?.asOf ? agoText(Date.parse(one.asOf), nowMs) : t`not yet read`}`
}

function isBrought(provider: string): boolean {
  const id = providerIds.find((known) => known === provider)
  return id !== undefined && providerFacts(id).brought === true
}
