import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../electron/http/create-provider-http.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import type { CostBucket, ReadContext, ReadWindow } from '../../electron/providers/adapter.ts'
import { adapters } from '../../electron/providers/registry.ts'
import type { ProviderId } from '../../shared/providers.ts'
import { dayMs, hourMs, minuteMs } from '../../shared/time.ts'
import { anthropicKey, startAnthropic } from '../emulators/anthropic.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import { createTestSystem } from '../fakes/system.ts'

const today = Date.UTC(2026, 10, 23)
const tokenProviders = ['openai', 'anthropic'] as const satisfies readonly ProviderId[]
const stages: Record<
  (typeof tokenProviders)[number],
  { start(world: World): Promise<Emulator>; key: string; usage: string; model: string; prices: Flow['prices'] }
> = {
  openai: {
    start: startOpenai,
    key: openaiKey,
    usage: 'completions',
    model: 'gpt-5-mini-2025-08-07',
    prices: { input: 0.25, cached: 0.025, output: 2 },
  },
  anthropic: {
    start: startAnthropic,
    key: anthropicKey,
    usage: 'messages',
    model: 'claude-sonnet-5',
    prices: { input: 2, cached: 0.2, output: 10 },
  },
}

const system = { ...createTestSystem(), random: () => 0 }

describe.each(tokenProviders)('the %s adapter, that counts tokens', (id) => {
  const stage = stages[id]
  const adapter = adapters[id]
  let world: World
  let emulator: Emulator

  beforeEach(async () => {
    const flow: Flow = {
      provider: id,
      model: stage.model,
      project: 'p1',
      apiKey: 'k1',
      tokens: { input: 1_000, cached: 4_000, output: 500 },
      prices: stage.prices,
      pace: () => 1,
    }
    world = { now: () => today + 10 * hourMs, flows: [flow], usageDelayMs: 0, costDelayMs: 0 }
    emulator = await stage.start(world)
  })
  afterEach(() => emulator.stop())

  const context = (secret = stage.key): ReadContext => ({
    http: createProviderHttp({
      system,
      adapter,
      baseUrl: emulator.url,
      secret,
    }),
    options: {},
    prices: createPriceBook(),
    now: system.clock.now,
    dir: null,
  })
  const costs: ReadWindow = { feed: 'costs', width: 'day', fromMs: today - 89 * dayMs, toMs: today + dayMs, open: true }
  const minutes: ReadWindow = {
    feed: stage.usage,
    width: 'minute',
    fromMs: today + 8 * hourMs,
    toMs: today + 10 * hourMs,
    open: true,
  }
  const hours: ReadWindow = { feed: stage.usage, width: 'hour', fromMs: today - 20 * dayMs, toMs: today, open: false }
  const read = async (window: ReadWindow): Promise<CostBucket[]> => {
    const answer = await adapter.read?.(context(), window)
    if (!answer?.ok) throw new Error(answer?.failure.message)
    return answer.value.buckets
  }
  const sum = (buckets: CostBucket[]) =>
    buckets.flatMap((bucket) => bucket.lines).reduce((total, line) => total + line.costNanos, 0n)
  const minuteNanos = BigInt(
    Math.round(
      1_000 * stage.prices.input * 1_000 + 4_000 * stage.prices.cached * 1_000 + 500 * stage.prices.output * 1_000,
    ),
  )
  it('reads bills to the nano, over all pages, today included', async () => {
    const buckets = await read(costs)
    expect(buckets).toHaveLength(90)
    expect(sum(buckets.slice(0, 89))).toBe(minuteNanos * 1_440n * 89n)
    expect(buckets.at(-1)).toMatchObject({ startMs: today, width: 'day' })
    expect(buckets[0]?.lines[0]).toMatchObject({ currency: 'USD', pricing: 'billed', model: stage.model })
  })
  it('prices usage by the minute as the provider bills it', async () => {
    const buckets = await read(minutes)
    expect(buckets).toHaveLength(120)
    expect(sum(buckets)).toBe(minuteNanos * 120n)
    expect(
      buckets[0]?.lines.every((line) => line.pricing === 'listed' && line.apiKey !== null && line.project !== null),
    ).toBe(true)
  })
  it('reads a closed window up to its end and not beyond', async () => {
    const buckets = await read(hours)
    expect(buckets).toHaveLength(20 * 24)
    expect(buckets.at(-1)?.startMs).toBe(today - hourMs)
    expect(sum(buckets)).toBe(minuteNanos * 60n * 24n * 20n)
  })
  it('answers a bucket without lines where nothing was spent', async () => {
    world.flows = []
    const buckets = await read(minutes)
    expect(buckets).toHaveLength(120)
    expect(sum(buckets)).toBe(0n)
  })
  it('counts an unknown model by a ceiling price, never as nothing', async () => {
    world.flows = world.flows.map((flow) => ({ ...flow, model: 'a-model-of-tomorrow' }))
    const lines = (await read({ ...minutes, fromMs: minutes.toMs - 5 * minuteMs })).flatMap((bucket) => bucket.lines)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every((line) => line.pricing === 'ceiling' && line.costNanos > 0n)).toBe(true)
  })
  it('checks a key with the provider', async () => {
    expect((await adapter.checkKey(context())).ok).toBe(true)
    expect((await adapter.checkKey(context(`${stage.key}-wrong`))).failure?.kind).toBe('credential-rejected')
  })
})
