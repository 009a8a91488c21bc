import { exchangeNanos, type RateBook } from '../../shared/rates.ts'
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

type Standing = ReturnType<typeof effectivePlane>

/**
 * Which plane stands for each currency of one account's day. A bill in another currency than the estimate is still the
 * bill of that usage, so one plane stands for the whole day: the bill where it is mature, otherwise the larger, compared at
 * the day's rate. Without a rate nobody can tell, and each currency is settled by itself.
 */
export function standingPlanes(
  day: readonly (DayKnowledge & { currency: string })[],
  utcDay: string,
  rates: RateBook,
): ReadonlyMap<string, Standing> {
  const whole = planeOfMixedDay(day, utcDay, rates)
  return new Map(day.map((one) => [one.currency, whole ?? effectivePlane(one)]))
}

/** Null where no estimate is without a bill in its own currency: then each has its counterpart. */
function planeOfMixedDay(
  day: readonly (DayKnowledge & { currency: string })[],
  utcDay: string,
  rates: RateBook,
): Standing {
  const billed = day.filter(({ billedNanos }) => (billedNanos ?? 0n) !== 0n)
  const [into] = billed
  const isMixed = day.some(
    ({ currency, estimateNanos }) => (estimateNanos ?? 0n) !== 0n && billed.every((bill) => bill.currency !== currency),
  )
  if (!into || !isMixed) return null
  if (billed.some(({ billedMature }) => billedMature)) return 'billed'
  const sums = { billed: 0n, estimate: 0n }
  for (const { currency, billedNanos, estimateNanos } of day) {
    const rate = currency === into.currency ? one : rates.rateOn(currency, into.currency, utcDay)
    if (!rate) return null
    sums.billed += exchangeNanos(billedNanos ?? 0n, rate)
    sums.estimate += exchangeNanos(estimateNanos ?? 0n, rate)
  }
  return sums.estimate > sums.billed ? 'estimate' : 'billed'
}

const one = { numerator: 1n, denominator: 1n }
