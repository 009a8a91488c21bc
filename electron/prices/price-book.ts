import { parseDecimal, roundHalfEven } from '../../shared/decimal.ts'
import { lookUp } from '../../shared/look-up.ts'
import { undated } from '../../shared/scope.ts'
import { dayMs } from '../../shared/time.ts'
import { ceilingRate } from './ceiling.ts'
import { findListed, listedRate, priceChanges, type ListedModel } from './data-set.ts'
import { factorOf, isTokens } from './factors.ts'
import { asCeiling, rateOf, reduced, times, type Rate, type Ratio } from './rate.ts'
import { imageRates, toolRates, unitRates, webSearch, type UnitRate } from './supplement.ts'
import type { Meter, MeterReading, PricedMeter, UsageContext } from './usage.ts'

export interface PriceBook {
  /** Prices each reading by itself, exactly, rounded half-even to a nano of USD. */
  price(context: UsageContext, readings: readonly MeterReading[]): PricedMeter[]
  /** Whether the model has prices of its own now; if not, its use is charged at the ceiling. */
  knows(provider: string, model: string): boolean
}

/** What fine-tuning has at most cost over its base model: o4-mini, 3.6 times. For one without a listed price. */
const dearestFineTune: Ratio = [4n, 1n]

const nanosPerUnit = 1_000_000_000n
const wholeNumber = /^\d{1,15}$/

export function createPriceBook(now: () => number = Date.now): PriceBook {
  const changes = new Map<string, number[]>()
  const priced = new Map<string, Map<Meter, Rate>>()

  /** Rates of one context, found once for all buckets between two changes of price. */
  function ratesFor(context: UsageContext): Map<Meter, Rate> {
    const { provider, model, tier, longContext, region, speed, imageSize } = context
    let days = changes.get(provider)
    if (!days) changes.set(provider, (days = priceChanges(provider)))
    let period = days.length
    while (period > 0 && context.atMs < (days[period - 1] ?? 0)) period--
    const key = `${provider}|${model}|${tier}|${longContext}|${region}|${speed}|${imageSize}|${period}`
    let rates = priced.get(key)
    if (!rates) priced.set(key, (rates = new Map()))
    return rates
  }

  return {
    price(context, readings) {
      const rates = ratesFor(context)
      return readings.map(({ meter, quantity }) => {
        // A commitment covers tokens; what a tool costs on top is billed as ever.
        if (context.tier === 'prepaid' && isTokens(meter)) return { meter, quantity, costNanos: 0n, pricing: 'prepaid' }
        let rate = rates.get(meter)
        if (!rate) rates.set(meter, (rate = inNanos(findRate(context, meter))))
        return { meter, quantity, costNanos: cost(quantity, rate, meter, context.durationMs), pricing: rate.pricing }
      })
    },
    knows: (provider, model) =>
      find(provider, model, now())?.pricing === 'listed' ||
      ownRates(unitRates, provider, model) !== undefined ||
      ownRates(imageRates, provider, model) !== undefined,
  }
}

function inNanos({ usd, pricing }: Rate): Rate {
  return { usd: reduced(usd[0] * nanosPerUnit, usd[1]), pricing }
}

function cost(quantity: string, { usd: [numerator, denominator] }: Rate, meter: Meter, durationMs: number): bigint {
  const amount = wholeNumber.test(quantity) ? { digits: BigInt(quantity), scale: 0 } : parseDecimal(quantity)
  if (!amount) throw new RangeError('a quantity is decimal text; adapters parse it before')
  const nanos = amount.digits * numerator
  if (meter === 'storage-byte') {
    // Bytes stand there for the width of the bucket, and the rate is for a day.
    const days = denominator * BigInt(dayMs) * 10n ** BigInt(amount.scale)
    return roundHalfEven(nanos * BigInt(durationMs), days)
  }
  if (amount.scale === 0 && denominator === 1n) return nanos
  return roundHalfEven(nanos, denominator * 10n ** BigInt(amount.scale))
}

interface Found extends ListedModel {
  pricing: Rate['pricing']
  factor: Ratio
}

function find(provider: string, model: string, atMs: number): Found | null {
  const base = /^ft:([^:]+)/.exec(model)?.[1]
  const listed = findListed(provider, base === undefined ? model : `ft:${base}`, atMs)
  if (listed) return { ...listed, pricing: 'listed', factor: [1n, 1n] }
  const tuned = base === undefined ? null : findListed(provider, base, atMs)
  return tuned && { ...tuned, pricing: 'ceiling', factor: dearestFineTune }
}

function findRate(context: UsageContext, meter: Meter): Rate {
  const found = context.model === null ? null : find(context.provider, context.model, context.atMs)
  const { ratio, known } = factorOf(context, found?.id ?? null, meter)
  const rate = times(baseRate(context, meter, found), ratio)
  return known ? rate : asCeiling(rate)
}

/** The rate before tier, region and speed. */
function baseRate(context: UsageContext, meter: Meter, found: Found | null): Rate {
  const { provider, model, longContext } = context
  const own = toolRate(context, meter, found) ?? (meter === 'image' ? imageRate(context) : unitRate(context, meter))
  if (own) return own
  const listed = found && listedRate(found.prices, meter, longContext)
  if (!listed) return ceilingRate(provider, model, meter, longContext)
  return found.pricing === 'listed' ? listed : asCeiling(times(listed, found.factor))
}

function toolRate({ provider, model }: UsageContext, meter: Meter, found: Found | null): Rate | null {
  if (meter === 'web-search' && provider === 'openai') {
    const { usual, dearest, dearestOnly, either } = webSearch
    if (model !== null && dearestOnly.test(model)) return unit(dearest)
    return found && !either.test(model ?? '') ? unit(usual) : asCeiling(unit(dearest))
  }
  const rate = toolRates[provider]?.[meter]
  return rate ? unit(rate) : null
}

function unitRate({ provider, model }: UsageContext, meter: Meter): Rate | null {
  const rate = ownRates(unitRates, provider, model)?.[meter]
  return rate ? unit(rate) : null
}

function imageRate({ provider, model, imageSize }: UsageContext): Rate | null {
  const rates = ownRates(imageRates, provider, model)
  if (!rates) return null
  const exact = lookUp(rates.sizes, imageSize ?? '')
  const rate = rateOf(exact ?? rates.other, 1)
  return rates.about || exact === undefined ? asCeiling(rate) : rate
}

function ownRates<T>(table: Record<string, Record<string, T>>, provider: string, model: string | null): T | undefined {
  return model === null ? undefined : (lookUp(table[provider], model) ?? lookUp(table[provider], undated(model)))
}

function unit({ usd, per, about }: UnitRate): Rate {
  const rate = rateOf(usd, per)
  return about ? asCeiling(rate) : rate
}
