import type { Source } from './sources.ts'
import { formatMoney, nanosToDecimal, parseNanos } from './money.ts'

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
  return nanos === 0n ? null : `Reading it costs about ${formatMoney(nanosToDecimal(nanos), 'USD')} a month.`
}
