import { describe, expect, it } from 'vitest'
import { tryAccount } from '../../../electron/calls/try-account.ts'
import { api, manifest } from '../providers/custom/support.ts'

const tried = (text: string, ...answers: object[]) => {
  const { context, options } = api(text, ...answers)
  return tryAccount({ provider: 'custom', options }, context('secret-key'))
}
const row = (date: string, cost: unknown, more: object = {}) => ({ date, cost, ...more })

describe('trying an account', () => {
  it('shows the newest rows as they were understood, their number, and a sum for each currency', async () => {
    const text = manifest({ model: 'm', currency: 'unit' })
    const data = [
      row('2026-11-20', '0.1', { unit: 'usd', m: 'large' }),
      row('2026-11-22', 0.2, { unit: 'usd' }),
      row('2026-11-21', '3', { unit: 'eur' }),
    ]
    const { ok, sources } = await tried(text, { data })
    expect(ok).toBe(true)
    expect(sources[0]).toMatchObject({
      id: 'costs',
      from: '2026-11-16T00:00:00.000Z',
      count: 3,
      sums: [
        { currency: 'USD', amount: '0.3' },
        { currency: 'EUR', amount: '3' },
      ],
      warnings: [],
    })
    expect(sources[0]?.rows.map(({ at, amount, model }) => [at?.slice(0, 10), amount, model])).toEqual([
      ['2026-11-22', '0.2', null],
      ['2026-11-21', '3', null],
      ['2026-11-20', '0.1', 'large'],
    ])
  })

  it.each([
    ['no row', [], 'There was no row'],
    ['no money', [row('2026-11-22', 0), row('2026-11-21', '0.00')], 'All amounts are 0'],
    ['days of long ago', [row('2025-11-22', 1), row('2026-11-22', 1)], '1 of 2 rows are of another time'],
    ['days to come', [row('2026-12-24', 1)], 'Some rows lie in the future'],
  ])('doubts what can be read but may be misunderstood: %s', async (_what, data, words) => {
    const { sources } = await tried(manifest(), { data })
    expect(sources[0]?.warnings.join(' ')).toContain(words)
  })

  it('names the expression and the row where it failed, and does not work then', async () => {
    const answer = await tried(manifest({ amount: 'price.usd' }), { data: [row('2026-11-22', 1)] })
    expect(answer).toMatchObject({ ok: false, sources: [{ count: 0 }] })
    expect(answer.sources[0]?.failure?.message).toBe('feeds.0.amount: "price.usd" finds nothing in row 1 of /costs.')
  })

  it('shows no more than the newest ten rows, and counts them all', async () => {
    const data = Array.from({ length: 40 }, (_, index) => row('2026-11-22', index))
    expect((await tried(manifest(), { data })).sources[0]).toMatchObject({ count: 40, rows: { length: 10 } })
  })

  it('tells what is left of prepaid money', async () => {
    const text = manifest({ reads: 'balance', plane: 'estimate', width: undefined, start: undefined, rows: '[@]' })
    const { sources, balances } = await tried(text, { cost: '12.5' })
    expect(balances).toEqual({ failure: null, left: [{ currency: 'USD', amount: '12.5' }] })
    expect(sources[0]).toMatchObject({ count: 1, sums: [] })
  })
})
