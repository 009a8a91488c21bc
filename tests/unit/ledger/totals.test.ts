import { describe, expect, it } from 'vitest'
import { totalOfRows } from '../../../electron/ledger/totals.ts'
import { spend } from '../../../shared/amounts.ts'

const row = (key: string, amount: string | null) => ({
  key,
  label: key,
  asOf: null,
  currency: 'VND',
  effective: amount,
  billed: amount,
  estimate: null,
})

describe('the total of a report', () => {
  it('is the sum of its rows, also where that is more than a 64-bit integer of nanos', () => {
    const rows = [row('a', '6100000000.000000001'), row('b', '12200000000'), row('c', null)]
    const [total] = totalOfRows(rows, [{ currency: 'VND', effective: '0', billed: '0', estimate: null }])
    expect(total).toEqual({
      currency: 'VND',
      effective: '18300000000.000000001',
      billed: '18300000000.000000001',
      estimate: null,
    })
    expect(spend.parse(total)).toEqual(total)
  })
})
