import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advanceCounters,
  isSameTotals,
  readCounterState,
  storeCounters,
  type CounterState,
} from '../../../electron/polling/counters.ts'
import { widths, type CostBucket, type CounterReading } from '../../../electron/providers/adapter.ts'
import { dayMs, hourMs, iso, minuteMs } from '../../../shared/time.ts'

const noon = Date.UTC(2026, 10, 23, 12)
const none = { model: null, project: null, apiKey: null, lineItem: null, tier: null }
const reading = (totalNanos: bigint, sinceMs: number | null = null, change: Partial<CounterReading> = {}) => ({
  ...none,
  currency: 'USD',
  totalNanos,
  sinceMs,
  ...change,
})

/** Looks one after another, stored as the ledger does: each bucket in place of the one before. */
function look(...looks: [atMs: number, ...shown: CounterReading[]][]) {
  const stored = new Map<string, CostBucket>()
  let counters: CounterState | null = null
  for (const [atMs, ...shown] of looks) {
    const next: ReturnType<typeof advanceCounters> = advanceCounters(counters, shown, atMs)
    // As it is after a restart.
    counters = readCounterState(storeCounters(next.counters))
    for (const bucket of next.buckets) stored.set(`${bucket.startMs} ${bucket.width}`, bucket)
  }
  return { stored: [...stored.values()], counters }
}

const sum = (buckets: readonly CostBucket[]) =>
  buckets.flatMap(({ lines }) => lines).reduce((total, line) => total + line.costNanos, 0n)
const spent = (buckets: readonly CostBucket[]) =>
  buckets
    .filter((bucket) => sum([bucket]) !== 0n)
    .map((bucket) => [bucket.width, iso(bucket.startMs).slice(5, 16), sum([bucket])])

describe('spend between two looks at a running total', () => {
  it('is unknown before the second look at a balance', () => {
    expect(spent(look([noon, reading(-42_000n)]).stored)).toEqual([])
  })

  it('is what the balance fell by, in the minutes in between', () => {
    const { stored } = look([noon, reading(-42_000n)], [noon + 2 * minuteMs, reading(-40_000n)])
    expect(spent(stored)).toEqual([
      ['minute', '11-23T12:00', 1_000n],
      ['minute', '11-23T12:01', 1_000n],
    ])
  })

  it('is not negative when a balance is filled up', () => {
    const { stored } = look(
      [noon, reading(-10_000n)],
      [noon + minuteMs, reading(-90_000n)],
      [noon + 2 * minuteMs, reading(-80_000n)],
    )
    expect(sum(stored)).toBe(10_000n)
  })

  it('is negative when the provider takes back some of what it counted since the same time', () => {
    const { stored } = look([noon, reading(500n, noon)], [noon + minuteMs, reading(400n, noon)])
    expect(sum(stored)).toBe(400n)
  })

  it('begins where the total began, when that is known', () => {
    const { stored } = look([noon + 90_000, reading(900n, noon)])
    expect(spent(stored)).toEqual([
      ['minute', '11-23T12:00', 600n],
      ['minute', '11-23T12:01', 300n],
    ])
  })

  it('begins anew with a new period, with all of its total', () => {
    const midnight = noon + 12 * hourMs
    const { stored } = look(
      [midnight - 2 * minuteMs, reading(5_000n, noon - 12 * hourMs)],
      [midnight + minuteMs, reading(70n, midnight)],
    )
    expect(spent(stored).at(-1)).toEqual(['minute', '11-24T00:00', 70n])
    expect(sum(stored)).toBe(5_070n)
  })

  it.each([
    ['later', noon - dayMs],
    ['earlier', noon - 9 * dayMs],
  ])('goes on where the beginning of a period is moved: %s', (_where, movedTo) => {
    const { stored } = look(
      [noon, reading(5_000n, noon - 3 * dayMs)],
      [noon + minuteMs, reading(5_040n, movedTo)],
      [noon + 2 * minuteMs, reading(5_100n, movedTo)],
    )
    expect(sum(stored)).toBe(5_100n)
    expect(spent(stored).slice(-2)).toEqual([
      ['minute', '11-23T12:00', 40n],
      ['minute', '11-23T12:01', 60n],
    ])
  })

  it('begins anew also where the new period is told some minutes late', () => {
    const midnight = noon + 12 * hourMs
    const { stored } = look(
      [midnight - minuteMs, reading(5_000n, noon - 12 * hourMs)],
      [midnight + minuteMs, reading(5_010n, noon - 12 * hourMs)],
      [midnight + 3 * minuteMs, reading(70n, midnight)],
    )
    expect(sum(stored)).toBe(5_080n)
  })

  it('is spread over the time that nobody looked, so that waking up is no leap', () => {
    const { stored } = look([noon + 30 * minuteMs, reading(0n)], [noon + 39 * hourMs, reading(38_500n)])
    const found = spent(stored)
    const hours = found.filter(([width]) => width === 'hour')
    expect(hours).toHaveLength(38)
    expect(hours.every(([, , nanos]) => nanos === 1_000n)).toBe(true)
    expect(sum(stored)).toBe(38_500n)
  })

  it('counts a second look within the same minute, and keeps what the first one found', () => {
    const { stored } = look([noon, reading(0n)], [noon + 10_000, reading(7n)], [noon + 20_000, reading(9n)])
    expect(spent(stored)).toEqual([['minute', '11-23T12:00', 9n]])
  })

  it('keeps keys apart, and one that comes later begins with all of its own period', () => {
    const key = (apiKey: string, nanos: bigint) => reading(nanos, noon - hourMs, { apiKey })
    const { stored } = look([noon, key('a', 60n)], [noon + minuteMs, key('a', 70n), key('b', 5n)])
    const mine = (apiKey: string) =>
      stored.flatMap(({ lines }) => lines).flatMap((line) => (line.apiKey === apiKey ? [line.costNanos] : []))
    expect(mine('a').reduce((total, nanos) => total + nanos, 0n)).toBe(70n)
    expect(mine('b')).toEqual([5n])
  })

  it('forgets nothing of a total that is missing from one answer', () => {
    const { stored } = look([noon, reading(-50n)], [noon + minuteMs], [noon + 2 * minuteMs, reading(-40n)])
    expect(sum(stored)).toBe(10n)
  })

  it('adds up to the total, however often and whenever one looks, and no bucket lies over finer ones', () => {
    const steps = fc.array(
      fc.record({
        passMs: fc.oneof(fc.integer({ min: 0, max: 5 * minuteMs }), fc.integer({ min: 0, max: 80 * hourMs })),
        nanos: fc.bigInt({ min: 0n, max: 10n ** 13n }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: dayMs }), (passes, startMs) => {
        let atMs = noon + startMs
        let total = 0n
        const sinceMs = atMs - 3_333_333
        const looks = passes.map(({ passMs, nanos }): [number, CounterReading] => {
          atMs += passMs
          total += nanos
          return [atMs, reading(total, sinceMs)]
        })
        const { stored } = look(...looks)
        expect(sum(stored)).toBe(total)
        const spans = stored
          .map(({ startMs: at, width }) => [at, at + widths[width]] as const)
          .sort(([a], [b]) => a - b)
        for (const [index, [, endMs]] of spans.entries())
          expect(spans[index + 1]?.[0] ?? Infinity).toBeGreaterThanOrEqual(endMs)
      }),
    )
  })
})

describe('what is remembered of running totals', () => {
  it('is unchanged while nothing is spent, so that nothing need be written', () => {
    const one = advanceCounters(null, [reading(5n, noon)], noon)
    const other = advanceCounters(one.counters, [reading(5n, noon)], noon + minuteMs)
    expect(isSameTotals(other.counters, one.counters)).toBe(true)
    expect(isSameTotals(advanceCounters(one.counters, [reading(6n, noon)], noon).counters, one.counters)).toBe(false)
    expect(isSameTotals(one.counters, null)).toBe(false)
  })

  it('counts nothing at the first look after it is read another way, and keeps the minute under way', () => {
    const before = look([noon, reading(0n, noon)], [noon + 5_000, reading(9n, noon)]).counters!
    const renamed = (nanos: bigint) => [reading(nanos, noon, { model: 'renamed' })]
    const first = advanceCounters({ ...before, anew: true }, renamed(900n), noon + 20_000)
    expect(first.buckets).toEqual([])
    const next = advanceCounters(first.counters, renamed(907n), noon + 30_000)
    // Of the minute: 9 in the old way, 7 in the new one.
    expect(spent(next.buckets)).toEqual([['minute', '11-23T12:00', 16n]])
  })

  it('begins anew where it cannot be read', () => {
    expect(readCounterState(null)).toBeNull()
    expect(readCounterState('{"atMs":"then"}')).toBeNull()
    expect(readCounterState('{')).toBeNull()
  })
})
