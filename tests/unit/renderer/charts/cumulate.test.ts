import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumKnown } from '../../../../renderer/charts/bands.ts'
import { cumulatePlanes, runningSums } from '../../../../renderer/charts/cumulate.ts'
import { nanosToDecimal } from '../../../../shared/money.ts'

describe('the sum up to each step', () => {
  it('leaves unknown steps out and goes on behind them', () => {
    expect(runningSums(['0.1', '0.2', null, '0.3'])).toEqual(['0.1', '0.3', null, '0.6'])
  })

  it('ends, exactly, at the sum of all that is known', () => {
    const amount = fc.option(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map(nanosToDecimal))
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        expect(runningSums(amounts).findLast((sum) => sum !== null) ?? null).toBe(sumKnown(amounts))
      }),
    )
  })

  it('is billed only as long as all of it is', () => {
    expect(cumulatePlanes(['billed', null, 'billed', 'estimate', 'billed'])).toEqual([
      'billed',
      null,
      'billed',
      'mixed',
      'mixed',
    ])
    expect(cumulatePlanes(['estimate', 'estimate'])).toEqual(['estimate', 'estimate'])
  })
})
