import { i18n } from '@lingui/core'
import { parseDecimal, roundHalfEven } from './decimal.ts'

/** Integer billionths of the currency's unit, so that sums are exact. */
export type Nanos = bigint

export const nanosPerUnit = 1_000_000_000n

/** SQLite keeps 64-bit integers; an amount beyond that is a malformed answer, not money. */
export const largestNanos = 9_223_372_036_854_775_807n

export function isStorable(nanos: Nanos): boolean {
  return nanos <= largestNanos && nanos >= -largestNanos
}

/**
 * Reads a decimal amount exactly and rounds it half-even to a nano. `unitsPerWhole` is 100 for an amount in cents.
 * Answers null for what is not a finite decimal number or does not fit a 64-bit integer; never 0 for the unreadable.
 */
export function parseNanos(text: string, unitsPerWhole = 1n): Nanos | null {
  const nanos = parseSum(text, unitsPerWhole)
  return nanos === null || !isStorable(nanos) ? null : nanos
}

/** The same of a sum, which is not stored and may be of any size: nine thousand million dong are a month of a company. */
export function parseSum(text: string, unitsPerWhole = 1n): Nanos | null {
  const decimal = parseDecimal(text)
  if (!decimal) return null
  const scaled = decimal.digits * nanosPerUnit
  return roundHalfEven(scaled, 10n ** BigInt(decimal.scale) * unitsPerWhole)
}

/** Decimal text without needless zeros: 1500000000n -> "1.5". The wire format of every amount. */
export function nanosToDecimal(nanos: Nanos): string {
  const negative = nanos < 0n
  const digits = (negative ? -nanos : nanos).toString().padStart(10, '0')
  const fraction = digits.slice(-9).replace(/0+$/, '')
  return `${negative ? '-' : ''}${digits.slice(0, -9)}${fraction ? `.${fraction}` : ''}`
}

/** A part of an amount by a ratio of integers, half-even. */
export function shareOf(nanos: Nanos, numerator: bigint, denominator: bigint): Nanos {
  return denominator === 0n ? 0n : roundHalfEven(nanos * numerator, denominator)
}

/** For people: two decimals, more for amounts below a cent, and never 0 for what is more than nothing. `amount` is decimal text or null for unknown. */
export function formatMoney(amount: string | null, currency: string, locale: Locales = i18n.locales): string {
  if (amount === null) return i18n.t('unknown')
  const value = Number(amount)
  const size = Math.abs(value)
  const digits = size >= 0.01 || size === 0 ? 2 : size >= 0.000_001 ? 6 : 9
  return formatOf(currency, locale, digits).format(value)
}

/** Best first; undefined is the machine's own. */
export type Locales = string | string[] | undefined

/** Making one takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string, locale: Locales, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${String(locale)} ${currency} ${maximumFractionDigits}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits })
  formats.set(key, format)
  return format
}
