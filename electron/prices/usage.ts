/** What one row of a usage report counted, as disjoint meters: the same token is never in two of them. */
export const meters = [
  'input',
  'cached-input',
  'cache-write',
  'cache-write-1h',
  'output',
  'audio-input',
  'cached-audio-input',
  'audio-output',
  'image-input',
  'cached-image-input',
  'image-output',
  'image',
  'character',
  'second',
  'web-search',
  'file-search',
  'code-session',
  'storage-byte',
  'moderation',
] as const
export type Meter = (typeof meters)[number]

/** What decides the price of a meter, besides the meter. */
export interface UsageContext {
  provider: string
  model: string | null
  /** `prepaid`: covered by a commitment, so that tokens cost nothing by themselves. */
  tier: 'standard' | 'batch' | 'flex' | 'priority' | 'prepaid' | 'unknown'
  /** The provider said that the requests were in its long-context price class. */
  longContext: boolean
  region: string | null
  speed: string | null
  atMs: number
  /** Width of the bucket: storage is priced by time. */
  durationMs: number
  /** Such as `1024x1024`, where the report says it: images are priced by size. */
  imageSize?: string | null
}

/** Regions that Anthropic reports for requests at the usual price. */
export const ordinaryRegions: ReadonlySet<string> = new Set(['global', 'not_available'])

export interface MeterReading {
  meter: Meter
  /** Decimal text, in the meter's unit. */
  quantity: string
}

/** `ceiling`: no price is known, so a conservative one stands in, and the model is named as unpriced. */
export type Pricing = 'listed' | 'ceiling' | 'prepaid'

export interface PricedMeter extends MeterReading {
  costNanos: bigint
  pricing: Pricing
}
