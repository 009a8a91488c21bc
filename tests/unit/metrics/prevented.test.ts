import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countOnce, preventedIn, seenAnywayMs, type Prevented } from '../../../electron/metrics/prevented.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'

const at = (text: string) => Date.parse(text)
const usd = (nanos: bigint) => new Map([['USD', nanos]])

describe('when a person would have seen it anyway', () => {
  it.each([
    ['the morning after the bill of the day is there', '2026-11-18T15:00Z', 0, 'UTC', '2026-11-19T09:00Z'],
    ['a day later where the bill comes after nine', '2026-11-18T15:00Z', 10, 'UTC', '2026-11-20T09:00Z'],
    ['at nine sharp where it comes at nine', '2026-11-18T15:00Z', 9, 'UTC', '2026-11-19T09:00Z'],
    ['on Monday for the bill of a Friday', '2026-11-20T15:00Z', 0, 'UTC', '2026-11-23T09:00Z'],
    ['at nine where the person is', '2026-11-18T15:00Z', 0, 'America/New_York', '2026-11-19T14:00Z'],
    [
      'by the clock also where it was changed in the night',
      '2026-10-23T15:00Z',
      0,
      'Europe/Berlin',
      '2026-10-26T08:00Z',
    ],
  ])('is %s', (_what, began, billedAfterHours, zone, seen) =>
    expect(seenAnywayMs(at(began), billedAfterHours * hourMs, zone)).toBe(at(seen)),
  )

  it('is never before the bill can be there, and never more than four days after', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000_000 }),
        fc.integer({ min: 0, max: 3 * dayMs }),
        fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Auckland'),
        (beganMs, afterMs, zone) => {
          const shownMs = Math.floor(beganMs / dayMs) * dayMs + dayMs + afterMs
          const seenMs = seenAnywayMs(beganMs, afterMs, zone)
          expect(seenMs).toBeGreaterThanOrEqual(shownMs)
          expect(seenMs - shownMs).toBeLessThanOrEqual(4 * dayMs)
        },
      ),
    ))
})

const nanos = fc.bigInt({ min: 0n, max: 10n ** 16n })
const hours = fc.integer({ min: 0, max: 100 })
const rangeOf = (length: number) => ({ fromMs: 0, toMs: length * hourMs })

describe('what was prevented', () => {
  it('is the pace before, for as long as nobody would have looked, less what was spent all the same', () => {
    // $60 in the hour before, 20 hours, $35 spent afterwards.
    expect(preventedIn(rangeOf(20), usd(60_000_000_000n), usd(35_000_000_000n))).toEqual(usd(1_165_000_000_000n))
  })

  it('is exact to the nano, and rounds down', () => {
    expect(preventedIn({ fromMs: 0, toMs: hourMs / 2 }, usd(7n), new Map())).toEqual(usd(3n))
    expect(preventedIn({ fromMs: 0, toMs: hourMs }, usd(9_007_199_254_740_993n), new Map())).toEqual(
      usd(9_007_199_254_740_993n),
    )
  })

  it('is nothing where it went on at the same pace or faster', () =>
    fc.assert(
      fc.property(nanos, nanos, hours, (pace, more, length) => {
        expect(preventedIn(rangeOf(length), usd(pace), usd(pace * BigInt(length) + more)).size).toBe(0)
      }),
    ))

  it('is never negative, never more than the pace would have made, and less the more was spent', () =>
    fc.assert(
      fc.property(nanos, nanos, nanos, hours, (pace, spent, more, length) => {
        const value = (sum: bigint) => preventedIn(rangeOf(length), usd(pace), usd(sum)).get('USD') ?? 0n
        expect(value(spent)).toBeGreaterThanOrEqual(0n)
        expect(value(spent)).toBeLessThanOrEqual(pace * BigInt(length))
        expect(value(spent + more)).toBeLessThanOrEqual(value(spent))
      }),
    ))

  it('keeps currencies apart', () => {
    const before = new Map([
      ['USD', 10n],
      ['EUR', 20n],
    ])
    expect(preventedIn(rangeOf(2), before, new Map([['EUR', 100n]]))).toEqual(usd(20n))
  })
})

const some = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 500 }),
    length: fc.integer({ min: 1, max: 90 }),
    currency: fc.constantFrom('USD', 'EUR'),
    nanos,
  }),
  { maxLength: 12 },
)
const toPrevented = (all: { from: number; length: number; currency: string; nanos: bigint }[]): Prevented[] =>
  all.map((one) => ({
    range: { fromMs: one.from * hourMs, toMs: (one.from + one.length) * hourMs },
    sums: new Map([[one.currency, one.nanos]]),
  }))

describe('the sum over alerts', () => {
  const one = (from: number, to: number, amount: bigint): Prevented => ({
    range: { fromMs: from * hourMs, toMs: to * hourMs },
    sums: usd(amount),
  })

  it('counts the same hours once, by the largest, also along a chain of overlaps', () => {
    expect(countOnce([one(0, 10, 5n), one(5, 20, 9n), one(15, 30, 7n)])).toEqual(usd(9n))
    expect(countOnce([one(0, 10, 5n), one(10, 20, 9n)])).toEqual(usd(14n))
    expect(countOnce([])).toEqual(new Map())
  })

  it('depends on no order, is at least the largest and at most the sum of all', () =>
    fc.assert(
      fc.property(some, (all) => {
        const total = countOnce(toPrevented(all))
        expect(countOnce(toPrevented([...all].reverse()))).toEqual(total)
        for (const currency of ['USD', 'EUR']) {
          const amounts = all.filter((each) => each.currency === currency).map((each) => each.nanos)
          const sum = total.get(currency) ?? 0n
          expect(sum).toBeLessThanOrEqual(amounts.reduce((a, b) => a + b, 0n))
          for (const amount of amounts) expect(sum).toBeGreaterThanOrEqual(amount)
        }
      }),
    ))
})
