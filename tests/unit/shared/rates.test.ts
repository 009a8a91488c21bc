import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nanosToDecimal, parseSum } from '../../../shared/money.ts'
import {
  countIn,
  createRateBook,
  exchangeNanos,
  isOld,
  noRates,
  parseRate,
  type ManualRate,
  type Quote,
} from '../../../shared/rates.ts'

const quote = (day: string, text: string): Quote => ({
  day,
  ...(parseRate(text) ?? { numerator: 0n, denominator: 1n }),
})
const published: Record<string, Quote[]> = {
  USD: [quote('2026-11-20', '1.1'), quote('2026-11-23', '1.2'), quote('2026-11-24', '1.25')],
  GBP: [quote('2026-11-20', '0.8'), quote('2026-11-23', '0.75')],
}
const bookOf = (manual: ManualRate[] = []) =>
  createRateBook({ quotes: (currency) => ({ source: 'ecb', quotes: published[currency] ?? [] }), manual: () => manual })
const million = 1_000_000_000_000_000n
const dear = (rate: ReturnType<ReturnType<typeof bookOf>['rateOn']>) => rate && exchangeNanos(million, rate)

describe('a rate of a day', () => {
  const book = bookOf()
  it('is the one published on it, or last before it', () => {
    expect(book.rateOn('EUR', 'USD', '2026-11-23')).toMatchObject({ day: '2026-11-23', source: 'ecb' })
    expect(book.rateOn('EUR', 'USD', '2026-11-22')).toMatchObject({ day: '2026-11-20' })
    expect(book.rateOn('EUR', 'USD', '2027-01-01')).toMatchObject({ day: '2026-11-24' })
  })
  it('is the first known one for days before that', () => {
    expect(book.rateOn('EUR', 'USD', '2026-01-01')).toMatchObject({ day: '2026-11-20' })
  })
  it('goes through the euro between two others, and is as old as the older one', () => {
    const cross = book.rateOn('USD', 'GBP', '2026-11-24')
    expect(dear(cross)).toBe((million * 75n) / 125n)
    expect(cross?.day).toBe('2026-11-23')
  })
  it('is unknown for a currency that nobody quotes, and never 0 or 1', () => {
    expect(book.rateOn('TWD', 'USD', '2026-11-24')).toBeNull()
    expect(book.rateOn('USD', 'TWD', '2026-11-24')).toBeNull()
    expect(noRates.rateOn('USD', 'EUR', '2026-11-24')).toBeNull()
  })
  it('is what a person set, from its day on, both ways, until the next', () => {
    const manual = bookOf([
      { from: 'USD', to: 'EUR', rate: '0.5', fromDay: '2026-11-23' },
      { from: 'EUR', to: 'USD', rate: '4', fromDay: '2026-11-25' },
      { from: 'TWD', to: 'USD', rate: '0.03', fromDay: '2026-01-01' },
    ])
    expect(manual.rateOn('USD', 'EUR', '2026-11-22')?.source).toBe('ecb')
    expect(manual.rateOn('USD', 'EUR', '2026-11-24')).toMatchObject({ source: 'manual', day: '2026-11-23' })
    expect(dear(manual.rateOn('USD', 'EUR', '2026-11-24'))).toBe(million / 2n)
    expect(dear(manual.rateOn('EUR', 'USD', '2026-11-24'))).toBe(million * 2n)
    expect(dear(manual.rateOn('USD', 'EUR', '2026-11-25'))).toBe(million / 4n)
    expect(dear(manual.rateOn('TWD', 'USD', '2026-11-25'))).toBe((million * 3n) / 100n)
  })
  it('is old beyond a week, unless a person set it', () => {
    const rate = { numerator: 1n, denominator: 1n, day: '2026-04-02', source: 'ecb' as const }
    expect(isOld(rate, '2026-04-09')).toBe(false)
    expect(isOld(rate, '2026-04-10')).toBe(true)
    expect(isOld({ ...rate, source: 'manual' }, '2027-01-01')).toBe(false)
  })
})

describe('parseRate', () => {
  it.each(['0', '-1', '', 'NaN', '1,2', '0.0'])('refuses %j', (text) => expect(parseRate(text)).toBeNull())
})

describe('an exchanged amount', () => {
  const nanos = fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n })
  const rate = fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, scale]) => ({ numerator: digits, denominator: 10n ** BigInt(scale) }))
  const size = (value: bigint) => (value < 0n ? -value : value)

  it('is never further than half a nano from the exact one', () => {
    fc.assert(
      fc.property(nanos, rate, (amount, one) => {
        const off = exchangeNanos(amount, one) * one.denominator - amount * one.numerator
        expect(size(off) * 2n).toBeLessThanOrEqual(one.denominator)
      }),
    )
  })
  it('comes back, but for what half a nano there is worth here', () => {
    fc.assert(
      fc.property(nanos, rate, (amount, one) => {
        const back = exchangeNanos(exchangeNanos(amount, one), {
          numerator: one.denominator,
          denominator: one.numerator,
        })
        const most = one.denominator / one.numerator / 2n + 2n
        expect(size(back - amount)).toBeLessThanOrEqual(most)
      }),
    )
  })
  it('of a sum is the sum of the exchanged, but for a nano', () => {
    fc.assert(
      fc.property(nanos, nanos, rate, (a, b, one) => {
        expect(size(exchangeNanos(a, one) + exchangeNanos(b, one) - exchangeNanos(a + b, one))).toBeLessThanOrEqual(1n)
      }),
    )
  })
  it('grows with the amount, and keeps its sign', () => {
    fc.assert(
      fc.property(nanos, nanos, rate, (a, b, one) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(exchangeNanos(low, one) <= exchangeNanos(high, one)).toBe(true)
        expect(exchangeNanos(-a, one)).toBe(-exchangeNanos(a, one))
      }),
    )
  })
  it('goes through a third currency without being rounded there', () => {
    const cross = bookOf().rateOn('USD', 'GBP', '2026-11-24')
    const viaEuro = bookOf().rateOn('USD', 'EUR', '2026-11-24')
    expect(cross && exchangeNanos(3n, cross)).toBe(2n) // 1.8
    expect(viaEuro && exchangeNanos(3n, viaEuro)).toBe(2n) // 2.4: rounded here, the pounds would be 1.5
  })
})

describe('a sum of several currencies', () => {
  const sums = (values: Record<string, bigint>) => new Map(Object.entries(values))
  const day = (utcDay: string, values: Record<string, bigint>) => ({ utcDay, sums: sums(values) })

  it('takes its own as it is and does not even look at days when there is no other', () => {
    const days = () => {
      throw new Error('looked')
    }
    expect(countIn('USD', sums({ USD: 5n, EUR: 0n }), days, bookOf())).toEqual({
      nanos: 5n,
      exchanges: [],
      missing: [],
    })
  })
  it('takes each day at its own rate, so that the past stays when a new rate comes', () => {
    const before = countIn('USD', sums({ EUR: 200n }), () => [day('2026-11-20', { EUR: 200n })], bookOf())
    const after = countIn(
      'USD',
      sums({ EUR: 300n }),
      () => [day('2026-11-20', { EUR: 200n }), day('2026-11-24', { EUR: 100n })],
      bookOf(),
    )
    expect([before.nanos, after.nanos]).toEqual([220n, 345n])
    expect(after.exchanges[0]).toMatchObject({ currency: 'EUR', nanos: 300n, intoNanos: 345n, ratesFrom: '2026-11-20' })
    expect(after.exchanges[0]?.rate.day).toBe('2026-11-24')
  })
  it('names what it lacks, and leaves it out', () => {
    const days = () => [day('2026-11-24', { EUR: 100n, TWD: 7n, USD: 1n })]
    const { nanos, missing } = countIn('USD', sums({ EUR: 100n, TWD: 7n, USD: 1n }), days, bookOf())
    expect([nanos, missing]).toEqual([126n, ['TWD']])
  })
  it('may be larger than any amount that is stored', () => {
    const much = 9n * 10n ** 18n
    const { nanos } = countIn('USD', sums({ EUR: much }), () => [day('2026-11-24', { EUR: much })], bookOf())
    expect(nanos).toBeGreaterThan(much)
    expect(parseSum(nanosToDecimal(nanos))).toBe(nanos)
  })
})
