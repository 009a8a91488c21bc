import { z } from 'zod'
import { parseNanos, parseSum } from './money.ts'

const notDecimal = { error: 'An amount is a decimal number, such as 49.50.' }

/** Decimal text such as `12.5`, of any size; a missing amount is null, never "0". */
export const amount = z.string().refine((text) => parseSum(text) !== null, notDecimal)

/** One that is kept. */
export const storedAmount = z.string().refine((text) => parseNanos(text) !== null, notDecimal)

export const positiveAmount = amount.refine((text) => (parseNanos(text) ?? 0n) > 0n, {
  error: 'The amount must be greater than zero, such as 100 or 49.50.',
})

export const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'A currency is three letters, such as USD.' })

export const instant = z.iso.datetime()

/**
 * Money of one currency over one period. `billed` is what the provider's cost report says, `estimate` is usage x price
 * table; `effective` is what we show: billed where mature, else the larger. Null where nothing is known.
 */
export const spend = z.object({
  currency,
  effective: amount.nullable(),
  billed: amount.nullable(),
  estimate: amount.nullable(),
})
export type Spend = z.infer<typeof spend>
