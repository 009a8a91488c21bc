import { dayMs } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'

export type UsageDimension = 'key' | 'model' | 'meter' | 'project'

/** When an id was last seen to spend, before the day that is looked at. */
export interface UsageHistory {
  /** Start of the first day with any spend; null where there is no history. */
  knownFromMs: number | null
  /** End of the last day on which it spent; null where it never did, as far as is known. */
  lastSeenMs(dimension: UsageDimension, id: string): number | null
}

/** Spend of one id over the last hour, with the name people gave it. */
export interface NamedSpend {
  dimension: UsageDimension
  id: string
  name: string
  nanos: bigint
}

/** One that never spent before, or had fallen silent. */
export interface Newcomer extends NamedSpend {
  silentMs: number | null
}

/** "key ci", "model gpt-5"; a kind of tokens says by itself what it is. */
export function withKind(dimension: UsageDimension, name: string): string {
  switch (dimension) {
    case 'key':
      return i18n.t('key {name}', { name })
    case 'model':
      return i18n.t('model {name}', { name })
    case 'project':
      return i18n.t('project {name}', { name })
    case 'meter':
      return name
    default:
      return dimension satisfies never
  }
}

/** Before so many days are known everything is new. */
const leastKnownMs = 3 * dayMs
const dormantMs = 14 * dayMs

export function isNew(history: UsageHistory, lastSeenMs: number | null, nowMs: number): boolean {
  return lastSeenMs === null && history.knownFromMs !== null && nowMs - history.knownFromMs >= leastKnownMs
}

export function isStirring(lastSeenMs: number | null, nowMs: number): boolean {
  return lastSeenMs !== null && nowMs - lastSeenMs >= dormantMs
}

/** The dearest of those that are new or awake again; keys before models before the rest where they cost the same. */
export function newcomerAmong(spent: readonly NamedSpend[], history: UsageHistory, nowMs: number): Newcomer | null {
  let dearest: Newcomer | null = null
  for (const one of spent) {
    const seenMs = history.lastSeenMs(one.dimension, one.id)
    if (!isNew(history, seenMs, nowMs) && !isStirring(seenMs, nowMs)) continue
    if (!dearest || one.nanos > dearest.nanos) dearest = { ...one, silentMs: seenMs === null ? null : nowMs - seenMs }
  }
  return dearest
}
