import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../electron/http/create-provider-http.ts'
import { planReads } from '../../electron/polling/poll-schedule.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import type { Feed, ReadContext } from '../../electron/providers/adapter.ts'
import { adapters, feedsOf } from '../../electron/providers/registry.ts'
import type { FeedState } from '../../electron/storage/feeds.ts'
import type { Failure } from '../../shared/failures.ts'
import { pageUrl, providerFacts, providerPages } from '../../shared/providers.ts'
import type { EmulatedAnswer, Emulator } from '../emulators/http.ts'
import { createTestSystem } from '../fakes/system.ts'
import { stages } from './stages/registry.ts'
import type { Stage } from './stages/stage.ts'

// What every adapter must do, whoever the provider. A provider's own traps are in tests/unit/providers.

const untouched = { filledAtMs: null, coveredToMs: null, counters: null, deepReadAtMs: null } as FeedState

const asked = Object.keys(stages) as (keyof typeof stages)[]

describe.each(asked)('the %s adapter', (id) => {
  const stage = stages[id]
  const adapter = adapters[id]
  const options = stage.options ?? {}
  const clock = { ...createTestSystem().clock, now: () => stage.nowMs }
  const system = { ...createTestSystem(), clock, random: () => 0 }
  const feeds = feedsOf({ provider: id, options }).filter((feed) => feed.source !== 'import')
  let emulator: Emulator

  beforeEach(async () => {
    emulator = await stage.start()
  })
  afterEach(() => emulator.stop())

  const context = (secret = stage.key): ReadContext => ({
    http: createProviderHttp({ system, adapter, baseUrl: emulator.url, secret, options }),
    options,
    prices: createPriceBook(),
    now: clock.now,
    dir: null,
  })

  /** Everything that a first read of a feed brings, by currency; or why it fails. */
  async function readAll(feed: Feed): Promise<Record<string, bigint> | Failure> {
    const sums: Record<string, bigint> = {}
    const add = (currency: string, nanos: bigint) => (sums[currency] = (sums[currency] ?? 0n) + nanos)
    if (feed.source === 'counter') {
      const shown = await adapter.readCounters?.(context(), feed.id)
      if (!shown?.ok) return shown?.failure ?? { kind: 'internal', message: 'cannot be read' }
      for (const one of shown.value) add(one.currency, one.totalNanos)
      return sums
    }
    for (const window of planReads(feed, untouched, stage.nowMs)) {
      const answer = await adapter.read?.(context(), window)
      if (!answer?.ok) return answer?.failure ?? { kind: 'internal', message: 'cannot be read' }
      for (const line of answer.value.buckets.flatMap((bucket) => bucket.lines)) add(line.currency, line.costNanos)
    }
    return sums
  }

  /** The failure of the first feed that meets it; feeds are read in their order. */
  async function firstFailure(answer: EmulatedAnswer | 'reset', path?: string): Promise<Failure | null> {
    emulator.fail({ times: 99, answer, ...(path === undefined ? {} : { path }) })
    for (const feed of feeds) {
      const read = await readAll(feed)
      if ('kind' in read) return read as Failure
    }
    return null
  }

  it.each(feeds.map((feed) => [feed.id, feed] as const))('reads all of %s, to the nano', async (feedId, feed) => {
    expect(await readAll(feed)).toEqual(stage.totals[feedId] ?? {})
  })

  it.each(feeds.map((feed) => [feed.id, feed] as const))(
    'reads %s the same with fields that it does not know',
    async (feedId, feed) => {
      emulator.alter(withStrangers)
      expect(await readAll(feed)).toEqual(stage.totals[feedId] ?? {})
    },
  )

  it.each([
    ['a refused key', { status: 401, json: { error: { message: 'no' } } }, 'credential-rejected'],
    ['a missing permission', { status: 403, json: { error: { message: 'not yours' } } }, 'permission-missing'],
    ['too many requests', { status: 429, json: {} }, 'rate-limited'],
    ['a fault', { status: 500, json: {} }, 'provider-down'],
    ['a web page', { status: 200, text: '<html>hello</html>' }, 'unexpected-response'],
    ['half an answer', { status: 200, text: '{"data":[{"start_time"' }, 'truncated'],
    ['something else', { status: 200, json: { surprise: 'none' } }, 'unexpected-response'],
    [
      'a redirect to another host',
      { status: 302, headers: { location: 'https://elsewhere.example/v1' } },
      'refused-host',
    ],
    ['a broken connection', 'reset', 'truncated'],
  ] as [string, EmulatedAnswer | 'reset', Failure['kind']][])(
    'takes %s for what it is, and repeats no key',
    async (_what, answer, kind) => {
      const own = stage.refusals?.[kind as keyof NonNullable<Stage['refusals']>]
      const failure = await firstFailure(own ?? answer)
      expect(failure?.kind).toBe(kind)
      expect(JSON.stringify(failure)).not.toContain(stage.key)
    },
    20_000,
  )

  it.each(stage.unreadable.map((one, index) => [index, one] as const))(
    'fails loudly on an amount it cannot read (%i)',
    async (_index, { path, answer }) => {
      expect((await firstFailure(answer, path))?.kind).toBe('unexpected-response')
    },
  )

  it.each((stage.endless ?? []).map((one, index) => [index, one] as const))(
    'takes no part of an answer for the whole (%i)',
    async (_index, { path, answer }) => {
      expect((await firstFailure(answer, path))?.kind).toBe('truncated')
    },
  )

  it.skipIf(stage.namesNoWait)('keeps to the wait the provider names', async () => {
    const answer = stage.refusals?.['rate-limited'] ?? { status: 429, json: {} }
    const failure = await firstFailure({ ...answer, headers: { 'retry-after': '120', ...answer.headers } })
    expect(failure?.retryAtMs).toBeGreaterThan(stage.nowMs + 110_000)
  })

  it('gets over a short fault by itself', async () => {
    const [feed] = feeds
    emulator.fail({ times: 2, answer: { status: 503, json: {} } })
    expect(feed && (await readAll(feed))).toEqual(stage.totals[feed?.id ?? ''] ?? {})
  })

  it('accepts its own key by its shape', () => {
    expect(adapter.keyKind(stage.key, options).refused).toBeNull()
  })

  it.each(stage.refusedKeys ?? [])('refuses %s before it is sent, and says what to create', (key, words) => {
    expect(adapter.keyKind(key, options).refused?.toLowerCase()).toContain(words.toLowerCase())
    expect(emulator.asked).toEqual([])
  })

  it('checks a key with the provider', async () => {
    const check = await adapter.checkKey(context())
    expect(check).toMatchObject({ ok: true, failure: null })
    for (const words of stage.warnings ?? []) expect(check.warnings.join(' ')).toContain(words)
  })

  it('tells a wrong key', async () => {
    emulator.fail({
      times: 99,
      answer: stage.refusals?.['credential-rejected'] ?? { status: 401, json: { error: { message: 'no' } } },
    })
    expect(await adapter.checkKey(context())).toMatchObject({ ok: false, failure: { kind: 'credential-rejected' } })
  })

  it('declares what people must know', () => {
    expect(existsSync(new URL(`../../docs/providers/${id}.md`, import.meta.url))).toBe(true)
    for (const page of providerPages) expect(pageUrl(id, page)).toMatch(/^https:\/\//)
    expect(providerFacts(id).label).not.toBe('')
    expect(
      feeds.every((feed) => feed.latencyMs >= 0 && (feed.plane !== 'billed' || feed.matureAfterMs !== undefined)),
    ).toBe(true)
  })
})

/** Every object gets a field of tomorrow, and every list stays what it was. */
function withStrangers(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withStrangers)
  if (json === null || typeof json !== 'object') return json
  const entries = Object.entries(json).map(([name, value]) => [name, withStrangers(value)] as const)
  return { ...Object.fromEntries(entries), zz_of_tomorrow: { amount: 'new', list: [1] } }
}
