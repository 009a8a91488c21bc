import type { ProviderId } from '../../shared/providers.ts'

/** One kind of traffic: who calls what, and how much it counts in a minute. Rates are pure functions of time. */
export interface Flow {
  provider: ProviderId
  model: string
  project: string
  apiKey: string
  /** Of several accounts at the provider; there is one unless said otherwise. */
  account?: string
  /** Tokens of one minute, by class; the classes are disjoint. */
  tokens: { input: number; cached: number; output: number }
  /** Dollars for a million tokens of each class. */
  prices: { input: number; cached: number; output: number }
  /** Factor on the tokens at a minute; 0 is silence. Must depend on nothing but the instant. */
  pace(minuteMs: number): number
}

export interface Counted {
  flow: Flow
  input: number
  cached: number
  output: number
  /** Billionths of a dollar, exactly. */
  nanos: bigint
  classes: { meter: 'input' | 'cached-input' | 'output'; quantity: number; nanos: bigint }[]
}

const minuteMs = 60_000

/** What the provider asks for what it counted. */
export function billedNanos(world: World, { nanos }: Counted, dayMs: number): bigint {
  const { billFactor = 1 } = world
  const factor = typeof billFactor === 'number' ? billFactor : billFactor(dayMs, world.now())
  return (nanos * BigInt(Math.round(factor * 1_000))) / 1_000n
}

export type BillFactor = number | ((dayMs: number, nowMs: number) => number)

/** What happened at the emulated providers. Everything is computed from the flows on request, so nothing can drift. */
export interface World {
  now(): number
  flows: Flow[]
  /** How long after it happened usage, or a bill, becomes visible. */
  usageDelayMs: number
  costDelayMs: number
  /** What the bill is in; dollars unless said otherwise. */
  billCurrency?: string
  /** What the bill asks for over the listed prices, by day and by when it is asked for; 1 unless said otherwise. */
  billFactor?: BillFactor
}

/** What a provider counts of its flows between two instants, as far as it is visible. */
export function countBetween(
  world: World,
  provider: Flow['provider'],
  fromMs: number,
  toMs: number,
  delayMs: number,
): Counted[] {
  const untilMs = Math.min(toMs, world.now() - delayMs)
  return world.flows
    .filter((flow) => flow.provider === provider)
    .map((flow) => countSpan(flow, fromMs, untilMs))
    .filter((counted) => counted.input + counted.cached + counted.output > 0)
}

/** What a flow did between two instants. */
export function countSpan(flow: Flow, fromMs: number, untilMs: number): Counted {
  let pace = 0
  const spanMs = untilMs - fromMs
  // A day is sampled by the quarter of an hour: emulated bills need not be exact to the minute, only to themselves.
  const stepMs = spanMs > 3 * 60 * minuteMs ? 15 * minuteMs : minuteMs
  for (let at = fromMs; at < untilMs; at += stepMs) {
    pace += flow.pace(at) * (Math.min(stepMs, untilMs - at) / minuteMs)
  }
  const tokens = (perMinute: number) => Math.round(perMinute * pace)
  const counted = {
    input: tokens(flow.tokens.input),
    cached: tokens(flow.tokens.cached),
    output: tokens(flow.tokens.output),
  }
  // Dollars for a million tokens are thousands of nanos for one; kept in millionths so that 0.025 stays exact.
  const cost = (count: number, price: number) => (BigInt(count) * BigInt(Math.round(price * 1e6)) * 1_000n) / 1_000_000n
  const classes: Counted['classes'] = [
    { meter: 'input', quantity: counted.input, nanos: cost(counted.input, flow.prices.input) },
    { meter: 'cached-input', quantity: counted.cached, nanos: cost(counted.cached, flow.prices.cached) },
    { meter: 'output', quantity: counted.output, nanos: cost(counted.output, flow.prices.output) },
  ]
  return { flow, ...counted, classes, nanos: classes.reduce((sum, one) => sum + one.nanos, 0n) }
}
