import { parseRate } from '../../shared/rates.ts'
import type { PublishedRate } from '../storage/rates.ts'

/**
 * Parts what is published into what is believed and what is held back, because it is more than a quarter above or below
 * the last good rate: a slip of the decimal point must not double what a budget counts. Each day is held against the last
 * good one before it, whether that came in the same answer or was known.
 */
export function sift(
  published: readonly PublishedRate[],
  lastGood: readonly PublishedRate[],
): { good: PublishedRate[]; held: PublishedRate[] } {
  const known = new Map(lastGood.map((rate) => [rate.currency, rate]))
  const last = new Map<string, PublishedRate>()
  const good: PublishedRate[] = []
  const held: PublishedRate[] = []
  for (const rate of [...published].sort((a, b) => a.day.localeCompare(b.day))) {
    const before = newestBefore(rate.day, last.get(rate.currency), known.get(rate.currency))
    if (before && leaps(before.perEuro, rate.perEuro)) held.push(rate)
    else {
      good.push(rate)
      last.set(rate.currency, rate)
    }
  }
  return { good, held }
}

function newestBefore(day: string, ...rates: (PublishedRate | undefined)[]): PublishedRate | null {
  return rates.reduce<PublishedRate | null>(
    (newest, rate) => (rate && rate.day < day && (!newest || rate.day > newest.day) ? rate : newest),
    null,
  )
}

function leaps(before: string, after: string): boolean {
  const a = parseRate(before)
  const b = parseRate(after)
  if (!a || !b) return true
  const from = a.numerator * b.denominator
  const to = b.numerator * a.denominator
  return to * 4n > from * 5n || from * 4n > to * 5n
}
