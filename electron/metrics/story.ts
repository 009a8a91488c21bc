import type { AlertState, RuleKind, Severity } from '../../shared/alerts.ts'
import type { Verdict } from '../../shared/verdicts.ts'
import type { DeliveryRow } from '../storage/deliveries.ts'

/** One alert from its beginning on: what is measured of the guard is measured of these. */
export interface AlertStory {
  id: string
  rule: RuleKind
  severity: Severity
  scope: string
  currency: string
  openedAtMs: number
  /** Start of the spend it is about, as it was known when it fired. */
  sinceMs: number
  changes: { atMs: number; state: AlertState; isByGuard: boolean }[]
  deliveries: StoryDelivery[]
  /** The newest, and when the first was given. */
  verdict: { verdict: Verdict; preventedNanos: bigint | null; firstAtMs: number } | null
}

export type StoryDelivery = Pick<
  DeliveryRow,
  'channelId' | 'occasion' | 'state' | 'held' | 'owedAtMs' | 'deliveredAtMs'
> & {
  /** Of all deliveries that went as one message. */
  messageId: number
}

/** When it first fired; null for one that was never sure. */
export function firedAtMs(story: AlertStory): number | null {
  return story.changes.find((change) => change.state === 'firing' && change.isByGuard)?.atMs ?? null
}

/** When a person first took it in hand: acknowledged, snoozed or resolved it. */
export function takenAtMs(story: AlertStory): number | null {
  return story.changes.find((change) => !change.isByGuard)?.atMs ?? null
}

/** What began with the spend itself, and not with the data that showed it. */
export function isOfSpend(rule: RuleKind): boolean {
  return rule === 'velocity' || rule === 'anomaly'
}
