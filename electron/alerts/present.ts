import type { Alert, Seen as SeenText } from '../../shared/alerts.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { pageUrl, providerFacts, providers, type ProviderId } from '../../shared/providers.ts'
import { parseScope } from '../../shared/scope.ts'
import { iso } from '../../shared/time.ts'
import { i18n, inWords, sentences } from '../../shared/words.ts'
import { withKind } from '../detection/newcomers.ts'
import type { Owners } from '../ledger/owners.ts'
import type { AlertChangeRow, AlertRow, Seen } from '../storage/alerts.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { AttemptRow, DeliveryRow } from '../storage/deliveries.ts'
import type { VerdictRow } from '../storage/verdicts.ts'

/** A stored alert as user interfaces and channels see it: amounts as text, names instead of ids, and what to do. */
export function presentAlert(
  alert: AlertRow,
  parts: {
    changes: readonly AlertChangeRow[]
    deliveries: readonly DeliveryRow[]
    attempts: ReadonlyMap<number, readonly AttemptRow[]>
    verdicts: readonly VerdictRow[]
    channels: readonly ChannelRow[]
    owners: Owners
    /** Id of the alert that speaks for this one. */
    mutedBy: string | null
  },
): Alert {
  const labels = new Map(parts.channels.map((channel) => [channel.id, channel.label]))
  return {
    id: alert.id,
    state: alert.state,
    severity: alert.severity,
    rule: alert.rule,
    ruleId: alert.ruleId,
    scope: alert.scope,
    scopeLabel: scopeLabel(alert.scope, parts.owners),
    openedAt: iso(alert.openedAtMs),
    updatedAt: iso(alert.updatedAtMs),
    resolvedAt: time(alert.resolvedAtMs),
    since: iso(alert.sinceMs),
    amount: text(alert.amountNanos),
    limit: text(alert.limitNanos),
    currency: alert.currency,
    summary: alert.summary,
    ...whatToDo(alert, parts.owners),
    contributors: presentContributors(alert.contributors),
    pattern: alert.pattern,
    causes: alert.causes,
    snoozedUntil: time(alert.snoozedUntilMs),
    snoozedUntilAmount: text(alert.snoozedUntilNanos),
    asOf: time(alert.asOfMs),
    mutedBy: parts.mutedBy,
    deliveries: parts.deliveries.map((delivery) => ({
      channel: labels.get(delivery.channelId) ?? i18n.t('removed channel'),
      channelId: delivery.channelId,
      occasion: delivery.occasion,
      state: delivery.state,
      because: delivery.because,
      held: delivery.state === 'pending' ? delivery.held : null,
      nextAttemptAt: delivery.state === 'pending' ? iso(delivery.nextAttemptAtMs) : null,
      attempts: delivery.attempts,
      failure: delivery.failure,
      sentAt: time(delivery.sentAtMs),
      deliveredAt: time(delivery.deliveredAtMs),
      cost:
        delivery.costNanos === null || delivery.costCurrency === null
          ? null
          : { amount: nanosToDecimal(delivery.costNanos), currency: delivery.costCurrency },
      tries: (parts.attempts.get(delivery.id) ?? []).map(({ atMs, outcome, failure }) => ({
        at: iso(atMs),
        outcome,
        failure,
      })),
    })),
    history: parts.changes.map((change) => ({
      at: iso(change.atMs),
      state: change.state,
      by: change.actor,
      via: change.via,
      note: change.note,
      saw: change.saw && presentSeen(change.saw),
    })),
    verdicts: parts.verdicts.map((one) => ({
      at: iso(one.atMs),
      verdict: one.verdict,
      prevented: text(one.preventedNanos),
      by: one.actor,
      via: one.via,
      note: one.note,
    })),
  }
}

function presentSeen({ amountNanos, limitNanos, sinceMs, asOfMs, contributors, ...rest }: Seen): SeenText {
  return {
    ...rest,
    amount: text(amountNanos),
    limit: text(limitNanos),
    since: iso(sinceMs),
    asOf: time(asOfMs),
    contributors: presentContributors(contributors),
  }
}

function presentContributors(contributors: AlertRow['contributors']): Alert['contributors'] {
  return contributors.map(({ dimension, name, nanos }) => ({ dimension, name, amount: nanosToDecimal(nanos) }))
}

function text(nanos: bigint | null): string | null {
  return nanos === null ? null : nanosToDecimal(nanos)
}

function time(ms: number | null): string | null {
  return ms === null ? null : iso(ms)
}

export function scopeLabel(text: string, owners: Owners): string {
  const scope = parseScope(text)
  if (!scope || scope.kind === 'all') return i18n.t('everything')
  if (scope.kind === 'account') return owners.account(scope.name)?.label ?? scope.name
  if (scope.kind === 'provider' && isProvider(scope.name)) return providerFacts(scope.name).label
  if (scope.kind === 'provider') return scope.name
  return scope.kind === 'workspace'
    ? i18n.t('workspace {name}', { name: scope.name })
    : withKind(scope.kind, scope.name)
}

function isProvider(name: string): name is ProviderId {
  return Object.hasOwn(providers, name)
}

/** The account with most of the money is where to act first. */
function whatToDo(alert: AlertRow, owners: Owners): { advice: string; link: string | null } {
  if (alert.identity === 'paused')
    return { advice: i18n.t('Resume the guard: in its tray, in the app, or with "spend-guard resume".'), link: null }
  const scope = parseScope(alert.scope)
  const largest = alert.contributors.find((one) => one.dimension === 'account')
  const account =
    scope?.kind === 'account'
      ? owners.account(scope.name)
      : largest && owners.all().find((row) => row.label === largest.name)
  if (!account) return { advice: i18n.t('Open the dashboard and look at what grew.'), link: null }
  const facts = providerFacts(account.provider)
  if (alert.rule === 'credential')
    return {
      advice: sentences(
        i18n.t('Make a new key and replace the old one in settings.'),
        inWords(facts.key?.help ?? null),
      ),
      link: pageUrl(account.provider, 'key'),
    }
  if (alert.rule === 'balance')
    return {
      advice: i18n.t('See what the money went to, and top it up by hand if it is yours.'),
      link: facts.billingUrl,
    }
  if (alert.rule === 'calibration')
    return {
      advice: i18n.t('Compare the bill with the models in use; a price may be new or a discount may have ended.'),
      link: facts.billingUrl,
    }
  if (alert.rule === 'blind')
    return {
      advice: i18n.t('Look at what you spend there yourself until the guard sees it again.'),
      link: facts.billingUrl,
    }
  return { advice: inWords(facts.stopHelp), link: facts.stopUrl }
}
