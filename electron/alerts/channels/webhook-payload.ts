import type { Alert } from '../../../shared/alerts.ts'
import type { Message, MessageAction } from './channel.ts'
import { cut, factText, noteOf } from './note.ts'

/** Names and sentences of others may be endless; a receiver is not to be flooded. */
const longest = { name: 500, sentence: 1_000 } as const

/** What each field means: docs/channels/webhook.md. Fields are added; none changes its meaning within a version. */
export interface WebhookPayload {
  version: 1
  type: `alert.${Message['occasion']}`
  timestamp: string
  data: {
    title: string
    text: string
    isDigest: boolean
    alerts: WebhookAlert[]
    more: number
    actions: readonly MessageAction[]
  }
}

export type WebhookAlert = Pick<
  Alert,
  | 'id'
  | 'state'
  | 'severity'
  | 'rule'
  | 'scope'
  | 'scopeLabel'
  | 'openedAt'
  | 'updatedAt'
  | 'resolvedAt'
  | 'since'
  | 'asOf'
  | 'amount'
  | 'limit'
  | 'currency'
  | 'summary'
  | 'advice'
  | 'pattern'
  | 'causes'
  | 'contributors'
  | 'link'
>

export function renderPayload(message: Message): WebhookPayload {
  const note = noteOf(message)
  const facts = note.facts.map((fact) => `${fact.name}: ${cut(factText(fact), longest.sentence)}`)
  return {
    version: 1,
    type: `alert.${message.occasion}`,
    timestamp: note.updatedAt,
    data: {
      title: note.title,
      text: [...note.summary.map((line) => cut(line, longest.sentence)), ...facts].join('\n'),
      isDigest: message.isDigest,
      alerts: message.alerts.map(alertOf),
      more: message.more,
      actions: message.actions.map(({ label, url }) => ({ label, url })),
    },
  }
}

function alertOf(alert: Alert): WebhookAlert {
  return {
    id: alert.id,
    state: alert.state,
    severity: alert.severity,
    rule: alert.rule,
    scope: cut(alert.scope, longest.name),
    scopeLabel: cut(alert.scopeLabel, longest.name),
    openedAt: alert.openedAt,
    updatedAt: alert.updatedAt,
    resolvedAt: alert.resolvedAt,
    since: alert.since,
    asOf: alert.asOf,
    amount: alert.amount,
    limit: alert.limit,
    currency: alert.currency,
    summary: cut(alert.summary, longest.sentence),
    advice: cut(alert.advice, longest.sentence),
    pattern: alert.pattern,
    causes: alert.causes.map((cause) => cut(cause, longest.sentence)),
    contributors: alert.contributors.map(({ dimension, name, amount }) => ({
      dimension,
      name: cut(name, longest.name),
      amount,
    })),
    link: alert.link,
  }
}
