import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, nanosToDecimal, parseNanos, parseSum, isStorable, shareOf } from '../../../shared/money.ts'

describe('parseNanos', () => {
  it.each([
    ['1', 1_000_000_000n],
    ['0.4137250000000000000000000000', 413_725_000n],
    ['0E-6176', 0n],
    ['2.5e-06', 2_500n],
    ['-3.10', -3_100_000_000n],
    ['.5', 500_000_000n],
    ['+7', 7_000_000_000n],
  ])('reads %s exactly', (text, nanos) => expect(parseNanos(text)).toBe(nanos))

  it('rounds a half nano to the even neighbour, and more than half up', () => {
    expect(parseNanos('0.0000000005')).toBe(0n)
    expect(parseNanos('0.0000000015')).toBe(2n)
    expect(parseNanos('0.0000000005000000000000000001')).toBe(1n)
    expect(parseNanos('-0.0000000015')).toBe(-2n)
  })

  it('reads cents with their decimals', () => expect(parseNanos('412.78912', 100n)).toBe(4_127_891_200n))

  it.each(['', ' ', 'NaN', 'Infinity', '0x10', '1,000', '1.2.3', '12 USD', '1e', '--1', '1e999999999'])(
    'answers null, not zero, for %j',
    (text) => expect(parseNanos(text)).toBeNull(),
  )

  it('refuses an amount that does not fit 64 bits', () => {
    expect(parseNanos('9223372036.854775807')).toBe(9_223_372_036_854_775_807n)
    expect(parseNanos('9223372036.854775808')).toBeNull()
  })

  it('reads a sum of any size', () => {
    expect(parseSum('9223372036.854775808')).toBe(9_223_372_036_854_775_808n)
    expect(parseSum('many')).toBeNull()
  })

  it('gives back what nanosToDecimal wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (nanos) => {
        expect(parseSum(nanosToDecimal(nanos))).toBe(nanos)
        expect(parseNanos(nanosToDecimal(nanos))).toBe(isStorable(nanos) ? nanos : null)
      }),
    )
  })

  it('is never further than half a nano from the text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), (digits) => {
        const text = `0.${digits.toString().padStart(30, '0')}`
        const nanos = parseNanos(text) ?? -1n
        const scaled = BigInt(text.slice(2))
        const difference = nanos * 10n ** 21n - scaled
        expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(5n * 10n ** 20n)
      }),
    )
  })
})

describe('shareOf', () => {
  it('splits an amount into parts that add up to within a nano', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 1_000n }), (whole, part) => {
        const sum = shareOf(whole, part, 1_000n) + shareOf(whole, 1_000n - part, 1_000n)
        expect(sum - whole).toBeGreaterThanOrEqual(-1n)
        expect(sum - whole).toBeLessThanOrEqual(1n)
      }),
    )
  })
  it('is zero when there is nothing to share by', () => expect(shareOf(5n, 1n, 0n)).toBe(0n))
})

describe('formatMoney', () => {
  it('says unknown for a missing amount', () => expect(formatMoney(null, 'USD', 'en-US')).toBe('unknown'))
  it('shows two decimals, and more below a cent', () => {
    expect(formatMoney('12.4', 'USD', 'en-US')).toBe('$12.40')
    expect(formatMoney('0.000123', 'USD', 'en-US')).toBe('$0.000123')
  })
  it('never says 0 for what is more than nothing', () => {
    expect(formatMoney('0.000000004', 'USD', 'en-US')).toBe('$0.000000004')
    expect(formatMoney('0', 'USD', 'en-US')).toBe('$0.00')
  })
})
