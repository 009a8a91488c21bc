import { calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices'
import { parseDecimal, roundHalfEven } from '../../shared/decimal.ts'
import { undated } from '../../shared/scope.ts'
import { dayMs } from '../../shared/time.ts'
import { callRates, extraRates, factorOf, lastResort } from './supplement.ts'
import type { Meter, MeterReading, PricedMeter, Pricing, UsageContext } from './usage.ts'

export interface PriceBook {
  /** Prices each reading by itself, exactly, rounded half-even to a nano of USD. */
  price(context: UsageContext, readings: readonly MeterReading[]): PricedMeter[]
}

/** The data set's names for our meters, and the tokens or calls its rate is for. Earlier names win. */
const listNames: Partial<Record<Meter, readonly [name: string, per: bigint][]>> = {
  input: [['input_mtok', 1_000_000n]],
  'cached-input': [
    ['cache_read_mtok', 1_000_000n],
    ['input_mtok', 1_000_000n],
  ],
  'cache-write': [
    ['cache_write_mtok', 1_000_000n],
    ['input_mtok', 1_000_000n],
  ],
  'cache-write-1h': [['cache_write_1h_mtok', 1_000_000n]],
  output: [['output_mtok', 1_000_000n]],
  'audio-input': [['input_audio_mtok', 1_000_000n]],
  'cached-audio-input': [
    ['cache_audio_read_mtok', 1_000_000n],
    ['input_audio_mtok', 1_000_000n],
  ],
  'audio-output': [['output_audio_mtok', 1_000_000n]],
  'image-input': [
    ['input_image_mtok', 1_000_000n],
    ['input_mtok', 1_000_000n],
  ],
  'cached-image-input': [
    ['cache_image_read_mtok', 1_000_000n],
    ['cache_read_mtok', 1_000_000n],
    ['input_image_mtok', 1_000_000n],
    ['input_mtok', 1_000_000n],
  ],
  'image-output': [
    ['output_image_mtok', 1_000_000n],
    ['output_mtok', 1_000_000n],
  ],
  second: [
    ['input_audio_hours', 3_600n],
    ['audio_hours', 3_600n],
  ],
  'web-search': [['web_searches_kcount', 1_000n]],
  'file-search': [['storage_searches_kcount', 1_000n]],
}

/** USD per unit as a ratio of integers, and how sure we are of it. */
interface Rate {
  numerator: bigint
  denominator: bigint
  pricing: Pricing
}

const nanosPerUnit = 1_000_000_000n

export function createPriceBook(): PriceBook {
  const rates = new Map<string, Rate>()

  function rateOf(context: UsageContext, meter: Meter): Rate {
    // Prices change on dates, so a rate is remembered per UTC day.
    const day = Math.floor(context.atMs / dayMs)
    const key = `${context.provider}|${context.model}|${meter}|${context.tier}|${context.longContext}|${context.region}|${context.speed}|${day}`
    let rate = rates.get(key)
    if (!rate) rates.set(key, (rate = findRate(context, meter)))
    return rate
  }

  return {
    price: (context, readings) =>
      readings.map(({ meter, quantity }) => {
        if (context.tier === 'prepaid') return { meter, quantity, costNanos: 0n, pricing: 'prepaid' }
        const rate = rateOf(context, meter)
        const amount = parseDecimal(quantity)
        if (!amount) throw new RangeError('a quantity is decimal text; adapters parse it before')
        let numerator = amount.digits * rate.numerator * nanosPerUnit
        let denominator = 10n ** BigInt(amount.scale) * rate.denominator
        if (meter === 'storage-byte') {
          numerator *= BigInt(context.durationMs)
          denominator *= BigInt(dayMs)
        }
        return { meter, quantity, costNanos: roundHalfEven(numerator, denominator), pricing: rate.pricing }
      }),
  }
}

function findRate(context: UsageContext, meter: Meter): Rate {
  const { factor, known } = factorOf(context)
  const listed = listedRate(context, meter)
  const base = listed ?? ceilingRate(context.provider, meter)
  const multiplier = parseDecimal(factor) ?? { digits: 1n, scale: 0 }
  return {
    numerator: base.numerator * multiplier.digits,
    denominator: base.denominator * 10n ** BigInt(multiplier.scale),
    pricing: listed && known ? 'listed' : 'ceiling',
  }
}

function listedRate(context: UsageContext, meter: Meter): Rate | null {
  const { model } = context
  if (model !== null) {
    for (const name of candidates(model)) {
      const extra = extraRates[`${context.provider}/${name}`]?.[meter]
      if (extra) return fromDecimal(extra, 1n)
      const prices = modelPrice(context, name)
      const found = prices && fromModel(prices, meter, context.longContext)
      if (found) return found
    }
  }
  const perCall = callRates[context.provider]?.[meter]
  return perCall ? fromDecimal(perCall, 1n) : null
}

/** The id as it is, and without its date. A fine-tuned model costs more than its base, so it is not looked up there. */
function candidates(model: string): string[] {
  return model === undated(model) ? [model] : [model, undated(model)]
}

function modelPrice(context: UsageContext, model: string): ModelPrice | null {
  try {
    const found = calcPrice({ input_tokens: 1 }, model, {
      providerId: context.provider,
      timestamp: new Date(context.atMs),
    })
    return found?.model_price ?? null
  } catch {
    return null // the data set has a model but cannot price tokens of it: the same as no price
  }
}

function fromModel(prices: ModelPrice, meter: Meter, longContext: boolean): Rate | null {
  // The one-hour cache write is twice the input price where the data set has no rate of its own.
  if (meter === 'cache-write-1h' && prices['cache_write_1h_mtok'] === undefined) {
    const input = rateText(prices['input_mtok'], longContext)
    return input === null ? null : scale(fromDecimal(input, 1_000_000n), 2n)
  }
  for (const [name, per] of listNames[meter] ?? []) {
    const text = rateText(prices[name], longContext)
    if (text !== null) return fromDecimal(text, per)
  }
  return null
}

/**
 * A tiered price is for the size of one request, which a bucket of many does not show: the base price is used unless
 * the provider itself said that these were long ones.
 */
function rateText(price: ModelPrice[string], longContext: boolean): string | null {
  if (price === undefined) return null
  if (typeof price === 'number') return String(price)
  const tiers = price as { base: number; tiers: { price: number }[] }
  return String((longContext ? tiers.tiers.at(0)?.price : undefined) ?? tiers.base)
}

function fromDecimal(text: string, per: bigint): Rate {
  const decimal = parseDecimal(text)
  if (!decimal) throw new RangeError(`not a rate: ${text}`)
  return { numerator: decimal.digits, denominator: 10n ** BigInt(decimal.scale) * per, pricing: 'listed' }
}

function scale(rate: Rate, factor: bigint): Rate {
  return { ...rate, numerator: rate.numerator * factor }
}

/**
 * For a model without a price: what nine in ten of the provider's current models cost at most. The few most expensive
 * ones are old or exotic and would turn every new small model into a false alarm.
 */
function ceilingRate(provider: string, meter: Meter): Rate {
  const models = findProvider({ providerId: provider })?.models ?? []
  const found = models
    .filter((model) => !model.deprecated)
    .flatMap((model) => {
      const prices = Array.isArray(model.prices) ? model.prices.at(-1)?.prices : model.prices
      const rate = prices && fromModel(prices, meter, true)
      return rate && rate.numerator > 0n ? [rate] : []
    })
    .sort((a, b) => Number(a.numerator * b.denominator - b.numerator * a.denominator))
  const rate = found[Math.min(found.length - 1, Math.floor(found.length * 0.9))]
  return rate ?? fromDecimal(lastResort[meter], 1n)
}
