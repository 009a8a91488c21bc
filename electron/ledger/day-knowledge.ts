import type { SpendQueries } from '../storage/spend-queries.ts'
import type { DayKnowledge } from './effective.ts'

export interface KnownDay extends DayKnowledge {
  dayS: number
  currency: string
}

/** What is known of an account's UTC days, one entry a day and currency that has ever had an amount. */
export function readDays(queries: SpendQueries, accountId: string, fromS: number, toS: number): KnownDay[] {
  /** Whether the day's bill was read after the provider's own delay. */
  const billed = new Map<number, boolean>()
  const estimated = new Set<number>()
  for (const { dayS, plane, mature } of queries.readings(accountId, fromS, toS)) {
    if (plane === 'billed') billed.set(dayS, mature)
    else estimated.add(dayS)
  }
  const days = new Map<string, KnownDay>()
  for (const { dayS, currency, plane, costNanos } of queries.planeDays(accountId, fromS, toS)) {
    if (plane === 'insight') continue
    const key = `${dayS} ${currency}`
    const day = days.get(key) ?? {
      dayS,
      currency,
      billedNanos: billed.has(dayS) ? 0n : null,
      // A bill without a single line is not mature, however old: an empty answer must not wipe out counted usage.
      billedMature: false,
      estimateNanos: estimated.has(dayS) ? 0n : null,
    }
    days.set(key, day)
    if (plane === 'estimate') day.estimateNanos = costNanos
    else {
      day.billedNanos = costNanos
      day.billedMature = billed.get(dayS) ?? false
    }
  }
  return [...days.values()]
}
