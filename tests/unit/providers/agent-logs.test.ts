import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPriceBook } from '../../../electron/prices/price-book.ts'
import { bucketsOf } from '../../../electron/providers/agent-logs/lines.ts'
import { revisionsBefore } from '../../../electron/providers/agent-logs/revisions.ts'
import type { AgentUsage } from '../../../electron/storage/agent-sums.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'

const startMs = Date.UTC(2026, 10, 20)
const used = (change: Partial<AgentUsage> = {}): AgentUsage => ({
  startMs,
  agent: 'claude',
  project: '-home-dev-shop',
  model: 'claude-sonnet-4-6',
  mode: 'standard//',
  over: 0,
  calls: 1,
  input: 1_000,
  cachedInput: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
  webSearches: 0,
  ...change,
})
const prices = createPriceBook()
const linesOf = (...rows: AgentUsage[]) =>
  [...bucketsOf(rows, { fromMs: startMs, toMs: startMs + 1, width: 'day' }, startMs, prices)].flatMap(
    ({ lines }) => lines,
  )

describe('calls of coding agents as spend', () => {
  it('count every token once: reasoning is output already', () => {
    const row = used({
      input: 1,
      cachedInput: 2,
      cacheWrite: 3,
      cacheWrite1h: 4,
      output: 5,
      reasoning: 5,
      webSearches: 6,
    })
    expect(linesOf(row).map(({ lineItem, quantity }) => [lineItem, quantity])).toEqual([
      ['input', 1],
      ['cached-input', 2],
      ['cache-write', 3],
      ['cache-write-1h', 4],
      ['output', 5],
      ['web-search', 6],
    ])
  })
  it('are priced by the model, whichever gateway it was reached by', () => {
    const row = { agent: 'kilo', project: '/home/dev/shop', mode: '//' } as const
    const [direct, routed] = ['claude-sonnet-4-5', 'anthropic/claude-sonnet-4.5'].map(
      (model) => linesOf(used({ ...row, model }))[0],
    )
    expect(routed).toMatchObject({ costNanos: direct?.costNanos, pricing: 'listed', model: 'claude-sonnet-4.5' })
    expect(linesOf(used({ ...row, model: 'openai/gpt-5.4' }))).toMatchObject([{ pricing: 'listed', model: 'gpt-5.4' }])
  })
  it('go by one folder, whoever of the agents worked in it', () => {
    const lines = linesOf(used(), used({ agent: 'codex', project: '/home/dev/shop', model: 'gpt-5.4', mode: '//' }))
    expect(lines.map(({ project, apiKey }) => [project, apiKey])).toEqual([
      ['-home-dev-shop', 'Claude Code'],
      ['-home-dev-shop', 'Codex'],
    ])
  })
  it.each([
    ['fast mode of Claude', used({ model: 'claude-opus-5', mode: 'standard/fast/' }), 'fast', 2n],
    ['fast mode of Codex', used({ agent: 'codex', model: 'gpt-5.4', mode: 'priority//' }), 'priority', 2n],
    ['inference in the US', used({ model: 'claude-opus-5', mode: 'standard//us' }), 'us', 11n],
    ['a usual region', used({ model: 'claude-opus-5', mode: 'standard//not_available' }), null, 1n],
  ])('cost what %s costs', (_what, row, tier, factor) => {
    const [line] = linesOf(row)
    const [plain] = linesOf({ ...row, mode: '//' })
    expect(line?.tier).toBe(tier)
    expect(line?.costNanos).toBe(((plain?.costNanos ?? 0n) * factor) / (factor === 11n ? 10n : 1n))
  })
  it('cost more where the input is long, from where on each vendor says', () => {
    const long = (model: string, over: AgentUsage['over']) => linesOf(used({ model, over }))[0]?.tier
    expect([long('claude-sonnet-4-5', 200), long('gpt-5.4', 200), long('gpt-5.4', 272)]).toEqual([
      'long context',
      null,
      'long context',
    ])
  })
  it.each([
    ['claude', 'kimi-k9'],
    ['codex', 'grok-99'],
    ['claude', null],
  ] as const)('of %s by a model nobody has a price for (%s) cost the ceiling', (agent, model) => {
    const [line] = linesOf(used({ agent, model, mode: '//' }))
    expect(line).toMatchObject({ model, pricing: 'ceiling' })
    expect(line?.costNanos).toBeGreaterThan(0n)
  })
  it.each([
    ['gemini', 'gemini-2.5-pro', 'listed'],
    ['gemini', 'gemini-99-pro', 'ceiling'],
    ['qwen', 'qwen3-coder-plus', 'ceiling'],
    ['opencode', 'claude-sonnet-4-5', 'listed'],
    ['opencode', 'gpt-5.4', 'listed'],
    ['opencode', 'kimi-k2-thinking', 'listed'],
    ['opencode', 'big-pickle', 'ceiling'],
  ] as const)('of %s by %s are priced by who made the model: %s', (agent, model, pricing) => {
    const [line] = linesOf(used({ agent, model, mode: '//' }))
    expect(line).toMatchObject({ model, pricing })
    expect(line?.costNanos).toBeGreaterThan(0n)
  })
  it('that the ledger cannot tell apart are one line', () => {
    const [line, ...more] = linesOf(
      used({ agent: 'codex', model: 'gpt-5.4', mode: '//' }),
      used({ agent: 'codex', model: 'gpt-5.4', mode: 'default//', over: 200 }),
    )
    expect(more).toEqual([])
    expect(line).toMatchObject({ quantity: 2_000, costNanos: 5_000_000n })
  })
  it('answer for every bucket since the day of the first call, also for those without any', () => {
    const window = { fromMs: startMs - 9 * dayMs, toMs: startMs + 2 * dayMs, width: 'day' as const }
    const buckets = [...bucketsOf([used()], window, startMs - dayMs + 1, prices)]
    expect(buckets.map(({ startMs: at, lines }) => [(at - startMs) / dayMs, lines.length])).toEqual([
      [-1, 0],
      [0, 1],
      [1, 0],
    ])
  })
})

describe('what changed before the hours that a poll asks for', () => {
  const nowMs = startMs + 10 * hourMs + 7 * minuteMs
  const window = { fromMs: startMs + 8 * hourMs, toMs: nowMs, width: 'minute' as const }
  const at = (ms: number) => ms - startMs
  it('is nothing while agents write of what they just did', () => {
    expect(revisionsBefore(null, window, nowMs)).toEqual([])
    expect(revisionsBefore({ fromMs: nowMs - minuteMs, toMs: nowMs }, window, nowMs)).toEqual([])
  })
  it('is answered in whole days, hours and minutes, each as the ledger holds it', () => {
    const found = revisionsBefore({ fromMs: startMs - 40 * dayMs + 1, toMs: nowMs }, window, nowMs)
    expect(found.map(({ width, fromMs, toMs }) => [width, at(fromMs) / hourMs, at(toMs) / hourMs])).toEqual([
      ['day', -40 * 24, -30 * 24],
      ['hour', -30 * 24, -24],
      ['minute', -24, 8],
    ])
  })
  it('meets the window and leaves out nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * dayMs }), fc.integer({ min: 1, max: 50 * dayMs }), (ago, length) => {
        const changed = { fromMs: nowMs - ago, toMs: nowMs - ago + length }
        const spans = revisionsBefore(changed, window, nowMs)
        const endMs = Math.min(changed.toMs, window.fromMs)
        if (changed.fromMs >= endMs) return
        expect(spans[0]?.fromMs).toBeLessThanOrEqual(changed.fromMs)
        expect(spans.at(-1)?.toMs).toBeGreaterThanOrEqual(endMs)
        expect(spans.at(-1)?.toMs).toBeLessThanOrEqual(window.fromMs)
        for (const [index, { fromMs }] of spans.entries()) expect(spans[index - 1]?.toMs ?? fromMs).toBe(fromMs)
      }),
    )
  })
})
