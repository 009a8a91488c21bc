import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../electron/http/parse-json.ts'
import { cyclesOf } from '../../../electron/providers/cloudflare/cycles.ts'
import { checkKey } from '../../../electron/providers/cloudflare/key.ts'
import { read, refusal } from '../../../electron/providers/cloudflare/read.ts'
import { dayMs, utcDay } from '../../../shared/time.ts'
import { asking } from '../../fakes/read-context.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
const days = (from: string, to: string) => ({ fromMs: day(from), toMs: day(to) })
const subscription = (anchor: string, end: string | null = null) =>
  `{"id":"s","billing_cycle_anchor_timestamp":"${anchor}T09:00:00Z","start_timestamp":"${anchor}T09:00:00Z"${end === null ? '' : `,"end_timestamp":"${end}T00:00:00Z"`}}`
/** A row as JSON text; a field that is named again replaces the usual one. */
const row = (start: string, cost: string, rest = '') => {
  const usual = ['"BillingCurrency":"USD"', '"ChargeCategory":"Usage"', '"ServiceName":"R2"', '"SubscriptionId":"s"']
  const kept = usual.filter((field) => !rest.includes(field.slice(0, field.indexOf(':'))))
  return `{"ChargePeriodStart":"${start}T00:00:00Z","BilledCost":${cost},${kept.join()}${rest}}`
}

function account(info: string, rowsOf: (asked: string) => string[]) {
  const wrap = (result: string) => parseJson(`{"success":true,"errors":null,"messages":null,"result":${result}}`)
  return asking((asked) => wrap(asked.endsWith('/info') ? info : `[${rowsOf(asked).join()}]`), {
    nowMs,
    options: { account_id: 'a1' },
  })
}
async function readFrom(subscriptions: string[], rowsOf: (asked: string) => string[], from = '2026-11-20') {
  const { context, asked } = account(`{"covered":true,"subscriptions":[${subscriptions.join()}]}`, rowsOf)
  const window = { feed: 'usage', width: 'day', fromMs: day(from), toMs: day('2026-11-24'), open: true } as const
  return { answer: await read(context, window), asked: asked.slice(1).map((one) => one.split('?')[1]) }
}
const linesOf = ({ answer }: Awaited<ReturnType<typeof readFrom>>) =>
  answer.ok ? answer.value.buckets.flatMap(({ startMs, lines }) => lines.map((line) => ({ startMs, ...line }))) : []

describe('billing cycles', () => {
  const cycles = (anchor: string, from: string, to: string) =>
    cyclesOf([{ anchorMs: day(anchor), startMs: day(anchor), endMs: null }], days(from, to)).map(
      ({ fromMs, toMs }) => `${utcDay(fromMs)} ${utcDay(toMs)}`,
    )

  it('begin on the same day of each month', () => {
    expect(cycles('2026-01-12', '2026-11-20', '2026-11-24')).toEqual(['2026-11-12 2026-12-12'])
    expect(cycles('2026-01-12', '2026-11-10', '2026-11-14')).toEqual(['2026-10-12 2026-11-12', '2026-11-12 2026-12-12'])
  })
  it('begin on the last day of a month that is too short', () => {
    expect(cycles('2025-12-31', '2026-02-20', '2026-03-02')).toEqual(['2026-01-31 2026-02-28', '2026-02-28 2026-03-31'])
  })
  it('are none before a subscription began or after it ended', () => {
    expect(cycles('2026-11-22', '2026-09-01', '2026-11-24')).toEqual(['2026-11-22 2026-12-22'])
    const ended = { anchorMs: day('2026-01-05'), startMs: day('2026-01-05'), endMs: day('2026-10-07') }
    expect(cyclesOf([ended], days('2026-11-01', '2026-11-24'))).toEqual([])
    expect(cyclesOf([ended], days('2026-10-01', '2026-11-24')).map(({ fromMs }) => utcDay(fromMs))).toEqual([
      '2026-09-05',
      '2026-10-05',
    ])
  })
  it('cover every day of any window, each once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 120 }),
        (anchor, from, length) => {
          const first = day('2024-01-01')
          const anchorMs = first + anchor * dayMs
          const window = { fromMs: first + (anchor + from) * dayMs, toMs: first + (anchor + from + length) * dayMs }
          const cycles = cyclesOf([{ anchorMs, startMs: anchorMs, endMs: null }], window)
          for (let at = window.fromMs; at < window.toMs; at += dayMs)
            expect(cycles.filter((one) => one.fromMs <= at && at < one.toMs)).toHaveLength(1)
        },
      ),
    )
  })
})

describe('billable usage of Cloudflare', () => {
  it('is asked for by whole cycles, so that the day on which one begins is always in it', async () => {
    const { asked } = await readFrom([subscription('2025-02-08')], () => [], '2026-10-20')
    expect(asked).toEqual(['from=2026-10-08&to=2026-11-07', 'from=2026-11-08&to=2026-11-23'])
  })

  it('is unknown, not zero, where the answer is empty', async () => {
    const { answer } = await readFrom([subscription('2025-02-08')], () => [])
    expect(answer).toEqual({ ok: true, value: { buckets: [] } })
  })

  it('cannot be read of an account that is not covered, and says so', async () => {
    const { context } = account('{"covered":false,"subscriptions":[]}', () => [])
    const window = {
      feed: 'usage',
      width: 'day',
      fromMs: day('2026-11-20'),
      toMs: day('2026-11-24'),
      open: true,
    } as const
    expect(await read(context, window)).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
    const { context: fresh } = account('{"covered":false,"subscriptions":[]}', () => [])
    expect((await checkKey(fresh)).warnings.join(' ')).toContain('self-serve')
  })

  it('is not counted twice where cycles of two subscriptions overlap', async () => {
    const reading = await readFrom([subscription('2025-02-08'), subscription('2025-03-15')], () => [
      row('2026-11-20', '1'),
      row('2026-11-20', '2', ',"SubscriptionId":"other"'),
    ])
    expect(reading.asked).toHaveLength(2)
    expect(linesOf(reading).map(({ costNanos }) => costNanos)).toEqual([3_000_000_000n])
  })

  it('counts equal rows of one answer as what they are: two', async () => {
    const reading = await readFrom([subscription('2025-02-08')], () => [row('2026-11-20', '1'), row('2026-11-20', '1')])
    expect(linesOf(reading).map(({ costNanos }) => costNanos)).toEqual([2_000_000_000n])
  })

  it('is read exactly, with the zone, in its currency, and free usage as zero', async () => {
    const reading = await readFrom([subscription('2025-02-08')], () => [
      row('2026-11-20', '1234567.123456789', ',"ZoneName":"example.com","ZoneId":"z1"'),
      row('2026-11-21', '0', ',"BillingCurrency":"eur","x_new":{"a":[]}'),
      row('2026-11-22', 'null', ',"ContractedCost":"0.75"'),
    ])
    expect(linesOf(reading).map(({ project, currency, costNanos }) => [project, currency, costNanos])).toEqual([
      ['example.com', 'USD', 1_234_567_123_456_789n],
      [null, 'EUR', 0n],
      [null, 'USD', 750_000_000n],
    ])
  })

  it.each(['"a lot"', 'null', 'true'])('is refused with the cost %s', async (cost) => {
    const { answer } = await readFrom([subscription('2025-02-08')], () => [row('2026-11-20', cost)])
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
  })

  it('fails on an error in a good wrapping, by its number', async () => {
    const { context } = asking(() => ({ success: false, errors: [{ code: 1183, message: 'x' }], result: null }), {
      nowMs,
    })
    const window = { feed: 'usage', width: 'day', fromMs: nowMs, toMs: nowMs + dayMs, open: true } as const
    expect(await read(context, window)).toMatchObject({
      ok: false,
      failure: { kind: 'unexpected-response', message: expect.stringContaining('1183') as unknown },
    })
  })
})

describe('a refusal of Cloudflare', () => {
  const refused = (status: number, code: number) =>
    refusal({
      status,
      said: '',
      headers: new Headers(),
      nowMs,
      body: { success: false, errors: [{ code, message: 'x' }] },
    })
  it('tells a torn token, a wrong account and a missing permission apart', () => {
    expect(refused(400, 6003)?.kind).toBe('credential-rejected')
    expect(refused(400, 7003)).toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('account_id') as unknown,
    })
    expect(refused(403, 10000)).toMatchObject({
      kind: 'permission-missing',
      message: expect.stringContaining('Billing: Read') as unknown,
    })
    expect(refused(401, 1000)).toBeNull()
  })
})
