import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sift } from '../../../electron/rates/believable.ts'

const rate = (day: string, perEuro: string, currency = 'USD') => ({ currency, day, perEuro })

describe('a rate that leaps', () => {
  it('by more than a quarter is held back, either way; a quarter itself is not', () => {
    const known = [rate('2026-11-20', '1')]
    const held = (perEuro: string) => sift([rate('2026-11-23', perEuro)], known).held.length
    expect([held('1.25'), held('1.2501'), held('0.8'), held('0.7999')]).toEqual([0, 1, 0, 1])
  })
  it('does not drag the others along, nor the days after it', () => {
    const { good, held } = sift(
      [rate('2026-11-24', '1.13'), rate('2026-11-23', '11.2'), rate('2026-11-23', '0.85', 'GBP')],
      [rate('2026-11-20', '1.12')],
    )
    expect(held).toEqual([rate('2026-11-23', '11.2')])
    expect(good).toEqual([rate('2026-11-23', '0.85', 'GBP'), rate('2026-11-24', '1.13')])
  })
  it('is told day by day: a slow fall is no leap', () => {
    const fall = ['1', '1.2', '1.44', '1.7'].map((perEuro, at) => rate(`2026-11-0${at + 1}`, perEuro))
    expect(sift(fall, []).held).toEqual([])
  })
  it('is none where only the past lies far from what is known now', () => {
    const quarter = ['1', '1.2', '1.44'].map((perEuro, at) => rate(`2026-11-0${at + 1}`, perEuro))
    expect(sift(quarter, [rate('2026-11-03', '1.44')]).held).toEqual([])
  })
  it('loses nothing and makes nothing up', () => {
    const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-11-0${n}`)
    const some = fc.array(fc.tuple(day, fc.integer({ min: 1, max: 400 })).map(([on, n]) => rate(on, String(n / 100))))
    fc.assert(
      fc.property(some, (rates) => {
        const { good, held } = sift(rates, [])
        expect(good.length + held.length).toBe(rates.length)
      }),
    )
  })
})
