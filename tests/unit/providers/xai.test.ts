import { describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import type { ReadWindow } from '../../../electron/providers/adapter.ts'
import { fail } from '../../../shared/failures.ts'
import { xai } from '../../../electron/providers/xai/adapter.ts'
import { dayMs, floorTo, utcDay } from '../../../shared/time.ts'
import { startXai, xaiKey, xaiTeam, type XaiTraits } from '../../emulators/xai.ts'
import { stageNowMs, steadyWorld } from '../../contract/stages/steady-world.ts'
import { answering } from '../../fakes/answering.ts'
import { createTestSystem } from '../../fakes/system.ts'

const today = floorTo(stageNowMs, dayMs)
const window: ReadWindow = { feed: 'usage', width: 'day', fromMs: today - 3 * dayMs, toMs: today + dayMs, open: true }
const usagePath = '/v1/billing/teams/t-1/usage'
const previewPath = '/v1/billing/teams/t-1/postpaid/invoice/preview'

async function usage(series: string, options: Record<string, string> = { team_id: 't-1' }) {
  const context = answering({ [usagePath]: `{"timeSeries":[${series}],"limitReached":false}` }, stageNowMs, options)
  const answer = await xai.read?.(context, window)
  if (!answer?.ok) throw new Error(answer?.failure.message)
  return { ...answer.value, asked: context.asked }
}
const point = (value: string, at = '2026-11-22T00:00:00Z') =>
  `{"group":["Chat grok-4-0709"],"groupLabels":["Chat grok-4-0709"],"dataPoints":[{"timestamp":"${at}","values":[${value}]}]}`

async function invoice(lines: string) {
  const text = `{"coreInvoice":{"lines":[${lines}],"totalWithCorr":{"val":"0"}},"billingCycle":{"year":2026,"month":11}}`
  const answer = await xai.readCounters?.(answering({ [previewPath]: text }, stageNowMs, { team_id: 't-1' }), 'invoice')
  if (!answer?.ok) throw new Error(answer?.failure.message)
  return answer.value
}

async function emulated<T>(traits: XaiTraits, use: (context: ReturnType<typeof answering>) => Promise<T>) {
  const world = steadyWorld('xai', 'grok-4', { input: 10, cached: 0, output: 0 })
  const [flow] = world.flows
  if (flow) world.flows.push({ ...flow, model: 'grok-imagine' })
  const emulator = await startXai(world, traits)
  const system = { ...createTestSystem(), clock: { ...createTestSystem().clock, now: () => stageNowMs } }
  const http = createProviderHttp({ system, adapter: xai, baseUrl: emulator.url, secret: xaiKey })
  try {
    return await use({ ...answering({}, stageNowMs), http })
  } finally {
    await emulator.stop()
  }
}

describe('a day of xAI usage', () => {
  it.each([
    ['dollars with many decimals', '0.75973725', 759_737_250n],
    ['more digits than a double holds', '0.10000000055511151231257827', 100_000_001n],
    ['nothing', '0', 0n],
    ['money given back', '-2.5', -2_500_000_000n],
  ])('takes %s', async (_, value, nanos) => {
    const { buckets } = await usage(point(value))
    expect(buckets.flatMap(({ lines }) => lines)).toMatchObject([{ costNanos: nanos, model: 'Chat grok-4-0709' }])
  })

  it.each(['2026-11-22T00:00:00Z', '2026-11-22T00:00:00.000Z', '2026-11-22 00:00:00'])(
    'is the UTC day of %s',
    async (at) => {
      const { buckets } = await usage(point('1', at))
      expect(buckets.find(({ lines }) => lines.length > 0)?.startMs).toBe(today - dayMs)
    },
  )

  it('without a row is free once it is settled, and unknown before', async () => {
    const { buckets } = await usage('')
    expect(buckets.map(({ startMs }) => utcDay(startMs))).toEqual(['2026-11-20', '2026-11-21'])
  })

  it('is asked for in UTC', async () => {
    const { asked } = await usage('')
    expect(asked[0]?.json).toMatchObject({
      analyticsRequest: {
        timeRange: { startTime: '2026-11-20 00:00:00', endTime: '2026-11-24 00:00:00', timezone: 'Etc/GMT' },
      },
    })
  })

  it('is one sum where there are too many groups to list', async () => {
    const read = await emulated({ mostGroups: 1 }, async (context) => xai.read?.(context, window))
    const lines = read?.ok ? read.value.buckets.flatMap((bucket) => bucket.lines) : []
    expect(new Set(lines.map(({ model }) => model))).toEqual(new Set([null]))
    expect(lines.reduce((sum, { costNanos }) => sum + costNanos, 0n)).toBe(2n * (3n * 1_440n + 600n) * 10_000_000n)
  })
})

describe('the xAI invoice of the month so far', () => {
  it('is one sum of whole cents, of which the growth was spent', async () => {
    const lines = ['1176', '72', '9'].map(
      (amount) => `{"description":"API grok-4","unitType":"Image","amount":"${amount}"}`,
    )
    expect(await invoice(lines.join())).toMatchObject([{ totalNanos: 12_570_000_000n, sinceMs: null, currency: 'USD' }])
  })
  it('may take something back', async () => {
    expect((await invoice('{"amount":"100"},{"amount":"-30"}'))[0]?.totalNanos).toBe(700_000_000n)
  })
  it('is its total where its lines are not listed, and cannot be read without either', async () => {
    const read = (core: string) =>
      xai.readCounters?.(
        answering({ [previewPath]: `{"coreInvoice":{${core}}}` }, stageNowMs, { team_id: 't-1' }),
        'invoice',
      )
    expect(await read('"totalWithCorr":{"val":"1257"}')).toMatchObject({
      ok: true,
      value: [{ totalNanos: 12_570_000_000n }],
    })
    expect(await read('"totalWithCorr":null')).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
  })
  it('without lines is a month without spend so far', async () => {
    expect((await invoice(''))[0]?.totalNanos).toBe(0n)
  })
})

describe('what is left and what is limited at xAI', () => {
  const left = (credits: string) => {
    const text = `{"coreInvoice":{"lines":[]${credits}},"billingCycle":{"year":2026,"month":11}}`
    return xai.balances?.(answering({ [previewPath]: text }, stageNowMs, { team_id: 't-1' }))
  }
  it.each([
    [
      'credit that is not used yet',
      ',"prepaidCredits":{"val":"-5170"},"prepaidCreditsUsed":{"val":"0"}',
      51_700_000_000n,
    ],
    [
      'credit that is used in part',
      ',"prepaidCredits":{"val":"-5170"},"prepaidCreditsUsed":{"val":"-1176"}',
      39_940_000_000n,
    ],
    [
      'use that is told above zero',
      ',"prepaidCredits":{"val":"-5170"},"prepaidCreditsUsed":{"val":"1176"}',
      39_940_000_000n,
    ],
    ['credit of which no use is told', ',"prepaidCredits":{"val":"-799"}', 7_990_000_000n],
    ['credit that is used up', ',"prepaidCredits":{"val":"-5"},"prepaidCreditsUsed":{"val":"-5"}', 0n],
  ])('is %s', async (_, credits, leftNanos) => {
    expect(await left(credits)).toEqual({ ok: true, value: [{ currency: 'USD', leftNanos }] })
  })
  it.each([
    ['no credit', ''],
    ['a credit of zero', ',"prepaidCredits":{"val":"0"},"prepaidCreditsUsed":{"val":"0"}'],
  ])('is no balance where %s was ever paid ahead', async (_, credits) => {
    expect(await left(credits)).toEqual({ ok: true, value: [] })
  })
  it.each([
    ['{"total":{"val":"-799"},"changes":[]}', [{ currency: 'USD', leftNanos: 7_990_000_000n }]],
    ['{"total":{"val":"0"}}', []],
    ['{"total":null}', []],
  ])('is what the ledger %s says where the invoice is silent', async (ledger, value) => {
    const answers = { [previewPath]: '{"coreInvoice":{"lines":[]}}', '/v1/billing/teams/t-1/prepaid/balance': ledger }
    expect(await xai.balances?.(answering(answers, stageNowMs, { team_id: 't-1' }))).toEqual({ ok: true, value })
  })
  it('is not none where the ledger could not be asked just now', async () => {
    const down = fail('provider-down', 'The provider has a fault (503).')
    const answers = { [previewPath]: '{"coreInvoice":{"lines":[]}}', '/v1/billing/teams/t-1/prepaid/balance': down }
    expect(await xai.balances?.(answering(answers, stageNowMs, { team_id: 't-1' }))).toEqual({
      ok: false,
      failure: down,
    })
  })
  it('is the limit at which the API stops', async () => {
    expect(await emulated({}, async (context) => xai.caps?.(context))).toEqual({
      ok: true,
      value: [{ scope: 'team, beyond prepaid credit', effect: 'stop', limit: '200', currency: 'USD', period: 'month' }],
    })
  })
})

describe('a management key of xAI', () => {
  it('tells its own team', async () => {
    expect(await emulated({}, (context) => xai.checkKey(context))).toMatchObject({
      ok: true,
      organization: xaiTeam,
      warnings: [],
    })
  })
  it('that sees the API keys can do more than it needs', async () => {
    const check = await emulated({ seesKeys: true }, (context) => xai.checkKey(context))
    expect(check.warnings.join(' ')).toContain('more than read the bill')
  })
  it('for another team than its own says what to check', async () => {
    const check = await emulated({}, (context) => xai.checkKey({ ...context, options: { team_id: 'other' } }))
    expect(check.failure).toMatchObject({ kind: 'not-found' })
    expect(check.failure?.message).toContain('option team_id')
  })
  it('of no team says which option to set', async () => {
    const context = answering({ '/auth/management-keys/validation': '{"scope":"SCOPE_ORGANIZATION"}' }, stageNowMs)
    const check = await xai.checkKey(context)
    expect(check.failure?.message).toContain('option team_id')
  })
})
