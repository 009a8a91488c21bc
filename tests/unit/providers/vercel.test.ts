import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../electron/http/parse-json.ts'
import { checkKey, keyKind } from '../../../electron/providers/vercel/key.ts'
import { read, refusal } from '../../../electron/providers/vercel/read.ts'
import { asking } from '../../fakes/read-context.ts'

const nowMs = Date.parse('2026-11-23T10:40:00Z')
const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
const noCosts = refusal({
  status: 404,
  said: 'Costs not found',
  body: { error: { code: 'costs_not_found', message: 'Costs not found' } },
  headers: new Headers(),
  nowMs,
})

/** What is made of rows that are given as JSON text, so that numbers arrive as they were written. */
async function readFrom(rows: string[], { from = '2026-11-18', to = '2026-11-24', at = nowMs } = {}) {
  const { context, asked } = asking(
    () => {
      if (rows.length === 0) throw noCosts
      return rows.map(parseJson)
    },
    { nowMs: at, options: { team_id: 'team_1' } },
  )
  const answer = await read(context, { feed: 'charges', width: 'day', fromMs: day(from), toMs: day(to), open: true })
  if (!answer.ok) throw new Error(answer.failure.message)
  return { buckets: answer.value.buckets, asked }
}
/** A field that is named again replaces the usual one. */
const row = (start: string, cost: string, rest = '') => {
  const usual = ['"BillingCurrency":"USD"', '"ChargeCategory":"Usage"', '"ServiceName":"Builds"']
  const kept = usual.filter((field) => !rest.includes(field.slice(0, field.indexOf(':'))))
  return `{"ChargePeriodStart":"${start}","BilledCost":${cost},${kept.join()}${rest}}`
}

describe('the charges of Vercel', () => {
  it('count for the day of the date on which they begin in California, in summer and in winter', async () => {
    const { buckets } = await readFrom(
      [
        row('2026-10-31T07:00:00.000Z', '1'),
        row('2026-11-01T07:00:00.000Z', '2'),
        row('2026-11-02T08:00:00.000Z', '4'),
      ],
      { from: '2026-10-01' },
    )
    // The same rows come for both months; each month keeps its own.
    expect(buckets.map(({ startMs, lines }) => [startMs, lines[0]?.costNanos])).toEqual([
      [day('2026-10-31'), 1_000_000_000n],
      [day('2026-11-01'), 2_000_000_000n],
      [day('2026-11-02'), 4_000_000_000n],
    ])
  })

  it('are asked for by whole months, until the last day ends in California, and never beyond now', async () => {
    const { asked } = await readFrom([], { from: '2026-10-30', to: '2026-11-24' })
    expect(asked).toEqual([
      '/v1/billing/charges?from=2026-10-01T00:00:00.000Z&to=2026-11-01T08:00:00.000Z&teamId=team_1',
      '/v1/billing/charges?from=2026-11-01T00:00:00.000Z&to=2026-11-23T10:00:00.000Z&teamId=team_1',
    ])
  })

  it('are not asked for in the first hour of a month, of which there are none', async () => {
    const { asked } = await readFrom([], { from: '2026-12-01', to: '2026-12-02', at: Date.parse('2026-12-01T00:20Z') })
    expect(asked).toEqual([])
  })

  it('are unknown, not zero, where Vercel has none', async () => {
    expect((await readFrom([])).buckets).toEqual([])
  })

  it.each([
    ['more digits than a double holds', '1234567.123456789', 1_234_567_123_456_789n],
    ['thirty decimals as text', '"0.000000001500000000000000000001"', 2n],
    ['an exponent', '4.2e-7', 420n],
    ['a zero with an exponent', '"0E-6176"', 0n],
  ])('are read exactly with %s', async (_, cost, nanos) => {
    const { buckets } = await readFrom([row('2026-11-20T08:00:00.000Z', cost)])
    expect(buckets[0]?.lines[0]?.costNanos).toBe(nanos)
  })

  it('say what is no usage, and take credits off', async () => {
    const { buckets } = await readFrom([
      row('2026-11-20T08:00:00.000Z', '20', ',"ChargeCategory":"Purchase","ServiceName":"Pro"'),
      row('2026-11-20T08:00:00.000Z', '-20', ',"ChargeCategory":"Credit","ServiceName":""'),
      row('2026-11-20T08:00:00.000Z', '1.5', ',"ChargeCategory":"Sponsorship","Hologram":{"a":1}'),
    ])
    expect(buckets[0]?.lines.map(({ lineItem, tier, costNanos }) => [lineItem, tier, costNanos])).toEqual([
      ['Pro', 'Purchase', 20_000_000_000n],
      [null, 'Credit', -20_000_000_000n],
      ['Builds', 'Sponsorship', 1_500_000_000n],
    ])
  })

  it('keep their currency and their project', async () => {
    const { buckets } = await readFrom([
      row(
        '2026-11-20T08:00:00.000Z',
        '1',
        ',"BillingCurrency":"eur","Tags":{"ProjectId":"prj_1","ProjectName":"shop"}',
      ),
      row('2026-11-20T08:00:00.000Z', '1', ',"Tags":{"ProjectId":"prj_2"}'),
      row('2026-11-20T08:00:00.000Z', '1', ',"Tags":null,"SubAccountName":"sub"'),
      row('2026-11-20T08:00:00.000Z', '1', ',"Tags":"{}"'),
    ])
    expect(buckets[0]?.lines.map(({ currency, project }) => [currency, project])).toEqual([
      ['EUR', 'shop'],
      ['USD', 'prj_2'],
      ['USD', 'sub'],
      ['USD', null],
    ])
  })

  it('of all regions become one line', async () => {
    const rows = ['iad1', 'fra1', 'hnd1'].map((region) =>
      row('2026-11-20T08:00:00.000Z', '0.1', `,"RegionId":"${region}","ConsumedQuantity":2`),
    )
    const { buckets } = await readFrom(rows)
    expect(buckets[0]?.lines).toMatchObject([{ costNanos: 300_000_000n, quantity: 6 }])
  })
})

describe('a refusal of Vercel', () => {
  const refused = (status: number, error: object, headers: Record<string, string> = {}) =>
    refusal({ status, said: '', headers: new Headers(headers), nowMs, body: { error } })

  it('tells a token that is wrong from one that is too narrow', () => {
    expect(refused(403, { code: 'forbidden', invalidToken: true })?.kind).toBe('credential-rejected')
    expect(refused(403, { code: 'forbidden', message: 'Not authorized' })).toMatchObject({
      kind: 'permission-missing',
      message: expect.stringContaining('one project') as unknown,
    })
  })
  it('names the end of a wait as an instant', () => {
    const headers = { 'x-ratelimit-reset': String(nowMs / 1_000 + 300) }
    expect(refused(429, { code: 'rate_limited' }, headers)?.retryAtMs).toBe(nowMs + 300_000)
  })
  it('of an address is left to the status', () => {
    expect(refused(404, { code: 'not_found' })).toBeNull()
  })
})

describe('a key of Vercel', () => {
  it('of the AI Gateway is refused', () => {
    expect(keyKind('vck_123').refused).toContain('access token')
    expect(keyKind('abcdef0123456789').refused).toBeNull()
  })
  it('can do what its maker can, which is worth a warning', () => {
    expect(keyKind('abcdef0123456789').warnings.join()).toContain('whatever its maker can')
  })
  it('of a team without costs works, and is worth another', async () => {
    const { context } = asking(
      () => {
        throw noCosts
      },
      { nowMs, options: { team_id: 'team_1' } },
    )
    const check = await checkKey(context)
    expect(check).toMatchObject({ ok: true, failure: null })
    expect(check.warnings.join()).toContain('Hobby')
  })
})
