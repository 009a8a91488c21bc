import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPriceBook } from '../../../electron/prices/price-book.ts'
import { loadPriceBook } from '../../../electron/prices/load-price-book.ts'
import { rateOf, reduced, times } from '../../../electron/prices/rate.ts'
import { multiplyToNanos, roundHalfEven } from '../../../shared/decimal.ts'
import { meters, type Meter } from '../../../electron/prices/usage.ts'
import { book, row } from './support.ts'

const contexts = fc.record({
  provider: fc.constantFrom('openai', 'anthropic'),
  model: fc.constantFrom(
    'gpt-5-mini',
    'o4-mini',
    'gpt-4o-mini',
    'claude-opus-5',
    'claude-haiku-5-5',
    'whisper-1',
    'unheard-of',
    null,
  ),
  tier: fc.constantFrom('standard', 'batch', 'flex', 'priority', 'unknown') as fc.Arbitrary<'standard'>,
  longContext: fc.boolean(),
  region: fc.constantFrom('us', 'global', null),
  speed: fc.constantFrom('fast', 'standard', null),
})

function costOf(context: object, meter: Meter, quantity: string): bigint {
  return book.price(row(context), [{ meter, quantity }])[0]?.costNanos ?? -1n
}

describe('the price book', () => {
  it('is exact: parts of a count cost together what the whole costs, to a nano each', () => {
    const count = fc.bigInt({ min: 0n, max: 10n ** 15n })
    fc.assert(
      fc.property(contexts, fc.constantFrom(...meters), count, count, (context, meter, a, b) => {
        const apart = costOf(context, meter, String(a)) + costOf(context, meter, String(b))
        const whole = costOf(context, meter, String(a + b))
        const gap = whole - apart
        expect(gap >= -1n && gap <= 1n).toBe(true)
      }),
    )
  })

  it('rounds the exact product of count, rate and factor once', () => {
    // o4-mini with priority is 20/11 of $4.40: $8, through two fractions that do not end.
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }), (digits, scale) => {
        const text = scale === 0 ? String(digits) : `${digits}e-${scale}`
        expect(costOf({ model: 'o4-mini', tier: 'priority' }, 'output', text)).toBe(multiplyToNanos(text, '0.000008'))
        const thirds = roundHalfEven(digits * 34n * 1_000_000_000n, 60_000n * 10n ** BigInt(scale))
        expect(costOf({ model: 'gpt-realtime-translate' }, 'second', text)).toBe(thirds)
      }),
    )
  })

  it('never charges more for less', () => {
    fc.assert(
      fc.property(contexts, fc.constantFrom(...meters), fc.nat(), fc.nat(), (context, meter, less, more) => {
        expect(costOf(context, meter, String(less)) <= costOf(context, meter, String(less + more))).toBe(true)
      }),
    )
  })

  it('keeps rates of different contexts apart, in whatever order they are asked for', () => {
    fc.assert(
      fc.property(fc.array(contexts, { maxLength: 8 }), contexts, (before, context) => {
        const warm = createPriceBook()
        for (const other of before) warm.price(row(other), [{ meter: 'output', quantity: '7' }])
        const reading = [{ meter: 'output', quantity: '123457' }] as const
        expect(warm.price(row(context), reading)).toEqual(createPriceBook().price(row(context), reading))
      }),
      { numRuns: 50 },
    )
  })

  it('remembers rates over days but not over a change of price', () => {
    const at = (atMs: number) => costOf({ model: 'gpt-5.6-luna', atMs }, 'input', '1000000')
    expect([
      at(Date.UTC(2026, 6, 29, 23)),
      at(Date.UTC(2026, 6, 30)),
      at(Date.UTC(2026, 10, 1)),
      at(Date.UTC(2026, 6, 1)),
    ]).toEqual([1_000_000_000n, 200_000_000n, 200_000_000n, 1_000_000_000n])
  })

  it('keeps order and quantities, and answers nothing for nothing', () => {
    const readings = [
      { meter: 'output', quantity: '0' },
      { meter: 'input', quantity: '2.50' },
    ] as const
    expect(book.price(row({}), readings)).toEqual([
      { meter: 'output', quantity: '0', costNanos: 0n, pricing: 'listed' },
      { meter: 'input', quantity: '2.50', costNanos: 625n, pricing: 'listed' },
    ])
    expect(book.price(row({}), [])).toEqual([])
  })

  it('throws for a quantity that is no number, which is a bug of an adapter', () => {
    expect(() => book.price(row({}), [{ meter: 'input', quantity: 'NaN' }])).toThrow(RangeError)
  })

  it('can be loaded when it is needed', async () => {
    expect((await loadPriceBook()).price(row({}), [{ meter: 'input', quantity: '4' }])[0]?.costNanos).toBe(1_000n)
  })
})

describe('rates', () => {
  it('take numbers by their shortest decimal text, exponents included', () => {
    expect(rateOf(1e-7, 1).usd).toEqual([1n, 10_000_000n])
    expect(rateOf(0.1, 2 ** 30).usd).toEqual([1n, 10_737_418_240n])
  })

  it('stay reduced', () => {
    expect(reduced(0n, 7n)).toEqual([0n, 1n])
    expect(times(rateOf('0.15', 1), [5n, 3n]).usd).toEqual([1n, 4n])
  })
})
