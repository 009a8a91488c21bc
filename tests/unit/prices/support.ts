import { createPriceBook } from '../../../electron/prices/price-book.ts'
import type { Meter, PricedMeter, UsageContext } from '../../../electron/prices/usage.ts'

export const book = createPriceBook(() => Date.UTC(2026, 10, 23))

/** A row of November 2026 at list price, with what the test is about. */
export function row(over: Partial<UsageContext>): UsageContext {
  return {
    provider: 'openai',
    model: 'gpt-5-mini-2025-08-07',
    tier: 'standard',
    longContext: false,
    region: null,
    speed: null,
    atMs: Date.UTC(2026, 10, 23),
    durationMs: 3_600_000,
    ...over,
  }
}

export function priceRow(over: Partial<UsageContext>, counts: Partial<Record<Meter, string>>): PricedMeter[] {
  const readings = Object.entries(counts).map(([meter, quantity]) => ({ meter: meter as Meter, quantity }))
  return book.price(row(over), readings)
}

/** Cost by meter, in nanos. */
export function nanos(over: Partial<UsageContext>, counts: Partial<Record<Meter, string>>): Record<string, bigint> {
  return Object.fromEntries(priceRow(over, counts).map(({ meter, costNanos }) => [meter, costNanos]))
}

/** The price of a million of a meter in whole and decimal dollars, and how sure it is: "2.5 listed". */
export function perMillion(over: Partial<UsageContext>, meter: Meter): string {
  const [only] = priceRow(over, { [meter]: '1000000' })
  if (!only) throw new Error('one reading gives one price')
  return `${Number(only.costNanos) / 1e9} ${only.pricing}`
}
