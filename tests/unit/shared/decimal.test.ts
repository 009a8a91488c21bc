import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multiplyToNanos, parseDecimal, roundHalfEven } from '../../../shared/decimal.ts'

/** Decimal text and, by another way than the code under test, the ratio it stands for. */
const decimalText = fc
  .record({
    negative: fc.boolean(),
    whole: fc.bigInt({ min: 0n, max: 10n ** 24n }),
    fraction: fc.stringMatching(/^\d{0,30}$/),
    exponent: fc.integer({ min: -30, max: 30 }),
  })
  .map(({ negative, whole, fraction, exponent }) => {
    const digits = (negative ? -1n : 1n) * BigInt(`${whole}${fraction}`)
    const shift = exponent - fraction.length
    return {
      text: `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}${exponent === 0 ? '' : `e${exponent}`}`,
      numerator: shift >= 0 ? digits * 10n ** BigInt(shift) : digits,
      denominator: shift >= 0 ? 1n : 10n ** BigInt(-shift),
    }
  })

describe('reading decimal text', () => {
  it.each([
    ['0', 0n, 0],
    ['-0', 0n, 0],
    ['12', 12n, 0],
    ['+12', 12n, 0],
    ['-1.50', -150n, 2],
    ['.5', 5n, 1],
    ['5.', 5n, 0],
    ['2.5e-06', 25n, 7],
    ['1E3', 1000n, 0],
    ['1.25e1', 125n, 1],
    ['0.4137250000000000000000000000', 4137250000000000000000000000n, 28],
  ])('takes %s exactly', (text, digits, scale) => {
    expect(parseDecimal(text)).toEqual({ digits, scale })
  })

  it('takes the zero with an absurd exponent that OpenAI has been seen to send', () => {
    expect(parseDecimal('0E-6176')).toEqual({ digits: 0n, scale: 0 })
  })

  it.each([
    '',
    ' ',
    '\t',
    'NaN',
    'Infinity',
    '-Infinity',
    '0x10',
    '1_000',
    '1,5',
    '.',
    '-',
    'e5',
    '1e',
    '1e1.5',
    ' 1',
    '1 ',
    '1\n',
    '--1',
    '١',
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNull()
  })

  it.each(['1e999999', '1e-999999', '1e999999999999', `1${'0'.repeat(1_000_000)}`, `0.${'0'.repeat(1_000_000)}1`])(
    'refuses numbers of absurd size without building them (%#)',
    (text) => {
      expect(parseDecimal(text)).toBeNull()
    },
  )

  it('agrees with the ratio a text stands for', () => {
    fc.assert(
      fc.property(decimalText, ({ text, numerator, denominator }) => {
        const read = parseDecimal(text)
        expect(read && read.digits * denominator).toBe(read && numerator * 10n ** BigInt(read.scale))
      }),
    )
  })
})

describe('rounding half to even', () => {
  it.each([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-1n, 2n, 0n],
    [-3n, 2n, -2n],
    [-5n, 2n, -2n],
    [51n, 100n, 1n],
    [49n, 100n, 0n],
    [-51n, 100n, -1n],
    [10n, 3n, 3n],
    [11n, 3n, 4n],
  ])('makes %s/%s to %s', (numerator, denominator, expected) => {
    expect(roundHalfEven(numerator, denominator)).toBe(expected)
  })

  it('is never further than a half away, and even when exactly between', () => {
    const big = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    fc.assert(
      fc.property(big, fc.bigInt({ min: 1n, max: 10n ** 20n }), (numerator, denominator) => {
        const rounded = roundHalfEven(numerator, denominator)
        const twice = 2n * (numerator - rounded * denominator)
        const distance = twice < 0n ? -twice : twice
        expect(distance <= denominator).toBe(true)
        if (distance === denominator) expect(rounded % 2n).toBe(0n)
      }),
    )
  })

  it('does not care for the sign', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (n, d) => {
        expect(roundHalfEven(-n, d)).toBe(-roundHalfEven(n, d))
      }),
    )
  })
})

describe('multiplying to nanos', () => {
  it('rounds once, at the end', () => {
    expect(multiplyToNanos('206862.5', '0.000002')).toBe(413_725_000n)
    expect(multiplyToNanos('0.5', '0.000000001')).toBe(0n)
    expect(multiplyToNanos('1.5', '0.000000001')).toBe(2n)
    expect(multiplyToNanos('1000000', '1e-06')).toBe(1_000_000_000n)
  })

  it('agrees with rational arithmetic', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const expected = roundHalfEven(a.numerator * b.numerator * 1_000_000_000n, a.denominator * b.denominator)
        expect(multiplyToNanos(a.text, b.text)).toBe(expected)
      }),
    )
  })

  it('throws for what is not a number, which is a bug of the caller', () => {
    expect(() => multiplyToNanos('NaN', '1')).toThrow(RangeError)
    expect(() => multiplyToNanos('1', '')).toThrow(RangeError)
  })
})
