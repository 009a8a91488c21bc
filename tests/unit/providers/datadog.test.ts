import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../electron/http/parse-json.ts'
import { differences } from '../../../electron/providers/datadog/differences.ts'
import { checkKey, keyKind } from '../../../electron/providers/datadog/key.ts'
import { read, refusal } from '../../../electron/providers/datadog/read.ts'
import { estimatedCost } from '../../../electron/providers/datadog/schema.ts'
import { origins, originOf } from '../../../electron/providers/datadog/sites.ts'
import { fail } from '../../../shared/failures.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { dayMs, utcDay } from '../../../shared/time.ts'
import { asking } from '../../fakes/read-context.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

/** Days made of rows whose attributes are given as JSON text, so that numbers arrive as they were written. */
function daysOf(...rows: string[]) {
  const answer = estimatedCost.parse(parseJson(`{"data":[${rows.map((one) => `{"attributes":{${one}}}`).join()}]}`))
  return differences(answer.data.map((one) => one.attributes)).map(({ startMs, lines }) => ({
    day: utcDay(startMs),
    lines: lines.map(({ project, lineItem, tier, costNanos }) => [project, lineItem, tier, costNanos]),
  }))
}
const charge = (product: string, type: string, cost: string) =>
  `{"product_name":"${product}","charge_type":"${type}","cost":${cost}}`
const row = (date: string, charges: string[], rest = '') =>
  `"date":"${date}","org_name":"acme","charges":[${charges.join()}]${rest}`
const total = (date: string, amount: string) => `"date":"${date}T00:00:00Z","org_name":"acme","total_cost":${amount}`

describe('the month so far of Datadog', () => {
  it('becomes what each day added', () => {
    expect(daysOf(total('2026-11-02', '3.5'), total('2026-11-01', '1'), total('2026-11-03', '3.5'))).toEqual([
      { day: '2026-11-01', lines: [['acme', 'not itemised', null, 1_000_000_000n]] },
      { day: '2026-11-02', lines: [['acme', 'not itemised', null, 2_500_000_000n]] },
      { day: '2026-11-03', lines: [] },
    ])
  })

  it('counts a product once, though its total stands beside its parts', () => {
    const charges = [charge('apm', 'committed', '1'), charge('apm', 'on_demand', '2'), charge('apm', 'total', '3')]
    expect(daysOf(row('2026-11-01', charges, ',"total_cost":3'))[0]?.lines).toEqual([
      ['acme', 'apm', 'committed', 1_000_000_000n],
      ['acme', 'apm', 'on_demand', 2_000_000_000n],
    ])
  })

  it('keeps a product that has nothing but a total, and what no charge names', () => {
    const charges = [charge('apm', 'total', '3'), charge('logs', 'on_demand', 'null')]
    expect(daysOf(row('2026-11-01', charges, ',"total_cost":3.75'))[0]?.lines).toEqual([
      ['acme', 'apm', null, 3_000_000_000n],
      ['acme', 'not itemised', null, 750_000_000n],
    ])
  })

  it('takes no rounding of a float for money', () => {
    const charges = [charge('apm', 'on_demand', '0.1'), charge('logs', 'on_demand', '0.2')]
    const linesWith = (amount: string) => daysOf(row('2026-11-01', charges, `,"total_cost":${amount}`))[0]?.lines.length
    expect([linesWith('0.30000000000000004'), linesWith('0.300002'), linesWith('0.299998')]).toEqual([2, 3, 3])
  })

  it('takes off what was corrected, and a product that disappears', () => {
    expect(daysOf(row('2026-11-01', [charge('apm', 'on_demand', '5')]), row('2026-11-02', []))[1]?.lines).toEqual([
      ['acme', 'apm', 'on_demand', -5_000_000_000n],
    ])
  })

  it('gives the days of a gap to the date after it', () => {
    const days = daysOf(total('2026-11-01', '1'), total('2026-11-04', '9'))
    expect(days.map((one) => [one.day, one.lines[0]?.[3]])).toEqual([
      ['2026-11-01', 1_000_000_000n],
      ['2026-11-04', 8_000_000_000n],
    ])
  })

  it('leaves a date without an amount to the date after it, instead of taking it for a refund', () => {
    const unknown = [total('2026-11-02', 'null'), row('2026-11-02', [charge('apm', 'total', 'null')])]
    for (const one of [...unknown, '"date":"2026-11-02","charges":null'])
      expect(daysOf(total('2026-11-01', '1'), one, total('2026-11-03', '3.5'))).toEqual([
        { day: '2026-11-01', lines: [['acme', 'not itemised', null, 1_000_000_000n]] },
        { day: '2026-11-03', lines: [['acme', 'not itemised', null, 2_500_000_000n]] },
      ])
  })

  it('keeps organizations apart, adds rows of one up, and accepts what it does not know', () => {
    const days = daysOf(
      row('2026-11-01', [charge('apm', 'prepaid_magic', '1')], ',"region":"mars"'),
      row('2026-11-01', [charge('apm', 'prepaid_magic', '"0.5"')]),
      `"date":"2026-11-01","public_id":"x1","charges":null,"total_cost":2`,
    )
    expect(days[0]?.lines).toEqual([
      ['acme', 'apm', 'prepaid_magic', 1_500_000_000n],
      ['x1', 'not itemised', null, 2_000_000_000n],
    ])
  })

  it('adds up to its last total again, to the nano', () => {
    const nanos = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    fc.assert(
      fc.property(fc.array(nanos, { minLength: 1, maxLength: 31 }), (totals) => {
        const days = daysOf(
          ...totals.map((one, index) =>
            row(utcDay(day('2026-10-01') + index * dayMs), [charge('apm', 'on_demand', `"${nanosToDecimal(one)}"`)]),
          ),
        )
        const sum = days.flatMap(({ lines }) => lines).reduce((all, line) => all + BigInt(line[3] ?? 0), 0n)
        expect(sum).toBe(totals.at(-1))
      }),
    )
  })
})

describe('reading Datadog', () => {
  const reading = async (site: string, from: string) => {
    const { context, asked } = asking(() => ({ data: [] }), { nowMs, options: { site } })
    const window = {
      feed: 'estimated_cost',
      width: 'day',
      fromMs: day(from),
      toMs: day('2026-11-24'),
      open: true,
    } as const
    expect((await read(context, window)).ok).toBe(true)
    return asked
  }

  it('asks the site of the account, for whole months', async () => {
    expect(await reading('us5.datadoghq.com', '2026-11-20')).toEqual([
      'https://api.us5.datadoghq.com/api/v2/usage/estimated_cost?view=sub-org&start_date=2026-11-01&end_date=2026-11-23',
    ])
  })
  it('asks for nothing older than the month before, which would be refused', async () => {
    const asked = await reading('datadoghq.com', '2026-09-22')
    expect(asked.map((one) => /start_date=([\d-]+)&end_date=([\d-]+)/.exec(one)?.slice(1))).toEqual([
      ['2026-10-01', '2026-10-31'],
      ['2026-11-01', '2026-11-23'],
    ])
  })
  it('goes to Datadog whatever the site is said to be', () => {
    expect(origins).toHaveLength(9)
    expect(originOf('evil.example')).toBe('https://api.datadoghq.com')
    expect(originOf('constructor')).toBe('https://api.datadoghq.com')
    expect(originOf('datadoghq.eu')).toBe('https://api.datadoghq.eu')
  })
})

describe('keys of Datadog', () => {
  it('that are wrong are told from keys that may not read costs', async () => {
    const check = (refusing: string) =>
      checkKey(
        asking(
          (asked) => {
            if (asked.includes(refusing)) throw fail('permission-missing', 'no', { status: 403 })
            return { data: [], status: 'ok' }
          },
          { nowMs, options: { site: 'datadoghq.com' } },
        ).context,
      )
    expect((await check('validate_keys')).failure?.kind).toBe('credential-rejected')
    expect((await check('estimated_cost')).failure?.kind).toBe('permission-missing')
    expect((await check('nothing')).ok).toBe(true)
  })
  it('are better with scopes, which nobody can see from outside', () => {
    expect(keyKind('a:b').warnings.join()).toContain('usage_read and billing_read')
  })
  it('wait as many seconds as Datadog says', () => {
    const headers = new Headers({ 'x-ratelimit-reset': '42' })
    const failure = refusal({ status: 429, said: '', headers, nowMs, body: null })
    expect(failure).toMatchObject({ kind: 'rate-limited', retryAtMs: nowMs + 42_000 })
  })
  it('that are refused are told about permissions, parent and site', () => {
    const failure = refusal({ status: 403, said: 'Forbidden', headers: new Headers(), nowMs, body: null })
    for (const words of ['usage_read and billing_read', 'parent', 'site', 'Forbidden'])
      expect(failure?.message).toContain(words)
  })
})
