import type { Meter, UsageContext } from './usage.ts'

/**
 * What the price data set does not hold, in USD per unit of the meter.
 * Sources: developers.openai.com/api/docs/pricing and platform.claude.com/docs/en/about-claude/pricing, read 2026-11.
 */
export const extraRates: Record<string, Partial<Record<Meter, string>>> = {
  'openai/tts-1': { character: '0.000015' },
  'openai/tts-1-hd': { character: '0.00003' },
  'openai/dall-e-2': { image: '0.02' },
  'openai/dall-e-3': { image: '0.12' }, // HD, large: the report does not say which
  'openai/whisper-1': { second: '0.0001' },
  'openai/gpt-4o-transcribe': { second: '0.0001' },
  'openai/gpt-4o-mini-transcribe': { second: '0.00005' },
}

/** Prices per call and per stored byte-day that hold for a provider's models alike. */
export const callRates: Record<string, Partial<Record<Meter, string>>> = {
  openai: {
    'web-search': '0.01',
    'file-search': '0.0025',
    'code-session': '0.03',
    // $0.10 per GiB and day. The first GiB is free for an organization; a report by project cannot show that.
    'storage-byte': '0.000000000093132257',
    moderation: '0',
  },
  anthropic: { 'web-search': '0.01' },
}

/** When not even the data set has a rate for a meter: above what any current model costs. */
export const lastResort: Record<Meter, string> = {
  input: '0.000015',
  'cached-input': '0.0000075',
  'cache-write': '0.00001875',
  'cache-write-1h': '0.00003',
  output: '0.000075',
  'audio-input': '0.0001',
  'cached-audio-input': '0.00002',
  'audio-output': '0.0002',
  'image-input': '0.00001',
  'cached-image-input': '0.0000025',
  'image-output': '0.00004',
  image: '0.25',
  character: '0.00003',
  second: '0.0001',
  'web-search': '0.025',
  'file-search': '0.0025',
  'code-session': '0.03',
  'storage-byte': '0.000000000093132257',
  moderation: '0',
}

/** Factor on a list price, as decimal text, and whether it is known or a cautious guess. */
export function factorOf(context: UsageContext): { factor: string; known: boolean } {
  const factors: { factor: string; known: boolean }[] = []
  // Batch and flex are half price at both providers.
  if (context.tier === 'batch' || context.tier === 'flex') factors.push({ factor: '0.5', known: true })
  // Priority is 2 to 2.5 times the list price, by model; the data set does not say which.
  if (context.tier === 'priority') factors.push({ factor: '2.5', known: false })
  if (context.tier === 'unknown') factors.push({ factor: '2.5', known: false })
  // Anthropic: inference kept in the US costs a tenth more.
  if (context.provider === 'anthropic' && context.region === 'us') factors.push({ factor: '1.1', known: true })
  // Anthropic fast mode: six times the list price where it is offered.
  if (context.speed === 'fast') factors.push({ factor: '6', known: false })
  return {
    factor: factors.reduce(
      (product, { factor }) => String(Number((Number(product) * Number(factor)).toPrecision(6))),
      '1',
    ),
    known: factors.every((one) => one.known),
  }
}
