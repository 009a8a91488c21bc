import { multiplyToNanos } from '../../../shared/decimal.ts'
import { nanosToDecimal, parseNanos } from '../../../shared/money.ts'

/** What a thousand credits cost, in nanos; null for what is no price. */
export function priceNanos(text: string): bigint | null {
  const nanos = parseNanos(text)
  return nanos !== null && nanos > 0n ? nanos : null
}

/** Rounded once, so that a total never moves but by credits. */
export function creditsNanos(credits: number, pricePerThousand: bigint): bigint {
  return multiplyToNanos(`${credits}e-3`, nanosToDecimal(pricePerThousand))
}

const months: Record<string, number> = {
  monthly_period: 1,
  '3_month_period': 3,
  '6_month_period': 6,
  annual_period: 12,
}

/**
 * When the count began, from when it begins anew; null where that does not follow. It also tells one period from the
 * next, so it depends on nothing but those two.
 */
export function periodStartMs(resetSeconds: number | null, period: string | null): number | null {
  const length = Object.hasOwn(months, period ?? '') ? months[period ?? ''] : undefined
  if (!resetSeconds || length === undefined) return null
  const reset = new Date(resetSeconds * 1_000)
  const start = new Date(reset)
  start.setUTCMonth(start.getUTCMonth() - length)
  // The 31st has no like in a shorter month: its last day then.
  if (start.getUTCDate() !== reset.getUTCDate()) start.setUTCDate(0)
  return start.getTime()
}
