import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectivePlane, standingPlanes } from '../../../electron/ledger/effective.ts'
import { createBookOf } from '../../../electron/rates/stored-book.ts'
import { noRates } from '../../../shared/rates.ts'

const today = '2026-11-24'
const rates = createBookOf([{ currency: 'USD', day: today, perEuro: '1.25' }])
const known = (currency: string, billed: number | null, estimate: number | null, billedMature = false) => ({
  currency,
  billedNanos: billed === null ? null : BigInt(billed),
  estimateNanos: estimate === null ? null : BigInt(estimate),
  billedMature,
})
const stands = (day: ReturnType<typeof known>[], book = rates) => Object.fromEntries(standingPlanes(day, today, book))

describe('what stands for a day', () => {
  it('is a final bill, in whatever currency it comes, and without any rate', () => {
    expect(stands([known('EUR', 20, 0, true), known('USD', 0, 90)], noRates)).toEqual({ EUR: 'billed', USD: 'billed' })
  })
  it('is the larger of the two while the bill grows', () => {
    expect(stands([known('EUR', 20, 0), known('USD', 0, 26)])).toEqual({ EUR: 'estimate', USD: 'estimate' })
    expect(stands([known('EUR', 20, 0), known('USD', 0, 24)])).toEqual({ EUR: 'billed', USD: 'billed' })
    expect(stands([known('EUR', 20, 0), known('USD', 0, 25)])).toEqual({ EUR: 'billed', USD: 'billed' })
  })
  it('is each by itself where no rate tells', () => {
    expect(stands([known('EUR', 20, 0), known('USD', 0, 26)], noRates)).toEqual({ EUR: 'billed', USD: 'estimate' })
  })
  it('is each by itself where every estimate has a bill in its own currency', () => {
    expect(stands([known('EUR', 20, 0), known('USD', 9, 10)])).toEqual({ EUR: 'billed', USD: 'estimate' })
  })
  it('is the estimate while there is no bill at all', () => {
    expect(stands([known('USD', null, 10)])).toEqual({ USD: 'estimate' })
  })
  it('is what it always was where there is one currency', () => {
    const nanos = fc.option(fc.integer({ min: -5, max: 5 }))
    fc.assert(
      fc.property(nanos, nanos, fc.boolean(), (billed, estimate, mature) => {
        const day = known('USD', billed, estimate, mature)
        expect(stands([day])).toEqual({ USD: effectivePlane(day) })
      }),
    )
  })
})
