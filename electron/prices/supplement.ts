import type { ModelPrice } from '@pydantic/genai-prices'
import type { Meter } from './usage.ts'

/**
 * What the price data set (0.1.8) does not hold or gets wrong. Every block names its source and the day it was read.
 * Rates of tokens are USD per million, under the data set's own names, so that one reader serves both.
 */
export interface DatedPrices {
  /** The first UTC day of these prices; absent for "always". */
  from?: string
  prices: ModelPrice
}

type Tokens = readonly [input: number, cachedInput: number, output: number, write: number, write1h?: number]

function tokens([input, cachedInput, output, write, write1h]: Tokens): ModelPrice {
  return {
    input_mtok: input,
    cache_read_mtok: cachedInput,
    output_mtok: output,
    cache_write_mtok: write,
    ...(write1h === undefined ? {} : { cache_write_1h_mtok: write1h }),
  }
}

/** Above `start` input tokens a request costs the second list, for all of its tokens. */
function tiered(start: number, short: Tokens, long: Tokens): ModelPrice {
  const above = tokens(long)
  return Object.fromEntries(
    Object.entries(tokens(short)).map(([name, base]) => [name, { base, tiers: [{ start, price: above[name] }] }]),
  ) as ModelPrice
}

const fable5 = tokens([10, 1, 50, 12.5, 20])
const fable51 = tokens([10, 0.25, 50, 12.5, 20])
const fable52 = tokens([8, 0.2, 40, 10, 16])
const sonnet4 = tiered(200_000, [3, 0.3, 15, 3.75, 6], [6, 0.6, 22.5, 7.5, 12])

/** By provider and undated id. Looked up before the data set. */
export const models: Record<string, Record<string, readonly DatedPrices[]>> = {
  openai: {
    // developers.openai.com/api/docs/models/gpt-6.1-sol and /gpt-6.1-terra, 2026-11-23. A cache write that is kept for
    // twelve hours costs 2.5 times the input; the report does not tell it from the usual one.
    'gpt-6.1-sol': [{ prices: tiered(272_000, [2, 0.1, 10, 2.5], [4, 0.2, 15, 5]) }],
    'gpt-6.1-terra': [{ prices: tiered(272_000, [1, 0.05, 5, 1.25], [2, 0.1, 7.5, 2.5]) }],
    // platform.openai.com/docs/pricing, 2025: the data set has these without their audio.
    'gpt-4o-audio-preview': [
      { prices: { input_mtok: 2.5, output_mtok: 10, input_audio_mtok: 40, output_audio_mtok: 80 } },
    ],
    'gpt-4o-mini-audio-preview': [
      { prices: { input_mtok: 0.15, output_mtok: 0.6, input_audio_mtok: 10, output_audio_mtok: 20 } },
    ],
    'gpt-5-search-api': [{ prices: { input_mtok: 1.25, cache_read_mtok: 0.125, output_mtok: 10 } }],
    'davinci-002': [{ prices: { input_mtok: 2, output_mtok: 2 } }],
    'babbage-002': [{ prices: { input_mtok: 0.4, output_mtok: 0.4 } }],
    // Fine-tuned models, same page: `ft:` and the base without its date.
    'ft:gpt-4.1': [{ prices: { input_mtok: 3, cache_read_mtok: 0.75, output_mtok: 12 } }],
    'ft:gpt-4.1-mini': [{ prices: { input_mtok: 0.8, cache_read_mtok: 0.2, output_mtok: 3.2 } }],
    'ft:gpt-4.1-nano': [{ prices: { input_mtok: 0.2, cache_read_mtok: 0.05, output_mtok: 0.8 } }],
    'ft:gpt-4o': [{ prices: { input_mtok: 3.75, cache_read_mtok: 1.875, output_mtok: 15 } }],
    'ft:gpt-4o-mini': [{ prices: { input_mtok: 0.3, cache_read_mtok: 0.15, output_mtok: 1.2 } }],
    'ft:o4-mini': [{ prices: { input_mtok: 4, cache_read_mtok: 1, output_mtok: 16 } }],
    'ft:davinci-002': [{ prices: { input_mtok: 12, output_mtok: 12 } }],
    'ft:babbage-002': [{ prices: { input_mtok: 1.6, output_mtok: 1.6 } }],
  },
  anthropic: {
    // platform.claude.com/docs/en/about-claude/pricing and the overview page of each model, 2026-11-23. The data set
    // takes Sonnet 5.5 for Sonnet 5, whose cache reads cost twice as much since 7 October.
    'claude-sonnet-5-5': [
      { prices: tokens([2, 0.2, 10, 2.5, 4]) },
      { from: '2026-10-07', prices: tokens([2, 0.1, 10, 2.5, 4]) },
    ],
    // The threshold is 100,000 tokens, but the report's classes divide at 200,000: between the two it is a lower bound.
    'claude-haiku-5-5': [{ prices: tiered(100_000, [0.1, 0.01, 0.5, 0.125, 0.2], [0.5, 0.05, 2.5, 0.625, 1]) }],
    'claude-fable-5-2': [{ prices: fable52 }],
    'claude-mythos-5-2': [{ prices: fable52 }],
    'claude-mythos-5-1': [{ prices: fable51 }],
    'claude-mythos-5': [{ prices: fable5 }],
    // The million-token window of Sonnet 4 was a beta with a premium; the data set has the short prices only.
    'claude-sonnet-4': [{ prices: sonnet4 }],
    'claude-sonnet-4-0': [{ prices: sonnet4 }],
  },
}

/** USD for so many units. `about` marks a rate that depends on something the report does not say: the dearest case. */
export interface UnitRate {
  usd: string
  per: number
  about?: true
}

/** Per model, for what is not counted in tokens. platform.openai.com/docs/pricing and developers.openai.com, 2026-11-23. */
export const unitRates: Record<string, Record<string, Partial<Record<Meter, UnitRate>>>> = {
  openai: {
    'tts-1': { character: { usd: '15', per: 1_000_000 } },
    'tts-1-hd': { character: { usd: '30', per: 1_000_000 } },
    // Billed by tokens of speech, which OpenAI puts at $0.015 a minute; slow speech has 750 characters in one.
    'gpt-4o-mini-tts': { character: { usd: '0.015', per: 750, about: true } },
    'whisper-1': { second: { usd: '0.006', per: 60 } },
    'gpt-4o-transcribe': { second: { usd: '0.006', per: 60 } },
    'gpt-4o-transcribe-diarize': { second: { usd: '0.006', per: 60 } },
    'gpt-4o-mini-transcribe': { second: { usd: '0.003', per: 60 } },
    'gpt-realtime-whisper': { second: { usd: '0.017', per: 60 } },
    'gpt-realtime-translate': { second: { usd: '0.034', per: 60 } },
  },
}

/**
 * USD per image by size. The report has the size but not the quality, so where there is a choice of quality it is the
 * dearest one (`about`). `other` stands for the sizes not named, and for none.
 */
export const imageRates: Record<
  string,
  Record<string, { sizes: Record<string, string>; other: string; about?: true }>
> = {
  openai: {
    'dall-e-2': { sizes: { '256x256': '0.016', '512x512': '0.018', '1024x1024': '0.02' }, other: '0.02' },
    'dall-e-3': { sizes: { '1024x1024': '0.08' }, other: '0.12', about: true },
    'gpt-image-1': { sizes: { '1024x1024': '0.167' }, other: '0.25', about: true },
    'gpt-image-1-mini': { sizes: { '1024x1024': '0.036' }, other: '0.052', about: true },
    'gpt-image-1.5': { sizes: { '1024x1024': '0.133' }, other: '0.2', about: true },
  },
}

/** Prices of tools and storage that are the same for all models of a provider, and without one. Same pages. */
export const toolRates: Record<string, Partial<Record<Meter, UnitRate>>> = {
  openai: {
    'file-search': { usd: '2.5', per: 1_000 },
    // For the usual container of 1 GB; larger ones cost up to $1.92, which the report does not show.
    'code-session': { usd: '0.03', per: 1 },
    // Per GiB and day. The first GiB of an organization is free; a report by project cannot show whose that is.
    'storage-byte': { usd: '0.1', per: 2 ** 30 },
    moderation: { usd: '0', per: 1 },
  },
  anthropic: { 'web-search': { usd: '10', per: 1_000 } },
}

/**
 * OpenAI's search costs $10 a thousand, but the preview tool with a model that does not reason $25. The report does not
 * say which tool it was.
 */
export const webSearch = {
  usual: { usd: '10', per: 1_000 },
  dearest: { usd: '25', per: 1_000 },
  dearestOnly: /-search-preview/,
  either: /^(ft:)?gpt-4(o|\.1)/,
} as const

/** When neither source has a rate for a meter: above what anything current costs. */
export const lastResort: Record<Meter, UnitRate> = {
  input: { usd: '10', per: 1_000_000 },
  'cached-input': { usd: '10', per: 1_000_000 },
  'cache-write': { usd: '12.5', per: 1_000_000 },
  'cache-write-1h': { usd: '20', per: 1_000_000 },
  output: { usd: '50', per: 1_000_000 },
  'audio-input': { usd: '40', per: 1_000_000 },
  'cached-audio-input': { usd: '40', per: 1_000_000 },
  'audio-output': { usd: '80', per: 1_000_000 },
  'image-input': { usd: '10', per: 1_000_000 },
  'cached-image-input': { usd: '10', per: 1_000_000 },
  'image-output': { usd: '50', per: 1_000_000 },
  image: { usd: '0.4', per: 1 },
  character: { usd: '30', per: 1_000_000 },
  second: { usd: '0.034', per: 60 },
  'web-search': { usd: '25', per: 1_000 },
  'file-search': { usd: '2.5', per: 1_000 },
  'code-session': { usd: '1.92', per: 1 },
  'storage-byte': { usd: '0.1', per: 2 ** 30 },
  moderation: { usd: '0.1', per: 1_000_000 },
}
