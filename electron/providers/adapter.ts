import type { Result } from '../../shared/result.ts'
import type { ProviderId } from '../../shared/providers.ts'
import type { KeyCheck } from '../../shared/accounts.ts'
import type { TimeRange } from '../../shared/time.ts'
import type { ProviderHttp } from '../http/provider-http.ts'
import type { Pricing } from '../prices/usage.ts'
import type { PriceBook } from '../prices/price-book.ts'

/**
 * The two planes of money: what the provider billed, and usage x price table. They are never added together. `insight`
 * is a provider's own analysis of money that is already in the other planes: kept and shown, part of no sum.
 */
export type Plane = 'billed' | 'estimate' | 'insight'

export const widths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
export type Width = keyof typeof widths

/** What a line of spend belongs to; null where the provider does not say. */
export interface Dimensions {
  model: string | null
  /** Project, or whatever the provider calls its sub-division (workspace, sub-account). */
  project: string | null
  apiKey: string | null
  /** The billed line item, or the meter of an estimate. */
  lineItem: string | null
  tier: string | null
}

export interface CostLine extends Dimensions {
  /** ISO 4217, upper case. */
  currency: string
  costNanos: bigint
  /** Tokens, images, seconds, ...; for explanation only, never for money. */
  quantity: number | null
  pricing: Pricing | 'billed'
}

/** All spend of one feed in one span of time. It replaces what was known of that span whole; no lines means no spend. */
export interface CostBucket {
  startMs: number
  width: Width
  lines: CostLine[]
  /** The provider listed spend without naming its amount: the lines are a lower bound, never the final bill. */
  incomplete?: true
}

/** One endpoint of a provider, and how it wants to be read. The poller, the ledger and the UI all use this. */
export interface Feed {
  id: string
  plane: Plane
  /** Widths the endpoint offers, finest first. */
  widths: readonly [Width, ...Width[]]
  /** How late data normally is. */
  latencyMs: number
  /** For billed feeds: how long after its end a bucket counts as final enough to be the truth. */
  matureAfterMs?: number
  /** A refusal of this feed alone (missing scope, not offered to this organization) leaves the account healthy. */
  optional?: true
}

/** One read the poller asks for. `toMs` is exclusive; `open` means "until now", so the newest bucket is incomplete. */
export interface ReadWindow extends TimeRange {
  feed: string
  width: Width
  open: boolean
}

export interface ReadContext {
  http: ProviderHttp
  options: Readonly<Record<string, string>>
  prices: PriceBook
}

/** Names people gave to the ids in dimensions. */
export interface KnownName {
  kind: 'project' | 'key'
  id: string
  name: string
}

export interface ProviderAdapter {
  id: ProviderId
  /** The HTTP client refuses any other origin, redirects included, unless the person typed a base URL. */
  origins: readonly [string, ...string[]]
  /** How the key travels; the HTTP client adds it, an adapter never holds one. */
  auth(secret: string): { header: string; value: string }
  headers?: Readonly<Record<string, string>>
  feeds: readonly Feed[]
  /** Reads one window of one feed, all pages or a failure; oldest bucket first. Buckets the provider left out are absent. */
  read(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>>
  /** What kind of key this is, by its shape alone, before it is sent anywhere. */
  keyKind(secret: string): { kind: string; refused: string | null; warnings: string[] }
  /** Asks the provider whether the key works and what it may do. */
  checkKey(context: ReadContext): Promise<KeyCheck>
  /** Optional niceties; a failure here is no failure of the account. */
  names?(context: ReadContext): Promise<Result<KnownName[]>>
}
