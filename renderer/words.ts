import { plural, t } from '@lingui/core/macro'
import type { Account } from '../shared/accounts.ts'
import type { Alert, AlertState, Pattern, RuleKind, Severity } from '../shared/alerts.ts'
import type { Spend } from '../shared/amounts.ts'
import type { BudgetPreview, Outlook, Threshold } from '../shared/budgets.ts'
import type { Plan } from '../shared/plans.ts'
import { i18n } from '@lingui/core'
import { formatMoney, type Locales } from '../shared/money.ts'
import { pageUrl, providerIds, providers, type ProviderId, type ProviderPage } from '../shared/providers.ts'
import { parseScope } from '../shared/scope.ts'
import { dayMs, hourMs, localDay, minuteMs, type Period } from '../shared/time.ts'

/** How figures and dates are written: as in the visitor's own country, where that speaks the language of the page. */
export const formatLocales = (): Locales => i18n.locales

/** Words for what the contract names by a short word. */
export const periodWords: Record<Period, string> = {
  hour: t`Each hour`,
  day: t`Each day`,
  week: t`Each week`,
  month: t`Each month`,
  rolling24h: t`Any 24 hours`,
}

/** The same within a sentence. */
export const periodWordsInside: Record<Period, string> = {
  hour: t`each hour`,
  day: t`each day`,
  week: t`each week`,
  month: t`each month`,
  rolling24h: t`any 24 hours`,
}

export const accountStateWords: Record<Account['state'], string> = {
  new: t`Waiting for its first poll`,
  filling: t`Reading history`,
  ok: t`Up to date`,
  stale: t`Stale`,
  failed: t`Failed`,
  paused: t`Paused`,
}

export const alertStateWords: Record<AlertState, string> = {
  pending: t`Pending`,
  firing: t`Firing`,
  acknowledged: t`Acknowledged`,
  snoozed: t`Snoozed`,
  resolved: t`Resolved`,
}

export const severityWords: Record<Severity, string> = { info: t`Info`, warning: t`Warning`, critical: t`Critical` }

export const severityWordsInside: Record<Severity, string> = {
  info: t`info`,
  warning: t`warning`,
  critical: t`critical`,
}

export const ruleWords: Record<RuleKind, string> = {
  budget: t`Budget`,
  velocity: t`Velocity`,
  anomaly: t`Unusual spend`,
  forecast: t`Forecast`,
  calibration: t`Estimate differs from the bill`,
  credential: t`Key refused`,
  balance: t`Prepaid money`,
  blind: t`Cannot be seen`,
}

export const groupWords = {
  provider: t`Provider`,
  account: t`Account`,
  workspace: t`Workspace`,
  project: t`Project`,
  model: t`Model`,
  key: t`Key`,
} as const

/** The same within a sentence. */
export const groupWordsInside: Record<keyof typeof groupWords, string> = {
  provider: t`provider`,
  account: t`account`,
  workspace: t`workspace`,
  project: t`project`,
  model: t`model`,
  key: t`key`,
}

export type SpendKind = 'billed' | 'estimate' | 'mixed' | 'unknown'

export const spendKindWords: Record<SpendKind, string> = {
  billed: t`billed`,
  estimate: t`estimate`,
  mixed: t`part estimate`,
  unknown: t`unknown`,
}

/** Which plane the effective amount comes from. */
export function spendKind({
  effective,
  billed,
  estimate,
}: Pick<Spend, 'effective' | 'billed' | 'estimate'>): SpendKind {
  if (effective === null) return 'unknown'
  if (billed === null) return 'estimate'
  if (estimate === null || effective === billed) return 'billed'
  return effective === estimate ? 'estimate' : 'mixed'
}

export function providerLabel(id: string): string {
  return id in providers ? providers[id as ProviderId].label : id
}

/** A scope in the words people gave: the label of an account instead of its id. */
export function scopeLabel(scope: string, accounts: readonly { id: string; label: string }[]): string {
  const parsed = parseScope(scope)
  if (!parsed) return scope
  switch (parsed.kind) {
    case 'all':
      return t`Everything`
    case 'provider':
      return providerLabel(parsed.name)
    case 'account':
      return accounts.find(({ id }) => id === parsed.name)?.label ?? parsed.name
    default:
      return `${groupWords[parsed.kind]} ${parsed.name}`
  }
}

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

export function percentText(share: number, locale: Locales = formatLocales()): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** Rounded down, as in the guard's own sentences: 99.9 % of a limit is not yet all of it. */
export function limitShareText(share: number, locale: Locales = formatLocales()): string {
  // The small addition makes up for decimals that a double holds a hair too low.
  return percentText(Math.floor(share * 100 + 1e-9) / 100, locale)
}

/** "Heading for $4,210, most likely $3,900 to $4,700; past the limit around Nov 26." */
export function outlookText(outlook: Outlook, currency: string, locale: Locales = formatLocales()): string {
  const money = (amount: string) => formatMoney(amount, currency, locale)
  const passed =
    outlook.breachOn !== null && outlook.probability >= 0.5
      ? t`; past the limit around ${dayText(outlook.breachOn, locale)}`
      : ''
  return t`Heading for ${money(outlook.end)}, most likely ${money(outlook.low)} to ${money(outlook.high)}${passed}.`
}

/** "Of the last 90 days, a usual one cost $12.40, and nine of ten less than $18.10." */
export function usualText(
  preview: BudgetPreview,
  period: Period,
  currency: string,
  locale: Locales = formatLocales(),
): string {
  const { middle, high, periods } = preview
  if (middle === null || high === null)
    return {
      hour: t`Too little is known yet to say what is usual for an hour.`,
      day: t`Too little is known yet to say what is usual for a day.`,
      week: t`Too little is known yet to say what is usual for a week.`,
      month: t`Too little is known yet to say what is usual for a month.`,
      rolling24h: t`Too little is known yet to say what is usual for 24 hours.`,
    }[period]
  const money = (amount: string) => formatMoney(amount, currency, locale)
  const [usual, most] = [money(middle), money(high)]
  return {
    hour: t`Of the last ${periods} hours, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    day: t`Of the last ${periods} days, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    week: t`Of the last ${periods} weeks, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    month: t`Of the last ${periods} months, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    rolling24h: t`Of the last ${periods} looks at 24 hours, a usual one cost ${usual}, and nine of ten at most ${most}.`,
  }[period]
}

/** "80 % would have been told 3 times, last on Nov 20." */
export function wouldHaveText(
  { percent, amount }: Threshold,
  times: number,
  lastAt: string | null,
  currency: string,
  locale: Locales = formatLocales(),
): string {
  const what =
    percent === undefined ? formatMoney(amount ?? null, currency, locale) : percentText(percent / 100, locale)
  if (times === 0 || lastAt === null) return t`${what} would never have been told.`
  const last = dayText(lastAt.slice(0, 10), locale)
  return plural(times, {
    one: `${what} would have been told once, last on ${last}.`,
    other: `${what} would have been told # times, last on ${last}.`,
  })
}

/** Days are those of the plan's own zone. */
export function planState(plan: Pick<Plan, 'from' | 'to' | 'zone'>, nowMs: number): 'coming' | 'running' | 'over' {
  const today = localDay(nowMs, plan.zone)
  return today < plan.from ? 'coming' : today > plan.to ? 'over' : 'running'
}

/** "planned, Launch: up to $300.00 a day" */
export function planText(plan: Plan, locale: Locales = formatLocales()): string {
  const amount = formatMoney(plan.limit, plan.currency, locale)
  return plan.note ? t`planned, ${plan.note}: up to ${amount} a day` : t`planned: up to ${amount} a day`
}

/** "budget $100.00 each day", and that its line is not in the picture where it would lie far above it. */
export function limitText(
  { limit, currency, period }: { limit: string; currency: string; period: Period },
  isInSight: boolean,
  locale: Locales = formatLocales(),
): string {
  const text = t`budget ${formatMoney(limit, currency, locale)} ${periodWordsInside[period]}`
  return isInSight ? text : t`${text}, far above what is shown`
}

/** What a rise looks like, in a word or two. */
export const patternWords: Record<Pattern, string> = {
  cliff: t`Sudden`,
  ramp: t`Still rising`,
  creep: t`Creeping up`,
  burst: t`A burst`,
  plateau: t`Plateau`,
  'rate-limit': t`At a rate limit`,
  'cache-miss': t`Cache misses`,
  'retry-storm': t`Retry storm`,
  'new-model': t`New model`,
  'new-line-item': t`New line item`,
  'new-key': t`New key`,
  'new-project': t`New project`,
  'dormant-key': t`Dormant key`,
  recharge: t`Recharges`,
  'price-mismatch': t`Price mismatch`,
}

/** Part of a limit that is used, 0 upwards; null when the spend is unknown. */
export function shareOfLimit(spent: string | null, limit: string): number | null {
  if (spent === null || Number(limit) <= 0) return null
  return Number(spent) / Number(limit)
}

/** The page that stops the bleeding, from our own list; null when the alert is about no single provider. */
export function stopLinkOf(
  alert: Alert,
  accounts: readonly { id: string; provider: string }[],
): { provider: ProviderId; page: ProviderPage } | null {
  const listed = providerIds.flatMap((provider) =>
    (['stop', 'key', 'billing', 'limit'] as const).map((page) => ({ provider, page, url: pageUrl(provider, page) })),
  )
  const linked = listed.find(({ url }) => url === alert.link)
  if (linked) return { provider: linked.provider, page: linked.page }
  const scope = parseScope(alert.scope)
  const named =
    scope?.kind === 'provider'
      ? scope.name
      : scope?.kind === 'account'
        ? accounts.find(({ id }) => id === scope.name)?.provider
        : alert.contributors.find(({ dimension }) => dimension === 'provider')?.name
  const provider = providerIds.find((id) => id === named || providers[id].label === named)
  return provider ? { provider, page: alert.rule === 'credential' ? 'key' : 'stop' } : null
}

/**
 * How old a total is: as old as the oldest of the accounts that are up to date, and the others by name, because a
 * fresh figure that lacks one account's last hours should say so.
 */
export function ageText(accounts: readonly Pick<Account, 'label' | 'state' | 'asOf'>[], nowMs: number): string {
  const known = accounts.flatMap(({ asOf }) => (asOf === null ? [] : [asOf])).sort()
  const fresh = accounts.flatMap(({ asOf, state }) => (asOf !== null && state === 'ok' ? [asOf] : [])).sort()
  const asOf = fresh[0] ?? known[0]
  if (asOf === undefined) return t`no data yet`
  const late = accounts.filter((account) => account.asOf === null || account.asOf < asOf)
  const text = t`as of ${agoText(Date.parse(asOf), nowMs)}`
  if (late.length === 0) return text
  if (late.length > 1) return t`${text}, ${late.length} accounts older`
  const [one] = late
  return `${text}, ${one?.label} ${one?.asOf ? agoText(Date.parse(one.asOf), nowMs) : t`not yet read`}`
}

/** For a word that begins a line, such as "everything". */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1)
}

/** "12% more than the day before", "the same as …", "40 times as much as …"; empty without anything to compare with. */
export function changeText(
  now: string | null,
  earlier: string | null,
  before: string,
  locale: Locales = formatLocales(),
): string {
  if (now === null || earlier === null || Number(earlier) <= 0) return ''
  const change = Number(now) / Number(earlier) - 1
  if (Math.abs(change) < 0.005) return t`the same as ${before}`
  if (change >= 9) return t`${Math.round(change + 1).toLocaleString(locale)} times as much as ${before}`
  const share = percentText(Math.abs(change), locale)
  return change > 0 ? t`${share} more than ${before}` : t`${share} less than ${before}`
}

/** "48.3 MB", in the steps of file managers. */
export function bytesText(bytes: number, locale: Locales = formatLocales()): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const digits = step === 0 || bytes / 1_000 ** step >= 100 ? 0 : 1
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: steps[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(bytes / 1_000 ** step)
}
