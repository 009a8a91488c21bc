import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CostLine } from '../../../electron/providers/adapter.ts'
import { daysOf } from '../../../electron/providers/day-lines.ts'
import { monthsOf } from '../../../electron/providers/months.ts'
import { resetAtMs } from '../../../electron/providers/rate-limit.ts'
import { dayMs } from '../../../shared/time.ts'

const firstMs = Date.UTC(2026, 0, 1)
const lineOf = (costNanos: bigint, lineItem: string, currency: string): CostLine => ({
  model: null,
  project: null,
  apiKey: null,
  lineItem,
  tier: null,
  currency,
  costNanos,
  quantity: 1,
  pricing: 'billed',
})

describe('a list of charges', () => {
  const charge = fc.record({
    dayMs: fc.integer({ min: 0, max: 70 }).map((days) => firstMs + days * dayMs),
    line: fc
      .tuple(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.constantFrom('a', 'b'),
        fc.constantFrom('USD', 'EUR'),
      )
      .map(([nanos, item, currency]) => lineOf(nanos, item, currency)),
  })

  it('becomes days that add up to it, by currency, to the nano', () => {
    fc.assert(
      fc.property(fc.array(charge, { maxLength: 60 }), (charges) => {
        const days = daysOf(charges)
        for (const currency of ['USD', 'EUR']) {
          const sum = (lines: CostLine[]) =>
            lines.filter((one) => one.currency === currency).reduce((all, one) => all + one.costNanos, 0n)
          expect(sum(days.flatMap(({ lines }) => lines))).toBe(sum(charges.map(({ line }) => line)))
        }
      }),
    )
  })

  it('becomes each day from its first to its last, once and in order', () => {
    fc.assert(
      fc.property(fc.array(charge, { minLength: 1, maxLength: 60 }), (charges) => {
        const starts = daysOf(charges).map(({ startMs }) => startMs)
        expect(starts[0]).toBe(Math.min(...charges.map((one) => one.dayMs)))
        expect(starts.at(-1)).toBe(Math.max(...charges.map((one) => one.dayMs)))
        expect(starts.every((at, index) => index === 0 || at - (starts[index - 1] ?? 0) === dayMs)).toBe(true)
      }),
    )
  })

  it('is not changed by being read', () => {
    const line = lineOf(1n, 'a', 'USD')
    daysOf([
      { dayMs: firstMs, line },
      { dayMs: firstMs, line: lineOf(2n, 'a', 'USD') },
    ])
    expect(line).toMatchObject({ costNanos: 1n, quantity: 1 })
  })
})

describe('the months of a span', () => {
  it('do not include one that begins when it ends', () => {
    const months = (from: string, to: string) =>
      monthsOf({ fromMs: Date.parse(from), toMs: Date.parse(to) }).map(({ fromMs }) =>
        new Date(fromMs).toISOString().slice(0, 7),
      )
    expect(months('2026-11-01', '2026-12-01')).toEqual(['2026-11'])
    expect(months('2025-12-31', '2026-01-01T00:00:00.001Z')).toEqual(['2025-12', '2026-01'])
  })
})

describe('the end of a rate limit', () => {
  const nowMs = Date.parse('2026-11-23T10:00:00Z')
  const at = (value: string) => resetAtMs(new Headers({ 'x-ratelimit-reset': value }), nowMs)
  it('is an instant or a wait, whichever makes sense', () => {
    expect(at(String(nowMs / 1_000 + 60))).toBe(nowMs + 60_000)
    expect(at('12.5')).toBe(nowMs + 12_500)
  })
  it.each(['', 'soon', '0', '-5', String(nowMs), '999999999'])('is not known from %o', (value) =>
    expect(at(value)).toBeNull(),
  )
  it('that has passed is none', () => {
    expect(at(String(nowMs / 1_000 - 60))).toBeNull()
    expect(resetAtMs(new Headers(), nowMs)).toBeNull()
  })
})
