import { afterEach, describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import { createPriceBook } from '../../../electron/prices/price-book.ts'
import type { ReadContext, ReadWindow } from '../../../electron/providers/adapter.ts'
import { twilio } from '../../../electron/providers/twilio/adapter.ts'
import type { World } from '../../../electron/replay/world.ts'
import { dayMs, hourMs, iso } from '../../../shared/time.ts'
import { startEmulator, type Answers, type Emulator } from '../../emulators/http.ts'
import { startTwilio, twilioKey, twilioSid, twilioSubaccount, twilioToken } from '../../emulators/twilio.ts'
import { createTestSystem } from '../../fakes/system.ts'

const today = Date.UTC(2026, 10, 23)
const nowMs = today + 10 * hourMs
const window: ReadWindow = { feed: 'daily', width: 'day', fromMs: today - 2 * dayMs, toMs: today + dayMs, open: true }

const flow = (model: string, project: string, dollarsAMinute: number): World['flows'][number] => ({
  provider: 'twilio',
  model,
  project,
  apiKey: '',
  tokens: { input: 1_000, cached: 0, output: 0 },
  prices: { input: dollarsAMinute * 1_000, cached: 0, output: 0 },
  pace: () => 1,
})
const world: World = {
  now: () => nowMs,
  flows: [flow('sms', twilioSid, 0.01), flow('calls', twilioSubaccount, 0.02), flow('verify', twilioSid, 0.005)],
  usageDelayMs: 0,
  costDelayMs: 0,
}

let emulator: Emulator | null = null
afterEach(async () => {
  await emulator?.stop()
  emulator = null
})

function contextFor(started: Emulator, secret = twilioKey, options: Record<string, string> = {}): ReadContext {
  emulator = started
  const system = { ...createTestSystem(), random: () => 0 }
  const all = { account_sid: twilioSid, ...options }
  const http = createProviderHttp({ system, adapter: twilio, baseUrl: started.url, secret, options: all })
  return { http, options: all, prices: createPriceBook(), now: () => nowMs, dir: null }
}
const answering =
  (json: unknown): Answers =>
  () => ({ status: 200, json })
const record = (change: object) => ({
  category: 'totalprice',
  start_date: '2026-11-22',
  end_date: '2026-11-22',
  as_of: '2026-11-23T08:41:07+00:00',
  price: '3.1187',
  price_unit: 'usd',
  ...change,
})
async function readBill(context: ReadContext) {
  const answer = await twilio.read?.(context, window)
  if (!answer?.ok) throw new Error(answer?.failure.message)
  return answer.value
}

describe('a Twilio bill', () => {
  it('is the total alone, told apart by trees that stand side by side; the rest is other', async () => {
    const { buckets } = await readBill(contextFor(await startTwilio(world)))
    expect(buckets.map(({ startMs }) => startMs)).toEqual([today - 2 * dayMs, today - dayMs, today])
    const lines = buckets[0]?.lines.map(({ lineItem, costNanos }) => [lineItem, costNanos])
    expect(lines).toEqual([
      ['other', 7_200_000_000n],
      ['calls', 28_800_000_000n],
      ['sms', 14_400_000_000n],
    ])
  })

  it('has each sub-account as a project of its own, and no money twice', async () => {
    const context = contextFor(await startTwilio(world), twilioToken, { subaccounts: 'each' })
    const { buckets } = await readBill(context)
    expect(buckets[0]?.lines.map(({ project, costNanos }) => [project, costNanos])).toEqual([
      [twilioSid, 21_600_000_000n],
      [twilioSubaccount, 28_800_000_000n],
    ])
    expect(await twilio.names?.(context)).toMatchObject({
      value: [
        { kind: 'project', id: twilioSid, name: 'Acme' },
        { kind: 'project', id: twilioSubaccount, name: 'Acme EU' },
      ],
    })
  })

  it('keeps what a sub-account cost that was suspended since', async () => {
    const context = contextFor(await startTwilio(world, { isSuspended: true }), twilioToken, { subaccounts: 'each' })
    const { buckets } = await readBill(context)
    expect(buckets[0]?.lines.map(({ project, lineItem, costNanos }) => [project, lineItem, costNanos])).toEqual([
      [twilioSid, null, 21_600_000_000n],
      [null, 'sub-accounts that are not active', 28_800_000_000n],
    ])
  })

  it('is as old as Twilio says that it is', async () => {
    const started = await startEmulator(answering({ usage_records: [record({})], next_page_uri: null }))
    const { asOfMs } = await readBill(contextFor(started))
    expect(iso(asOfMs ?? 0)).toBe('2026-11-23T08:41:07.000Z')
  })

  it('leaves a day without a price out, because null is unknown and not nothing', async () => {
    const records = [record({ price: null }), record({ start_date: '2026-11-21', price: '-0.5' })]
    const started = await startEmulator(({ url }) =>
      url.searchParams.get('Category') === 'totalprice'
        ? { status: 200, json: { usage_records: records, next_page_uri: null } }
        : { status: 404, json: { code: 20404, message: 'not found' } },
    )
    const { buckets } = await readBill(contextFor(started))
    expect(buckets.map(({ startMs, lines }) => [iso(startMs).slice(0, 10), lines[0]?.costNanos])).toEqual([
      ['2026-11-21', -500_000_000n],
    ])
  })

  it('asks for no day to come, which would be "not found"', async () => {
    const started = await startTwilio(world)
    await readBill(contextFor(started))
    expect(started.asked.every((what) => what.includes('EndDate=2026-11-23'))).toBe(true)
  })

  it('follows relative links, and never one to another host', async () => {
    const started = await startEmulator(
      answering({ usage_records: [], next_page_uri: 'https://elsewhere.example/2010-04-01/x.json' }),
    )
    const answer = await twilio.read?.(contextFor(started), window)
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused-host' } })
  })

  it('of an account that Twilio does not know is no bill without spend', async () => {
    const misspelt = twilioSid.replace('0123', '3210')
    const context = contextFor(await startTwilio(world), twilioToken, { account_sid: misspelt })
    expect(await twilio.read?.(context, window)).toMatchObject({
      ok: false,
      failure: { kind: 'not-found', message: expect.stringContaining('account_sid') as string },
    })
    expect(await twilio.readCounters?.(context, 'today')).toMatchObject({ ok: false })
    expect(await twilio.checkKey(context)).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
  })

  it('keeps its currency', async () => {
    const started = await startEmulator(
      answering({ usage_records: [record({ price_unit: 'jpy', price: 120 })], next_page_uri: null }),
    )
    const { buckets } = await readBill(contextFor(started))
    expect(buckets[0]?.lines[0]).toMatchObject({ currency: 'JPY' })
  })
})

describe('what Twilio has counted today', () => {
  it('is a running total since midnight, by kind, that comes to the whole', async () => {
    const shown = await twilio.readCounters?.(contextFor(await startTwilio(world)), 'today')
    expect(shown).toMatchObject({ ok: true })
    const readings = shown?.ok ? shown.value : []
    expect(readings.every(({ sinceMs }) => sinceMs === today)).toBe(true)
    expect(readings.reduce((sum, { totalNanos }) => sum + totalNanos, 0n)).toBe(21_000_000_000n)
  })
})

describe('a Twilio key', () => {
  it('needs the account it is for', () => {
    expect(twilio.keyKind(twilioKey, {}).refused).toContain('account_sid')
    expect(twilio.keyKind(twilioKey, { account_sid: 'acme' }).refused).toContain('account_sid')
  })

  it('is warned of when it can do everything', async () => {
    expect(twilio.keyKind(twilioToken, { account_sid: twilioSid }).warnings.join()).toContain('send and spend')
    const check = await twilio.checkKey(contextFor(await startTwilio(world), twilioToken))
    expect(check.warnings.join()).toContain('more than read usage')
    expect(await twilio.checkKey(contextFor(await startTwilio(world)))).toMatchObject({ ok: true, warnings: [] })
  })

  it('that lacks another permission than the one for the bill is not told that it cannot read the bill', async () => {
    const missing = { code: 70051, message: 'Authorization Failed: /twilio/billing/triggers/read', status: 401 }
    const context = contextFor(await startEmulator(() => ({ status: 401, json: missing })))
    expect(await twilio.caps?.(context)).toMatchObject({
      failure: {
        message:
          'The key lacks a permission for this; the bill takes /twilio/billing/usage/read. Twilio says: Authorization Failed: /twilio/billing/triggers/read',
      },
    })
  })
  it('that lacks the permission is told which one', async () => {
    const answer = await twilio.names?.(contextFor(await startTwilio(world)))
    expect(answer).toMatchObject({
      ok: false,
      failure: { kind: 'permission-missing', message: expect.stringContaining('/twilio/billing/usage/read') as string },
    })
  })
})

describe('usage triggers', () => {
  it('are limits that warn, where they watch a price', async () => {
    const triggers = [
      { usage_category: 'totalprice', trigger_by: 'price', trigger_value: '100.00', recurring: 'daily' },
      { usage_category: 'sms', trigger_by: 'count', trigger_value: '500', recurring: 'daily' },
      { usage_category: 'calls', trigger_by: 'price', trigger_value: '1000', recurring: '' },
    ]
    const found = await twilio.caps?.(contextFor(await startTwilio(world, { triggers })))
    expect(found).toMatchObject({
      value: [
        { scope: 'account', effect: 'warn', limit: '100', period: 'day' },
        { scope: 'calls', effect: 'warn', limit: '1000', period: 'total' },
      ],
    })
  })
})
