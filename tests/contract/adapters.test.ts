import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../electron/http/create-provider-http.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import type { CostBucket, ReadContext, ReadWindow } from '../../electron/providers/adapter.ts'
import { adapters } from '../../electron/providers/registry.ts'
import { providerIds, type ProviderId } from '../../shared/providers.ts'
import { dayMs, hourMs, minuteMs } from '../../shared/time.ts'
import { anthropicKey, startAnthropic } from '../emulators/anthropic.ts'
import type { Emulator, EmulatedAnswer } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import { createTestSystem } from '../fakes/system.ts'

const today = Date.UTC(2026, 10, 23)
const stages: Record<
  ProviderId,
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

describe.each(providerIds)('the %s adapter', (id) => {
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
    const answer = await adapter.read(context(), window)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  const sum = (buckets: CostBucket[]) =>
    buckets.flatMap((bucket) => bucket.lines).reduce((total, line) => total + line.costNanos, 0n)
  const minuteNanos = BigInt(
    Math.round(
      1_000 * stage.prices.input * 1_000 + 4_000 * stage.prices.cached * 1_000 + 500 * stage.prices.output * 1_000,
    ),
  )
  const failing = async (answer: EmulatedAnswer | 'reset', times = 9) => {
    emulator.fail({ times, answer })
    const result = await adapter.read(context(), costs)
    return result.ok ? null : result.failure
  }

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
  it.each([
    ['a refused key', { status: 401, json: { error: { message: 'no' } } }, 'credential-rejected'],
    [
      'a missing permission',
      { status: 403, json: { error: { message: 'Missing scopes: api.usage.read' } } },
      'permission-missing',
    ],
    ['too many requests', { status: 429, json: {} }, 'rate-limited'],
    ['a fault', { status: 500, json: {} }, 'provider-down'],
    ['an overload', { status: 529, json: {} }, 'provider-down'],
    ['a web page', { status: 200, text: '<html>hello</html>' }, 'unexpected-response'],
    ['half an answer', { status: 200, text: '{"data":[{"start_time"' }, 'truncated'],
    ['something else', { status: 200, json: { data: 'none' } }, 'unexpected-response'],
    ['more without saying where', { status: 200, json: { data: [], has_more: true, next_page: null } }, 'truncated'],
    ['a page that repeats', { status: 200, json: { data: [], has_more: true, next_page: 'again' } }, 'truncated'],
    [
      'a redirect to another host',
      { status: 302, headers: { location: 'https://elsewhere.example/v1' } },
      'refused-host',
    ],
    ['a broken connection', 'reset', 'truncated'],
  ] as [string, EmulatedAnswer | 'reset', string][])(
    'takes %s for what it is',
    async (_what, answer, kind) => {
      const failure = await failing(answer)
      expect(failure?.kind).toBe(kind)
      expect(JSON.stringify(failure)).not.toContain(stage.key)
    },
    20_000,
  )
  it('fails loudly on an amount it cannot read', async () => {
    const row = { amount: { value: 'a lot', currency: 'usd' } }
    const data =
      id === 'openai'
        ? [{ start_time: today / 1_000, end_time: null, results: [row] }]
        : [{ starting_at: '2026-11-23T00:00:00Z', results: [{ ...row, amount: 'a lot' }] }]
    expect((await failing({ status: 200, json: { data, has_more: false, next_page: null } }))?.kind).toBe(
      'unexpected-response',
    )
  })
  it('keeps to the wait the provider names', async () => {
    const failure = await failing({ status: 429, json: {}, headers: { 'retry-after': '120' } })
    expect(failure?.retryAtMs).toBeGreaterThan(system.clock.now() + 110_000)
    expect(emulator.asked).toHaveLength(1)
  })
  it('gets over a short fault by itself', async () => {
    emulator.fail({ times: 2, answer: { status: 503, json: {} } })
    expect(await read(costs)).toHaveLength(90)
  })
  it('knows its key by its shape, and refuses an ordinary one before it is sent', () => {
    expect(adapter.keyKind(stage.key).refused).toBeNull()
    expect(adapter.keyKind(id === 'openai' ? 'sk-proj-abc' : 'sk-ant-api03-abc').refused).toContain('admin key')
  })
  it('checks a key with the provider', async () => {
    expect((await adapter.checkKey(context())).ok).toBe(true)
    expect((await adapter.checkKey(context(`${stage.key}-wrong`))).failure?.kind).toBe('credential-rejected')
  })
})
