import { describe, expect, it } from 'vitest'
import { bandsOf, stepTotals, sumKnown } from '../../../../renderer/charts/bands.ts'
import type { History } from '../../../../shared/spend.ts'

const steps = ['2026-11-21', '2026-11-22', '2026-11-23']

function history(
  series: Record<string, (string | null)[]>,
  planes: History['planes'] = ['billed', null, 'estimate'],
  currency = 'USD',
): History {
  return {
    zone: 'UTC',
    steps,
    planes,
    currencies: [],
    series: Object.entries(series).map(([key, effective]) => ({ key, label: key, currency, effective })),
    scopes: [],
  }
}

describe('the bands of the stack', () => {
  it('come largest first', () => {
    expect(bandsOf(history({ small: ['1', null, '1'], large: ['5', null, '5'] }), 'USD').map(({ key }) => key)).toEqual(
      ['large', 'small'],
    )
  })

  it('of one currency are billed, whatever another one is', () => {
    const both = {
      ...history({ bill: ['5', '5', '5'] }, ['mixed', 'mixed', 'estimate'], 'EUR'),
      currencies: [{ currency: 'EUR', planes: ['billed', 'billed', 'billed'] satisfies History['planes'] }],
    }
    expect(stepTotals(both, 'EUR').map(({ plane }) => plane)).toEqual(['billed', 'billed', 'billed'])
    expect(stepTotals(both, 'USD').map(({ plane }) => plane)).toEqual(['mixed', 'mixed', 'estimate'])
  })

  it('sum exactly, without floats', () => {
    expect(bandsOf(history({ a: ['0.1', '0.2', null] }), 'USD')[0]?.total).toBe('0.3')
  })

  it('put what the palette cannot hold into one band, which loses no money', () => {
    const many = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`m${index}`, [String(index + 1), null, '0']]),
    )
    const bands = bandsOf(history(many), 'USD', 4)
    expect(bands.map(({ label }) => label)).toEqual(['m9', 'm8', 'm7', 'Other (7)'])
    expect(sumKnown(bands.map(({ total }) => total))).toBe('55')
  })

  it('keep a step unknown in the band of the others when no part of it is known', () => {
    const bands = bandsOf(history({ a: ['1', null, '1'], b: ['2', null, '2'], c: ['3', null, '3'] }), 'USD', 2)
    expect(bands[1]?.amounts).toEqual(['3', null, '3'])
  })

  it('never mix currencies', () => {
    const mixed = history({ a: ['1', '1', '1'] })
    mixed.series.push({ key: 'e', label: 'e', currency: 'EUR', effective: ['9', '9', '9'] })
    expect(bandsOf(mixed, 'USD').map(({ key }) => key)).toEqual(['a'])
    expect(stepTotals(mixed, 'EUR')[0]?.amount).toBe('9')
  })
})

describe('the totals beside the chart', () => {
  it('say unknown for a day nobody could read, not 0', () => {
    expect(stepTotals(history({ a: ['1', '0', '2'], b: ['0.5', '0', '0'] }), 'USD')).toEqual([
      { step: '2026-11-21', plane: 'billed', amount: '1.5' },
      { step: '2026-11-22', plane: null, amount: null },
      { step: '2026-11-23', plane: 'estimate', amount: '2' },
    ])
  })
})
