import { z } from 'zod'
import { amount, currency, instant } from './amounts.ts'
import { failure } from './failures.ts'
import { verdicts } from './verdicts.ts'

export const severities = ['info', 'warning', 'critical'] as const
export const severity = z.enum(severities)
export type Severity = z.infer<typeof severity>

/** Graver is more. */
export function gravityOf(one: Severity): number {
  return severities.indexOf(one)
}

export const alertStates = ['pending', 'firing', 'acknowledged', 'snoozed', 'resolved'] as const
export type AlertState = (typeof alertStates)[number]

export const ruleKinds = [
  'budget',
  'velocity',
  'anomaly',
  'forecast',
  'calibration',
  'credential',
  'balance',
  'blind',
] as const
export type RuleKind = (typeof ruleKinds)[number]

/** What a rise looks like, or where it comes from: a guess, for people. */
export const patterns = [
  'cliff',
  'ramp',
  'creep',
  'burst',
  'plateau',
  'rate-limit',
  'cache-miss',
  'retry-storm',
  'new-model',
  'new-line-item',
  'new-key',
  'new-project',
  'dormant-key',
  'recharge',
  'price-mismatch',
] as const
export type Pattern = (typeof patterns)[number]

/** Where a change of an alert came from. */
export const vias = ['guard', 'app', 'dashboard', 'popover', 'tray', 'notification', 'cli', 'link'] as const
export const via = z.enum(vias)
export type Via = z.infer<typeof via>

/** accepted: on its way, and whether it arrives is not known yet. dropped: it was no longer worth telling. */
export const deliveryStates = ['pending', 'accepted', 'delivered', 'failed', 'dropped'] as const

export const delivery = z.object({
  /** Label of the channel. */
  channel: z.string(),
  channelId: z.string(),
  occasion: z.enum(['fired', 'grew', 'acknowledged', 'resolved', 'test']),
  state: z.enum(deliveryStates),
  /** Why this channel was told. */
  because: z.enum(['route', 'escalation', 'fallback', 'news']),
  /** Why it waits on purpose, and until when. */
  held: z.enum(['group', 'quiet']).nullable(),
  nextAttemptAt: instant.nullable(),
  attempts: z.number().int(),
  failure: failure.nullable(),
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  /** What the message cost, where that is known. */
  cost: z.object({ amount, currency }).nullable(),
  /** Every attempt, oldest first. `pending`: it is tried again. */
  tries: z.array(z.object({ at: instant, outcome: z.enum(deliveryStates), failure: failure.nullable() })),
})
export type Delivery = z.infer<typeof delivery>

/** Who or what the money of an alert went to, largest first. */
export const contributor = z.object({
  dimension: z.enum(['provider', 'account', 'model', 'project', 'key']),
  name: z.string(),
  amount,
})
export type Contributor = z.infer<typeof contributor>

/** The data a rule went by when it changed an alert. */
export const seen = z.object({
  severity,
  amount: amount.nullable(),
  limit: amount.nullable(),
  currency,
  since: instant,
  asOf: instant.nullable(),
  contributors: z.array(contributor),
  pattern: z.enum(patterns).nullable(),
  causes: z.array(z.string()),
  /** What was crossed that had not been told before, such as `80%`. */
  newSteps: z.array(z.string()),
})
export type Seen = z.infer<typeof seen>

export const alertChange = z.object({
  at: instant,
  state: z.enum(alertStates),
  by: z.string(),
  via,
  note: z.string(),
  /** Null where a person did it. */
  saw: seen.nullable(),
})
export type AlertChange = z.infer<typeof alertChange>

/** What a person made of an alert; `prevented` by their own estimate, in the currency of the alert. */
export const judgedAlert = z.object({
  at: instant,
  verdict: z.enum(verdicts),
  prevented: amount.nullable(),
  by: z.string(),
  via,
  note: z.string(),
})
export type JudgedAlert = z.infer<typeof judgedAlert>

export const alert = z.object({
  id: z.string(),
  state: z.enum(alertStates),
  severity,
  rule: z.enum(ruleKinds),
  /** Id of the budget, or null for a built-in rule. */
  ruleId: z.string().nullable(),
  scope: z.string(),
  /** The name people gave the scope, such as the account's label. */
  scopeLabel: z.string(),
  openedAt: instant,
  updatedAt: instant,
  resolvedAt: instant.nullable(),
  /** Start of the spend this is about. */
  since: instant,
  amount: amount.nullable(),
  limit: amount.nullable(),
  currency,
  /** One sentence: what, how much, of how much. */
  summary: z.string(),
  /** One sentence: what to do now. */
  advice: z.string(),
  link: z.url().nullable(),
  contributors: z.array(contributor),
  pattern: z.enum(patterns).nullable(),
  /** Sentences that say why, as far as the numbers tell; most telling first. */
  causes: z.array(z.string()),
  snoozedUntil: instant.nullable(),
  snoozedUntilAmount: amount.nullable(),
  asOf: instant.nullable(),
  /** The alert that speaks for this one just now, so that it is not told by itself. */
  mutedBy: z.string().nullable(),
  deliveries: z.array(delivery),
  history: z.array(alertChange),
  /** Oldest first: the last one counts. */
  verdicts: z.array(judgedAlert),
})
export type Alert = z.infer<typeof alert>
