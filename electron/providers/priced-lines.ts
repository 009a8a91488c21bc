import type { PriceBook } from '../prices/price-book.ts'
import type { Meter, UsageContext } from '../prices/usage.ts'
import type { CostLine, Dimensions } from './adapter.ts'

/** Counts by meter; what the provider did not count is null. Both bases, so that a caller can subtract. */
export type Counts = Partial<Record<Meter, number | string | null>>

/** One usage row as cost lines, one per meter that counted something. */
export function pricedLines(
  prices: PriceBook,
  context: UsageContext,
  dimensions: Omit<Dimensions, 'lineItem' | 'model'>,
  counts: Counts,
): CostLine[] {
  const readings = Object.entries(counts).flatMap(([meter, count]) =>
    count === null || Number(count) === 0 ? [] : [{ meter: meter as Meter, quantity: String(count) }],
  )
  return prices.price(context, readings).map(({ meter, quantity, costNanos, pricing }) => ({
    ...dimensions,
    model: context.model,
    lineItem: meter,
    // Both providers list their prices in US dollars.
    currency: 'USD',
    costNanos,
    quantity: Number(quantity),
    pricing,
  }))
}
