import { parseDecimal } from '../../shared/decimal.ts'
import type { Pricing } from './usage.ts'

/** A ratio of integers, so that 5/3 and 1/60 stay exact. */
export type Ratio = readonly [numerator: bigint, denominator: bigint]

/** USD per unit of a meter, exactly, and how sure we are of it. */
export interface Rate {
  usd: Ratio
  pricing: Exclude<Pricing, 'prepaid'>
}

/** An amount of USD for so many units. Numbers come from the data set and are taken by their shortest decimal text. */
export function rateOf(usd: string | number, per: number, pricing: Rate['pricing'] = 'listed'): Rate {
  const decimal = parseDecimal(String(usd))
  if (!decimal) throw new RangeError(`not a rate: ${usd}`)
  return { usd: reduced(decimal.digits, 10n ** BigInt(decimal.scale) * BigInt(per)), pricing }
}

export function times(rate: Rate, [numerator, denominator]: Ratio): Rate {
  return { ...rate, usd: reduced(rate.usd[0] * numerator, rate.usd[1] * denominator) }
}

export function asCeiling(rate: Rate): Rate {
  return { ...rate, pricing: 'ceiling' }
}

/** The highest of some rates, as a ceiling; null without any that costs something. */
export function highest(rates: readonly Rate[]): Rate | null {
  let top: Rate | null = null
  for (const rate of rates)
    if (rate.usd[0] > 0n && (!top || rate.usd[0] * top.usd[1] > top.usd[0] * rate.usd[1])) top = asCeiling(rate)
  return top
}

export function reduced(numerator: bigint, denominator: bigint): Ratio {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? [0n, 1n] : [numerator / a, denominator / a]
}
