import { z } from 'zod'
import { parseDecimal } from '../../shared/decimal.ts'
import { parseNanos } from '../../shared/money.ts'

/** A decimal number, sent as a JSON number or as text; becomes decimal text. Fails loudly on anything else. */
export const decimalText = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => parseDecimal(text) !== null, { error: 'not a decimal number' })

/** An amount of money in whole units of its currency, in nanos. */
export const amountNanos = amountOf(1n)
/** An amount in hundredths. */
export const centsNanos = amountOf(100n)

/** An amount in parts of its currency, of which so many make a whole. */
export function amountOf(unitsPerWhole: bigint) {
  return z.union([z.string(), z.number()], { error: 'not an amount' }).transform((value, context) => {
    const nanos = parseNanos(String(value), unitsPerWhole)
    if (nanos === null) context.addIssue({ code: 'custom', message: 'not an amount' })
    return nanos ?? z.NEVER
  })
}

/** Three letters in either case, upper case afterwards. What is no currency can be neither shown nor budgeted. */
export const currencyCode = z
  .string()
  .regex(/^[a-z]{3}$/i, { error: 'not a currency' })
  .transform((code) => code.toUpperCase())

/** A count that may be missing or null, which both mean that the provider did not count it. */
export const count = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined) return null
    const number = parseDecimal(String(value)) === null ? Number.NaN : Number(value)
    if (!Number.isFinite(number) || number < 0) context.addIssue({ code: 'custom', message: 'not a count' })
    return number
  })

export const label = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
