import { describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import type { ReadContext, ReadWindow } from '../../../electron/providers/adapter.ts'
import { openrouter } from '../../../electron/providers/openrouter/adapter.ts'
import { fail } from '../../../shared/failures.ts'
import { dayMs, floorTo, hourMs, utcDay } from '../../../shared/time.ts'
import { openrouterKey, openrouterOrdinaryKey, startOpenrouter } from '../../emulators/openrouter.ts'
import { stageNowMs, steadyWorld } from '../../contract/stages/steady-world.ts'
import { answering } from '../../fakes/answering.ts'
import { createTestSystem } from '../../fakes/system.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const today = floorTo(nowMs, dayMs)
const window: ReadWindow = {
  feed: 'activity',
  width: 'day',
  fromMs: today - 3 * dayMs,
  toMs: today + dayMs,
  open: true,
}
const row = (usage: string, rest = '') =>
  `{"date":"2026-11-22","model":"openai/gpt-5.5","provider_name":"OpenAI","usage":${usage}${rest}}`

async function activity(rows: string[], atMs = nowMs, asked = window) {
  const context = answering({ '/api/v1/activity': `{"data":[${rows.join()}]}` }, atMs)
  const answer = await openrouter.read?.(context, asked)
  if (!answer?.ok) throw new Error(answer?.failure.message)
  return answer.value
}
const linesOf = async (...rows: string[]) => (await activity(rows)).buckets.flatMap(({ lines }) => lines)

describe('a row of OpenRouter activity', () => {
  it.each([
    ['a number', '0.015', 15_000_000n],
    ['text', '"0.015"', 15_000_000n],
    ['a free model', '0', 0n],
    ['more digits than a double holds', '0.00000012345678912345678', 123n],
    ['a refund', '-1.5', -1_500_000_000n],
    ['a small number with an exponent', '1e-8', 10n],
  ])('takes usage that is %s', async (_, usage, nanos) => {
    expect((await linesOf(row(usage)))[0]?.costNanos).toBe(nanos)
  })

  it.each(['null', '"1,5"', 'true'])(
    'is no part of a total with usage of %s, and the failure says why',
    async (usage) => {
      await expect(activity([row('1'), row(usage)])).rejects.toThrow('usage: not an amount')
    },
  )

  it('never counts what the own key at another provider cost', async () => {
    expect((await linesOf(row('0.01', ',"byok_usage_inference":75.5')))[0]?.costNanos).toBe(10_000_000n)
  })

  it('counts reasoning tokens as the part of the completion that they are', async () => {
    const tokens = ',"prompt_tokens":50,"completion_tokens":125,"reasoning_tokens":25'
    expect((await linesOf(row('1', tokens)))[0]).toMatchObject({ quantity: 175, model: 'openai/gpt-5.5' })
    expect((await linesOf(row('1')))[0]?.quantity).toBeNull()
  })

  it('may have a time of day after its date', async () => {
    const odd = row('1').replace('2026-11-22', '2026-11-22 00:00:00')
    expect((await activity([odd])).buckets.find(({ lines }) => lines.length > 0)?.startMs).toBe(today - dayMs)
  })
})

describe('the days of OpenRouter activity', () => {
  it('end yesterday: today has no bill, and is not 0', async () => {
    const { buckets, asOfMs } = await activity([row('1')])
    expect(buckets.map(({ startMs, lines }) => [utcDay(startMs), lines.length])).toEqual([
      ['2026-11-20', 0],
      ['2026-11-21', 0],
      ['2026-11-22', 1],
    ])
    expect(asOfMs).toBe(today)
  })

  it('leave out yesterday as long as its rows may only be late', async () => {
    const { buckets } = await activity([], today + hourMs)
    expect(buckets.map(({ startMs }) => utcDay(startMs))).toEqual(['2026-11-20', '2026-11-21'])
  })

  it('go back no further than OpenRouter remembers: what it forgot was not free', async () => {
    const { buckets } = await activity([], nowMs, { ...window, fromMs: today - 60 * dayMs })
    expect(buckets[0]?.startMs).toBe(today - 30 * dayMs)
  })
})

describe('what is left and what is limited at OpenRouter', () => {
  it('is the credits that are not used yet', async () => {
    const context = answering({ '/api/v1/credits': '{"data":{"total_credits":100.5,"total_usage":25.75}}' }, nowMs)
    expect(await openrouter.balances?.(context)).toEqual({
      ok: true,
      value: [{ currency: 'USD', leftNanos: 74_750_000_000n }],
    })
  })

  it('is the limit of each key that works, however many there are', async () => {
    const names = ['Production', 'old', ...Array.from({ length: 150 }, (_, index) => `Key ${index}`)]
    const found = await emulated(openrouterKey, names, async (context) => openrouter.caps?.(context))
    expect(found).toEqual({
      ok: true,
      value: [{ scope: 'key Production', effect: 'stop', limit: '10', currency: 'USD', period: 'day' }],
    })
  })

  it('is its own limit for an ordinary key, and no balance', async () => {
    await emulated(openrouterOrdinaryKey, [], async (context) => {
      expect(await openrouter.caps?.(context)).toMatchObject({
        ok: true,
        value: [{ scope: 'key sk-or-v1-emu...ord', limit: '100', period: 'month' }],
      })
      expect(await openrouter.balances?.(context)).toMatchObject({ ok: false, failure: { kind: 'permission-missing' } })
    })
  })

  it.each([
    ['null', 'null', []],
    ['0', '"weekly"', [{ limit: '0', period: 'week' }]],
    ['12.5', 'null', [{ limit: '12.5', period: 'total' }]],
    ['12.5', '"fortnightly"', [{ limit: '12.5', period: 'total' }]],
  ])('knows a limit of %s that begins anew %s', async (limit, reset, caps) => {
    const key = `{"name":"Mine","limit":${limit},"limit_reset":${reset}}`
    const context = answering({ '/api/v1/keys': `{"data":[${key}]}` }, nowMs)
    expect(await openrouter.caps?.(context)).toMatchObject({ ok: true, value: caps })
  })
})

async function emulated<T>(secret: string, keys: readonly string[], use: (context: ReadContext) => Promise<T>) {
  const emulator = await startOpenrouter(
    steadyWorld('openrouter', 'openai/gpt-5-mini', { input: 0.25, cached: 0, output: 0 }),
    keys,
  )
  const system = { ...createTestSystem(), clock: { ...createTestSystem().clock, now: () => stageNowMs } }
  const http = createProviderHttp({ system, adapter: openrouter, baseUrl: emulator.url, secret })
  try {
    return await use({ ...answering({}, stageNowMs), http })
  } finally {
    await emulator.stop()
  }
}

describe('an ordinary key of OpenRouter', () => {
  it('shows what it spent itself, and says what it cannot show', async () => {
    await emulated(openrouterOrdinaryKey, [], async (context) => {
      expect(await openrouter.readCounters?.(context, 'credits')).toMatchObject({
        ok: true,
        value: [{ apiKey: 'sk-or-v1-emu...ord', sinceMs: null, totalNanos: (40n * 24n + 10n) * 60n * 250_000n }],
      })
      const check = await openrouter.checkKey(context)
      expect(check).toMatchObject({ ok: true })
      expect(check.warnings.join(' ')).toContain('neither the bill by model nor what other keys spend')
      expect(await openrouter.read?.(context, window)).toMatchObject({
        ok: false,
        failure: { kind: 'permission-missing' },
      })
    })
  })

  it('is not looked for where the refusal means something else', async () => {
    const context = answering({ '/api/v1/credits': fail('credential-rejected', 'no') }, nowMs)
    expect(await openrouter.readCounters?.(context, 'credits')).toMatchObject({
      ok: false,
      failure: { kind: 'credential-rejected' },
    })
    expect(context.asked).toHaveLength(1)
  })
})
