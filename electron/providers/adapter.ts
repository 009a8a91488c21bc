import type { Result } from '../../shared/result.ts'
import type { ProviderId } from '../../shared/providers.ts'
import type { KeyCheck } from '../../shared/accounts.ts'
import type { Cap } from '../../shared/caps.ts'
import type { Failure } from '../../shared/failures.ts'
import type { TimeRange } from '../../shared/time.ts'
import type { ProviderHttp, ProviderRequest } from '../http/provider-http.ts'
import type { TokenMemory } from '../http/token-memory.ts'
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

/** What one read brought. */
export interface SpendReading {
  buckets: CostBucket[]
  /** Up to when the provider says that its data is complete, where it says so; up to now otherwise. */
  asOfMs?: number
  /** What somebody who tries it out should know, such as that rows were left out. */
  notes?: readonly string[]
  /** From when on there is anything to know, where that is later than what was asked for: before it spend is unknown. */
  sinceMs?: number
  /** Called once it is stored: what it says of the time before the window need not be said again. */
  stored?: () => void
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
  /**
   * Where its amounts come from. `counter`: running totals, which `readCounters` answers and counters.ts takes apart.
   * `import`: a person brings them; it is never read. Buckets that `read` answers otherwise.
   */
  source?: 'counter' | 'import'
  /** Not read more often than this, because a request costs money or a small quota. */
  everyMs?: number
  /** What one request costs, in USD as decimal text. */
  callCostUsd?: string
  /** How far back the provider keeps it, where that is less than a first read would ask for. */
  keepsMs?: number
  /** How far back a first read goes, by the day, beyond what it would ask for: where old days cost nothing to read. */
  historyMs?: number
  /** How far back it is restated, where that is further than the five weeks that are read again once a day. */
  restatesMs?: number
  /** Whether an account with these options has it; it has unless said otherwise. */
  when?(options: Options): boolean
}

/** One read the poller asks for. `toMs` is exclusive; `open` means "until now", so the newest bucket is incomplete. */
export interface ReadWindow extends TimeRange {
  feed: string
  width: Width
  open: boolean
}

/** What a running total shows just now: the spend of the month so far, or a balance, negated so that it grows too. */
export interface CounterReading extends Dimensions {
  /** ISO 4217, upper case. */
  currency: string
  totalNanos: bigint
  /** When it began at 0; null for a balance, which falls and is filled up again. */
  sinceMs: number | null
}

export interface Balance {
  /** ISO 4217, upper case. */
  currency: string
  leftNanos: bigint
}

export type Options = Readonly<Record<string, string>>

/** What most adapters declare once for all, and some only know from the options of an account. */
export type ByOptions<T extends object> = T | ((options: Options) => T)

export function declaredFor<T extends object>(declared: ByOptions<T>, options: Options): T {
  return typeof declared === 'function' ? declared(options) : declared
}

export interface ReadContext {
  http: ProviderHttp
  options: Options
  prices: PriceBook
  now(): number
  /** A folder of the account's own for what it must remember between reads; null before the account is stored. */
  dir: string | null
}

/** Names people gave to the ids in dimensions. */
export interface KnownName {
  kind: 'project' | 'key'
  id: string
  name: string
}

/** Headers that prove who asks: the same for every request, or made for each. */
export type Auth = Readonly<Record<string, string>> | ((request: OutgoingRequest) => Promise<Result<Headers>>)
type Headers = Readonly<Record<string, string>>

/** A request as it goes out, for signatures that cover it. */
export interface OutgoingRequest {
  method: string
  url: URL
  /** The path or address as the adapter gave it: before a typed base URL took the place of its origin. */
  asked: string
  headers: Headers
  body: string | null
}

export interface AuthContext {
  options: Options
  now(): number
  /** Keeps what a key was exchanged for while it lives. */
  tokens: TokenMemory
  /** Asks one of the adapter's origins without any key, for a token. */
  exchange(request: ProviderRequest): Promise<Result<unknown>>
}

/** What a refusal means, as far as the status alone does not tell. */
export interface Refusal {
  status: number
  /** Parsed where it is JSON; null otherwise. For codes only: words that may hold the key are in `said`, cleaned. */
  body: unknown
  said: string
  headers: globalThis.Headers
  nowMs: number
}

export interface ProviderAdapter {
  id: ProviderId
  /** The HTTP client refuses any other origin, redirects included, unless the person typed a base URL. None: no network. */
  origins: ByOptions<readonly string[]>
  /** How the key travels; the HTTP client adds it, an adapter never holds one. The key is '' where there is none. */
  auth(secret: string, context: AuthContext): Auth
  headers?: Headers
  /** What the provider means by a refusal, where it says more than its status; null leaves it to the status. */
  refusal?(refusal: Refusal): Failure | null
  feeds: ByOptions<readonly Feed[]>
  /** Reads one window of one feed, all pages or a failure; oldest bucket first. Buckets the provider left out are absent. */
  read?(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>>
  /** Reads the running totals of a `counter` feed. */
  readCounters?(context: ReadContext, feed: string): Promise<Result<CounterReading[]>>
  /** What is wrong with the options, in a sentence, before anything is sent or stored; null when nothing is. */
  refuseOptions?(options: Options): Promise<string | null>
  /** What kind of key this is, by its shape alone, before it is sent anywhere. */
  keyKind(secret: string, options: Options): KeyKind
  /** Asks the provider whether the key works and what it may do. */
  checkKey(context: ReadContext): Promise<KeyCheck>
  /** Optional niceties; a failure here is no failure of the account. */
  names?(context: ReadContext): Promise<Result<KnownName[]>>
  /** Prepaid money that is left, in each currency. */
  balances?(context: ReadContext): Promise<Result<Balance[]>>
  /** Balances are not asked for more often than this, where the usual few minutes are too often for an account. */
  balancesEveryMs?(options: Options): number
  /** Limits that stand at the provider itself, none where none is set. Without it nobody can tell. */
  caps?(context: ReadContext): Promise<Result<Cap[]>>
  /** Tells when there may be something new, where that can be noticed without asking; answers how to stop. */
  watch?(context: Pick<ReadContext, 'options' | 'dir'>, changed: () => void): () => void | Promise<void>
}

export interface KeyKind {
  kind: string
  /** Why it cannot do, in a sentence that says which one to create. */
  refused: string | null
  warnings: string[]
}
