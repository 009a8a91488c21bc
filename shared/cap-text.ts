import type { Cap } from './caps.ts'
import { formatMoney } from './money.ts'

/** `organization: stops at $500.00 a month`. */
export function capText({ scope, effect, limit, currency, period }: Cap): string {
  const amount = limit === null ? 'an amount it does not tell' : formatMoney(limit, currency)
  return `${scope}: ${effect === 'stop' ? 'stops' : 'warns'} at ${amount} ${period === 'total' ? 'in all' : `a ${period}`}`
}
