import type { Alert, AlertState, RuleKind, Severity } from '../../../shared/alerts.ts'
import { i18n, moneyInWords } from '../../../shared/words.ts'
import { withKind } from '../../detection/newcomers.ts'
import type { Message, MessageAction } from './channel.ts'

/** Names come from providers and may be endless; what stands beside them must still be read. */
export const longestName = 80

/** The words of a message, the same in all channels; each puts them into its own markup, within its own limits. */
export interface Note {
  /** What, in one line. */
  title: string
  /** How bad: the gravest of what goes on, or that it is over. */
  tone: Severity | 'resolved'
  /** One sentence, or one for each of several alerts. */
  summary: string[]
  /** How much, since when, by whom, why, what to do. Empty for several alerts. */
  facts: Fact[]
  link: string | null
  actions: readonly MessageAction[]
  /** Newest change of what it says. */
  updatedAt: string
  /** Up to when the data is known. */
  asOf: string | null
}

export type Fact = { name: string; isShort: boolean } & (
  | { text: string }
  /** An instant, for channels that show it in the reader's own time zone. */
  | { at: string }
  /** Names come from providers: verbatim. */
  | { rows: readonly { name: string; amount: string }[] }
)

export function noteOf(message: Message): Note {
  const [lead, ...others] = message.alerts
  const shared = {
    title: headline(message),
    tone: toneOf(message),
    actions: message.actions,
    updatedAt: message.alerts.map((alert) => alert.updatedAt).reduce((a, b) => (a > b ? a : b)),
    asOf: lead.asOf,
  }
  if (others.length === 0 && message.more === 0)
    return { ...shared, summary: [lead.summary], facts: factsOf(lead, message.occasion), link: lead.link }
  return { ...shared, summary: [...message.alerts.map(lineOf), ...moreLine(message.more)], facts: [], link: null }
}

function toneOf({ alerts, occasion }: Message): Note['tone'] {
  const open = alerts.filter((alert) => alert.state !== 'resolved')
  return occasion === 'resolved' && alerts.length === 1 ? 'resolved' : (open[0]?.severity ?? 'resolved')
}

/** One alert among several: what, how it stands when it no longer fires, and its sentence. */
function lineOf(alert: Alert): string {
  const state = alert.state === 'firing' || alert.state === 'pending' ? '' : ` (${stateWords[alert.state]()})`
  return `${whatOf(alert)}${state}: ${alert.summary}`
}

function moreLine(more: number): string[] {
  return more === 0 ? [] : [i18n.t('And {more} more: open the dashboard, or run "spend-guard alerts list".', { more })]
}

function factsOf(alert: Alert, occasion: Message['occasion']): Fact[] {
  const money = (amount: string) => moneyInWords(amount, alert.currency)
  const isOver = occasion === 'resolved' || alert.state === 'resolved'
  const amount = alert.amount === null ? '' : money(alert.amount)
  const facts: Fact[] = [
    {
      name: i18n.t('How much'),
      isShort: false,
      text:
        amount === '' || alert.limit === null
          ? amount
          : i18n.t('{amount} of {limit}', { amount, limit: money(alert.limit) }),
    },
    { name: i18n.t('Since'), isShort: true, at: alert.since },
    ...(['model', 'project', 'key', 'account'] as const).map((dimension) => ({
      name: byWords[dimension](),
      isShort: true,
      rows: alert.contributors
        .filter((one) => one.dimension === dimension)
        .map((one) => ({ name: cut(one.name, longestName), amount: money(one.amount) })),
    })),
    { name: i18n.t('Why'), isShort: false, text: alert.causes.map((cause) => cut(cause, longestName * 2)).join('\n') },
    { name: i18n.t('State'), isShort: false, text: stateText(alert) },
    { name: i18n.t('What to do'), isShort: false, text: isOver ? '' : alert.advice },
  ]
  return facts.filter((fact) => ('text' in fact ? fact.text.trim() !== '' : 'at' in fact || fact.rows.length > 0))
}

function stateText(alert: Alert): string {
  const last = alert.history.at(-1)
  const state = stateWords[alert.state]()
  return last && alert.state !== 'firing'
    ? i18n.t('{state} by {by}: {note}', { state, by: last.by, note: last.note })
    : state
}

/** A fact as plain text, for channels without markup. Instants are in UTC. */
export function factText(fact: Fact): string {
  if ('text' in fact) return fact.text
  if ('at' in fact) return instantText(fact.at)
  return fact.rows.map(({ name, amount }) => `${name} ${amount}`).join('\n')
}

export function instantText(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

export function headline({ alerts, more, occasion, isDigest }: Message): string {
  if (occasion === 'test') return i18n.t('Test: this is how an alert looks')
  const count = alerts.length + more
  if (isDigest && count > 1) return i18n.t('While it was quiet: {count} alerts', { count })
  if (count > 1)
    return alerts.every(isResolved)
      ? i18n.t('Resolved: {count} alerts', { count })
      : i18n.t('{count} alerts started together', { count })
  if (isDigest) return i18n.t('While it was quiet: {what}', { what: whatOf(alerts[0]) })
  return newsOf(alerts[0], occasion, whatOf(alerts[0]))
}

/** What is new about an alert that was told before, so that a message of its own does not read like another alarm. */
function newsOf({ state }: Alert, occasion: Message['occasion'], what: string): string {
  if (occasion === 'resolved' || state === 'resolved') return i18n.t('Resolved: {what}', { what })
  if (state === 'snoozed') return i18n.t('Snoozed: {what}', { what })
  if (occasion === 'acknowledged' || state === 'acknowledged') return i18n.t('Acknowledged: {what}', { what })
  return occasion === 'grew' ? i18n.t('Growing: {what}', { what }) : what
}

function isResolved(alert: Alert): boolean {
  return alert.state === 'resolved'
}

function whatOf(alert: Alert): string {
  return alert.scope === 'all'
    ? titles[alert.rule]()
    : `${cut(alert.scopeLabel, longestName)}: ${titlesInside[alert.rule]()}`
}

const titles: Record<RuleKind, () => string> = {
  budget: () => i18n.t('Budget threshold crossed'),
  velocity: () => i18n.t('Spending fast'),
  anomaly: () => i18n.t('Unusual spend'),
  forecast: () => i18n.t('Heading past the budget'),
  calibration: () => i18n.t('Bill and prices disagree'),
  credential: () => i18n.t('Not watched: the key was refused'),
  balance: () => i18n.t('Prepaid money'),
  blind: () => i18n.t('Not seen'),
}

/** Behind the name of an account or project. */
const titlesInside: Record<RuleKind, () => string> = {
  budget: () => i18n.t('budget threshold crossed'),
  velocity: () => i18n.t('spending fast'),
  anomaly: () => i18n.t('unusual spend'),
  forecast: () => i18n.t('heading past the budget'),
  calibration: () => i18n.t('bill and prices disagree'),
  credential: () => i18n.t('not watched: the key was refused'),
  balance: () => i18n.t('prepaid money'),
  blind: () => i18n.t('not seen'),
}

const stateWords: Record<AlertState, () => string> = {
  pending: () => i18n.t('pending'),
  firing: () => i18n.t('firing'),
  acknowledged: () => i18n.t('acknowledged'),
  snoozed: () => i18n.t('snoozed'),
  resolved: () => i18n.t('resolved'),
}

const byWords = {
  model: () => i18n.t('By model'),
  project: () => i18n.t('By project'),
  key: () => i18n.t('By key'),
  account: () => i18n.t('By account'),
}

/** A few short lines, most important first: somebody reads them at three in the morning. */
export function lines(message: Message): string[] {
  const [alert, ...others] = message.alerts
  if (others.length > 0 || message.more > 0) return noteOf(message).summary
  if (message.occasion === 'resolved' || isResolved(alert))
    return [alert.summary, alert.history.at(-1)?.note ?? ''].filter(Boolean)
  return [alert.summary, alert.causes[0] ?? '', whoText(alert), alert.advice].filter(Boolean)
}

export function whoText({ contributors, currency }: Alert): string {
  return (['key', 'model', 'project'] as const)
    .flatMap((dimension) =>
      contributors
        .filter((one) => one.dimension === dimension)
        .slice(0, 1)
        .map(({ name, amount }) => `${withKind(dimension, cut(name, longestName))}: ${moneyInWords(amount, currency)}`),
    )
    .join(', ')
}

/** At most so many UTF-16 units, never half a character: JSON with half of one is refused by some. */
export function cut(text: string, longest: number): string {
  const clean = text.toWellFormed().trim()
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
