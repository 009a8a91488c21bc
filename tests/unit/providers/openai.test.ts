import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../electron/http/parse-json.ts'
import { parseCosts } from '../../../electron/providers/openai/parse.ts'
import { costsPage } from '../../../electron/providers/openai/schema.ts'

const startS = Date.UTC(2026, 10, 20) / 1_000

/** One day of the Costs endpoint whose rows are given as JSON text, so that numbers arrive as they were written. */
const read = (...rows: string[]) =>
  costsPage.safeParse(
    parseJson(
      `{"object":"page","data":[{"object":"bucket","start_time":${startS},"end_time":null,"results":[${rows.join()}]}]}`,
    ),
  )
const costs = (...rows: string[]) => {
  const page = read(...rows)
  if (!page.success) throw page.error
  return parseCosts(page.data.data)
}
const row = (value: string, rest = '') =>
  `{"object":"organization.costs.result","amount":{"value":${value},"currency":"usd"}${rest}}`

describe('a row of OpenAI costs', () => {
  it.each([
    ['a number', '0.06', 60_000_000n],
    ['text', '"0.4137250000000000000000000000"', 413_725_000n],
    ['thirty decimals', '"0.000000001500000000000000000001"', 2n],
    ['half a nano, to the even side', '"0.0000000025"', 2n],
    ['a zero with an exponent', '"0E-6176"', 0n],
    ['a small number with an exponent', '1.5e-8', 15n],
    ['more digits than a double holds', '12345678.123456789', 12_345_678_123_456_789n],
    ['a credit', '"-12.5"', -12_500_000_000n],
  ])('takes an amount that is %s', (_, value, nanos) => {
    expect(costs(row(value))[0]?.lines[0]?.costNanos).toBe(nanos)
  })
  it.each(['"a lot"', '"NaN"', '"1,000.00"', '""', 'null', 'true', '{}', '"1e999999999"'])(
    'refuses the amount %s',
    (value) => {
      expect(read(row(value)).success).toBe(false)
    },
  )
  it.each(['us1', '$$$', 'us', 'credits', ''])('refuses an amount of "%s", which is no currency', (code) => {
    expect(read(`{"amount":{"value":1,"currency":"${code}"}}`).success).toBe(false)
  })
  it('does not lose the money beside a quantity that makes no sense', () => {
    expect(costs(row('1', ',"quantity":"n/a"'))[0]?.lines[0]).toMatchObject({ costNanos: 10n ** 9n, quantity: null })
  })
  it('accepts fields and line items nobody has seen before', () => {
    const [bucket] = costs(
      row('1', ',"line_item":"Holograms, per cubic metre","quantity":null,"quantity_unit":"m3","project_name":"x"'),
    )
    expect(bucket?.lines[0]).toMatchObject({ lineItem: 'Holograms, per cubic metre', project: null, quantity: null })
  })
})

describe('a day of OpenAI costs', () => {
  it('is a lower bound when a row names no amount', () => {
    const [bucket] = costs(row('2'), '{"object":"organization.costs.result","amount":null}')
    expect(bucket).toMatchObject({ incomplete: true, lines: [{ costNanos: 2_000_000_000n }] })
  })
  it('is unknown, not free, when no row names an amount', () => {
    expect(costs('{"object":"organization.costs.result"}')).toEqual([])
  })
  it('is free when it has no rows', () =>
    expect(costs()).toEqual([{ startMs: startS * 1_000, width: 'day', lines: [] }]))
  it('is refused when it has no list of rows at all', () => {
    const page = (rest: string) => costsPage.safeParse(parseJson(`{"data":[{"start_time":${startS}${rest}}]}`)).success
    expect([page(''), page(',"results":null'), page(',"results":[]')]).toEqual([false, false, true])
  })
})
