import type { Plane } from '../providers/adapter.ts'

/** What the ledger knows of one account's UTC day in one currency. Null: that plane was never read for the day. */
export interface DayKnowledge {
  billedNanos: bigint | null
  /** Read after the provider's own delay had passed, so that the bill of the day is final enough to be the truth. */
  billedMature: boolean
  estimateNanos: bigint | null
}

/**
 * Which plane stands for a day: billed where it is mature, otherwise the larger of the two. The choice is made once per
 * account, day and currency, and all groupings follow it, so every breakdown adds up to the same total.
 * Null where neither is known, which is not the same as no spend.
 */
export function effectivePlane(day: DayKnowledge): Exclude<Plane, 'insight'> | null {
  if (day.billedNanos === null) return day.estimateNanos === null ? null : 'estimate'
  if (day.billedMature || day.estimateNanos === null) return 'billed'
  return day.estimateNanos > day.billedNanos ? 'estimate' : 'billed'
}
