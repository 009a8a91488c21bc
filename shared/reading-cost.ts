import type { Source } from './sources.ts'
import { nanosToDecimal, parseNanos } from './money.ts'
import { i18n, moneyInWords } from './words.ts'

const monthSeconds = 30n * 86_400n

/**
 * What it costs in a month to read an account at its pace, one request a read; null where looking is free. Longer
 * answers come in more requests, so it is about so much.
 */
export function monthlyReadingCost(sources: readonly Pick<Source, 'callCost' | 'everySeconds'>[]): string | null {
  let nanos = 0n
  for (const { callCost, everySeconds } of sources) {
    const each = callCost === null ? null : parseNanos(callCost)
    if (each !== null && everySeconds !== null) nanos += (each * monthSeconds) / BigInt(Math.ceil(everySeconds))
  }
  return nanos === 0n
    ? null
    : i18n.t('Reading it costs about {amount} a month.', { amount: moneyInWords(nanosToDecimal(nanos), 'USD') })
}
