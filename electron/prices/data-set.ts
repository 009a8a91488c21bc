import { calcPrice, findProvider, type MatchLogic, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices'
import { lookUp } from '../../shared/look-up.ts'
import { undated } from '../../shared/scope.ts'
import { rateOf, type Rate } from './rate.ts'
import { models, type DatedPrices } from './supplement.ts'
import type { Meter } from './usage.ts'

/** A model and what it costs at some time, in the data set's names. */
export interface ListedModel {
  id: string
  prices: ModelPrice
}

const million = 1_000_000

/** The data set's names for our meters, and the units its rate is for. Where the first has no rate the next one holds. */
const namesOf: Partial<Record<Meter, readonly (readonly [name: string, per: number])[]>> = {
  input: [['input_mtok', million]],
  // A model without a discount for the cache bills such tokens as plain input.
  'cached-input': [
    ['cache_read_mtok', million],
    ['input_mtok', million],
  ],
  'cache-write': [
    ['cache_write_mtok', million],
    ['input_mtok', million],
  ],
  'cache-write-1h': [['cache_write_1h_mtok', million]],
  output: [['output_mtok', million]],
  'audio-input': [['input_audio_mtok', million]],
  'cached-audio-input': [
    ['cache_audio_read_mtok', million],
    ['input_audio_mtok', million],
  ],
  'audio-output': [['output_audio_mtok', million]],
  // A chat model sees an image as so many tokens of text.
  'image-input': [
    ['input_image_mtok', million],
    ['input_mtok', million],
  ],
  'cached-image-input': [
    ['cache_image_read_mtok', million],
    ['cache_read_mtok', million],
    ['input_image_mtok', million],
    ['input_mtok', million],
  ],
  'image-output': [
    ['output_image_mtok', million],
    ['output_mtok', million],
  ],
  second: [
    ['input_audio_hours', 3_600],
    ['audio_hours', 3_600],
  ],
  'web-search': [['web_searches_kcount', 1_000]],
  'file-search': [['storage_searches_kcount', 1_000]],
}

/** The model under exactly this id, or without its date. Our own layer comes first. */
export function findListed(provider: string, model: string, atMs: number): ListedModel | null {
  const names = model === undated(model) ? [model] : [model, undated(model)]
  for (const id of names) {
    const own = lookUp(models[provider], id)
    if (own) return { id, prices: pricesAt(own, atMs) }
  }
  for (const id of names) {
    const found = calcPrice({}, id, { providerId: provider, timestamp: new Date(atMs) })
    if (found && !isOtherRelease(found.model.match, id)) return { id: found.model.id, prices: found.model_price }
  }
  return null
}

/**
 * The data set matches some models by a part of their id, mostly its start, which would give "claude-sonnet-5-6" the
 * prices of Sonnet 5 on the day it appears. A point release has prices of its own, so until they are known it is unknown.
 */
function isOtherRelease(match: MatchLogic, id: string): boolean {
  const [rest] = restsOf(match, id).sort((a, b) => a.length - b.length)
  return rest !== undefined && !isNamed(match, id) && /^[-.]\d{1,2}(?!\d)/.test(rest)
}

function isNamed(match: MatchLogic, id: string): boolean {
  return 'or' in match ? match.or.some((part) => isNamed(part, id)) : 'equals' in match && match.equals === id
}

/** What follows in the id after each part that matches. */
function restsOf(match: MatchLogic, id: string): string[] {
  if ('or' in match) return match.or.flatMap((part) => restsOf(part, id))
  const part = 'contains' in match ? match.contains : 'starts_with' in match ? match.starts_with : null
  if (part === null) return []
  const at = 'contains' in match ? id.indexOf(part) : id.startsWith(part) ? 0 : -1
  return at < 0 ? [] : [id.slice(at + part.length)]
}

function pricesAt(dated: readonly DatedPrices[], atMs: number): ModelPrice {
  const inForce = dated.findLast(({ from }) => from === undefined || atMs >= Date.parse(from)) ?? dated[0]
  return inForce?.prices ?? {}
}

/** All models with the prices they have now, the ones of our own layer among them. */
export function listedModels(provider: string): ListedModel[] {
  const own = Object.entries(models[provider] ?? {}).map(([id, dated]) => ({ id, prices: pricesAt(dated, Infinity) }))
  const known = new Set(own.map(({ id }) => id))
  const rest = (findProvider({ providerId: provider })?.models ?? [])
    .filter(({ id }) => !known.has(id))
    .map((model) => ({ id: model.id, prices: newestPrices(model) }))
  return [...own, ...rest]
}

function newestPrices({ prices }: ModelInfo): ModelPrice {
  return Array.isArray(prices) ? (prices.at(-1)?.prices ?? {}) : prices
}

/** The instants at which any price of a provider changes, ascending: between two of them rates can be remembered. */
export function priceChanges(provider: string): number[] {
  const listed = (findProvider({ providerId: provider })?.models ?? []).flatMap(({ prices }) =>
    Array.isArray(prices)
      ? prices.flatMap(({ constraint }) => (constraint?.type === 'start_date' ? [constraint.start_date] : []))
      : [],
  )
  const own = Object.values(models[provider] ?? {}).flatMap((dated) =>
    dated.flatMap(({ from }) => (from ? [from] : [])),
  )
  return [...new Set([...listed, ...own].map((day) => Date.parse(day)))].sort((a, b) => a - b)
}

/** What the list says of a meter; null where it says nothing. */
export function listedRate(prices: ModelPrice, meter: Meter, longContext: boolean): Rate | null {
  for (const [name, per] of namesOf[meter] ?? []) {
    const usd = usdOf(prices[name], longContext)
    if (usd !== null) return rateOf(usd, per)
  }
  // Kept for an hour, a cache write costs twice the input at Anthropic, whatever the model.
  const input = meter === 'cache-write-1h' ? usdOf(prices['input_mtok'], longContext) : null
  return input === null ? null : rateOf(input, million / 2)
}

/**
 * A tiered price is for the size of one request, which a bucket of many does not show: the base price holds unless the
 * provider itself said that these were long ones.
 */
function usdOf(price: ModelPrice[string], longContext: boolean): number | null {
  if (price === undefined || typeof price === 'number') return price ?? null
  return (longContext ? price.tiers.at(-1)?.price : undefined) ?? price.base
}
