import { gravityOf, type Severity, type Via } from '../../shared/alerts.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { hourMs, iso } from '../../shared/time.ts'
import type { Finding, Judgement } from '../detection/finding.ts'
import type { AlertChangeRow, AlertRow, Seen } from '../storage/alerts.ts'
import type { Occasion } from '../storage/deliveries.ts'
import { i18n, moneyInWords } from '../../shared/words.ts'

/** What one look at the findings changes: alerts to save, their history, and what is to be announced. */
export interface AlertStep {
  alert: AlertRow
  change: Omit<AlertChangeRow, 'alertId' | 'atMs'> | null
  announce: Occasion | null
}

export const guardActor = 'guard'

/** Who did something, and from where. */
export interface Actor {
  name: string
  via: Via
}

const byGuard = { actor: guardActor, via: 'guard' } as const

/** After a person resolved an alert whose cause goes on, how long before it may speak up again. */
const afterHandMs = hourMs

interface Look {
  judgement: Judgement
  open: readonly AlertRow[]
  /** The newest alert of an identity, also when it is resolved: what was told stays told. */
  latest(identity: string): AlertRow | null
  nowMs: number
  asOfMs: number | null
  newId(): string
}

/** Findings and open alerts in, next steps out. Pure but for `newId` and `latest`. */
export function stepAlerts(look: Look): AlertStep[] {
  const steps: AlertStep[] = []
  const open = new Map(look.open.map((alert) => [alert.identity, alert]))
  for (const finding of look.judgement.findings) {
    const alert = open.get(finding.identity)
    const step = alert ? stepOpen(alert, finding, look) : openNew(finding, look)
    if (step) steps.push(step)
  }
  for (const [identity, reason] of look.judgement.cleared) {
    const alert = open.get(identity)
    if (alert) steps.push(clear(alert, look, reason))
  }
  return steps
}

function openNew(finding: Finding, look: Look): AlertStep | null {
  const before = look.latest(finding.identity)
  const told = before ? stillTold(before, finding, look.nowMs) : []
  if (newSteps(finding, told).length === 0) return null
  const alert: AlertRow = {
    id: look.newId(),
    identity: finding.identity,
    state: finding.unsure ? 'pending' : 'firing',
    rule: finding.rule,
    ruleId: finding.ruleId,
    scope: finding.scope,
    openedAtMs: look.nowMs,
    firedAtMs: null,
    resolvedAtMs: null,
    resolvedBy: null,
    snoozedUntilMs: null,
    snoozedUntilNanos: null,
    toldNanos: null,
    ...evidence(finding, finding.severity, look),
    told,
  }
  const change = { state: alert.state, ...byGuard, note: finding.summary, saw: sawOf(alert, newSteps(finding, told)) }
  if (finding.unsure) return { alert, change, announce: null }
  return { alert: { ...announced(alert, finding), firedAtMs: look.nowMs }, change, announce: 'fired' }
}

/**
 * Which steps of a resolved alert count as told for a new one. All of them where the identity names one occasion. A rule
 * without one starts anew once it cleared by data; after a person's hand it keeps quiet for an
 * hour, unless the money doubles.
 */
function stillTold(before: AlertRow, finding: Finding, nowMs: number): string[] {
  if (finding.once) return before.told
  if (before.resolvedBy === guardActor || before.resolvedAtMs === null) return []
  const doubled = isDoubled(finding.amountNanos, before.toldNanos)
  return nowMs - before.resolvedAtMs < afterHandMs && !doubled ? before.told : []
}

function stepOpen(alert: AlertRow, finding: Finding, look: Look): AlertStep {
  const severity = higher(alert.severity, finding.severity)
  const next: AlertRow = { ...alert, ...evidence(finding, severity, look) }
  const isNews = newSteps(finding, alert.told).length > 0
  switch (alert.state) {
    case 'pending':
      if (finding.unsure && alert.updatedAtMs === look.nowMs) return { alert: next, change: null, announce: null }
      return fire(next, finding, finding.summary)
    case 'snoozed':
      if (!snoozeIsOver(alert, finding, look.nowMs)) return { alert: next, change: null, announce: null }
      return fire({ ...next, snoozedUntilMs: null, snoozedUntilNanos: null }, finding, i18n.t('The snooze is over.'))
    case 'acknowledged':
      return isNews ? fire(next, finding, finding.summary) : { alert: next, change: null, announce: null }
    case 'firing':
      if (isNews) return fire(next, finding, finding.summary)
      if (isDoubled(finding.amountNanos, alert.toldNanos)) {
        return {
          alert: announced(next, finding),
          change: { state: 'firing', ...byGuard, note: finding.summary, saw: sawOf(next, []) },
          announce: 'grew',
        }
      }
      return { alert: next, change: null, announce: null }
    case 'resolved':
      return { alert, change: null, announce: null }
    default:
      return alert.state satisfies never
  }
}

/** A step that nobody was told of yet is worth a message of its own; the rest edits the one that is there. */
function fire(alert: AlertRow, finding: Finding, note: string): AlertStep {
  return {
    alert: { ...announced({ ...alert, state: 'firing' }, finding), firedAtMs: alert.updatedAtMs },
    change: { state: 'firing', ...byGuard, note, saw: sawOf(alert, newSteps(finding, alert.told)) },
    announce: 'fired',
  }
}

function newSteps(finding: Finding, told: readonly string[]): string[] {
  return finding.steps.filter((step) => !told.includes(step))
}

function announced(alert: AlertRow, finding: Finding): AlertRow {
  const told = [...new Set([...alert.told, ...finding.steps])]
  return { ...alert, told, toldNanos: finding.amountNanos }
}

function evidence(finding: Finding, severity: Severity, look: Look) {
  return {
    severity,
    updatedAtMs: look.nowMs,
    amountNanos: finding.amountNanos,
    limitNanos: finding.limitNanos,
    currency: finding.currency,
    sinceMs: finding.sinceMs,
    summary: finding.summary,
    contributors: finding.contributors,
    pattern: finding.explanation?.pattern ?? null,
    causes: finding.explanation?.causes ?? [],
    asOfMs: look.asOfMs,
  }
}

/** What goes into the history beside a change: the evidence as it is now. */
function sawOf(alert: AlertRow, newSteps: string[]): Seen {
  const { severity, amountNanos, limitNanos, currency, sinceMs, asOfMs, contributors, pattern, causes } = alert
  return { severity, amountNanos, limitNanos, currency, sinceMs, asOfMs, contributors, pattern, causes, newSteps }
}

/** Over, by the data: what was seen last, and up to when the guard knows that it is over. */
function clear(alert: AlertRow, look: Look, reason: string): AlertStep {
  const step = resolve(alert, look.nowMs, { name: guardActor, via: 'guard' }, reason)
  return {
    ...step,
    change: step.change && { ...step.change, saw: { ...sawOf(alert, []), asOfMs: look.asOfMs } },
  }
}

function higher(a: Severity, b: Severity): Severity {
  return gravityOf(a) > gravityOf(b) ? a : b
}

function isDoubled(amount: bigint | null, told: bigint | null): boolean {
  return amount !== null && told !== null && told > 0n && amount >= told * 2n
}

function snoozeIsOver(alert: AlertRow, finding: Finding, nowMs: number): boolean {
  if (alert.snoozedUntilMs !== null && nowMs >= alert.snoozedUntilMs) return true
  return (
    alert.snoozedUntilNanos !== null && finding.amountNanos !== null && finding.amountNanos >= alert.snoozedUntilNanos
  )
}

export function acknowledge(alert: AlertRow, nowMs: number, by: Actor): AlertStep {
  const next: AlertRow = {
    ...alert,
    state: 'acknowledged',
    updatedAtMs: nowMs,
    snoozedUntilMs: null,
    snoozedUntilNanos: null,
  }
  return {
    alert: next,
    change: { state: 'acknowledged', ...done(by), note: i18n.t('Acknowledged.'), saw: null },
    announce: 'acknowledged',
  }
}

export function snooze(
  alert: AlertRow,
  nowMs: number,
  by: Actor,
  untilMs: number,
  untilNanos: bigint | null,
): AlertStep {
  const next: AlertRow = {
    ...alert,
    state: 'snoozed',
    updatedAtMs: nowMs,
    snoozedUntilMs: untilMs,
    snoozedUntilNanos: untilNanos,
  }
  return {
    alert: next,
    change: {
      state: 'snoozed',
      ...done(by),
      note: snoozedText(iso(untilMs), untilNanos, alert.currency),
      saw: null,
    },
    announce: 'acknowledged',
  }
}

function snoozedText(until: string, untilNanos: bigint | null, currency: string): string {
  if (untilNanos === null) return i18n.t('Snoozed until {until}.', { until })
  const amount = moneyInWords(nanosToDecimal(untilNanos), currency)
  return i18n.t('Snoozed until {until}, or until it reaches {amount}.', { until, amount })
}

export function resolve(alert: AlertRow, nowMs: number, by: Actor, reason: string): AlertStep {
  const next: AlertRow = { ...alert, state: 'resolved', updatedAtMs: nowMs, resolvedAtMs: nowMs, resolvedBy: by.name }
  return {
    alert: next,
    change: { state: 'resolved', ...done(by), note: reason, saw: null },
    // Nobody heard of an alert that was never sure.
    announce: alert.state === 'pending' ? null : 'resolved',
  }
}

function done({ name, via }: Actor) {
  return { actor: name, via }
}
