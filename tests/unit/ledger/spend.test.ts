import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLedger } from '../../../electron/ledger/ledger.ts'
import type { FeedReading } from '../../../electron/polling/read-account.ts'
import type { CostBucket, CostLine, Feed, Width } from '../../../electron/providers/adapter.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { dayMs, hourMs, minuteMs, type TimeRange } from '../../../shared/time.ts'
import { accountRow } from '../../fakes/account-row.ts'

const day0 = Date.UTC(2026, 10, 20)
const account = accountRow()
const declared: Feed[] = [
  { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs: dayMs },
  { id: 'completions', plane: 'estimate', widths: ['minute', 'hour'], latencyMs: 0 },
  { id: 'claude_code', plane: 'insight', widths: ['day'], latencyMs: 0 },
]

function createFixture() {
  const db = openMemoryDatabase()
  db.prepare("INSERT INTO accounts VALUES ('a', 'openai', 'A', NULL, NULL, '{}', 's', NULL, 0, NULL)").run()
  const ledger = createLedger(db, () => 0.5)
  const feeds = ledger.feeds(account, declared)
  const read = (feed: number, nowMs: number, ...buckets: CostBucket[]) => {
    const state = feeds[feed]?.state
    if (!state) throw new Error('no such feed')
    const fromMs = Math.min(...buckets.map((one) => one.startMs))
    const toMs = Math.max(...buckets.map((one) => one.startMs)) + dayMs
    const reading: FeedReading = {
      state,
      windows: [{ window: { feed: state.feed, width: 'day', fromMs, toMs, open: true }, buckets }],
      failure: null,
      deep: false,
    }
    db.transaction(() => ledger.record(reading, nowMs))()
    return reading
  }
  /** As a poll does, which also notes how far it came. */
  const reads = (...all: Parameters<typeof read>) => ledger.settle(read(...all), all[1])
  const spent = (range: TimeRange, nowMs: number) => {
    const { parts } = ledger.between(range, nowMs)
    const sum = (of: (part: (typeof parts)[number]) => bigint) => parts.reduce((total, part) => total + of(part), 0n)
    return {
      effective: sum((part) => part.effectiveNanos),
      billed: sum((part) => (part.plane === 'billed' ? part.nanos : 0n)),
      estimate: sum((part) => (part.plane === 'estimate' ? part.nanos : 0n)),
    }
  }
  return { read, reads, spent, ledger }
}

const line = (costNanos: bigint, model = 'm'): CostLine => ({
  model,
  project: null,
  apiKey: null,
  lineItem: null,
  tier: null,
  currency: 'USD',
  costNanos,
  quantity: null,
  pricing: 'listed',
})
const bucket = (startMs: number, width: Width, ...costs: bigint[]): CostBucket => ({
  startMs,
  width,
  lines: costs.map((cost, index) => line(cost, `m${index}`)),
})
const whole = (startMs: number, days = 1): TimeRange => ({ fromMs: startMs, toMs: startMs + days * dayMs })

describe('a source', () => {
  it('is final as late as it says now, whatever it said when it was first read', () => {
    const { ledger } = createFixture()
    const matureAfterMs = 4 * dayMs
    const bill: Feed = { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs }
    expect(ledger.feeds(account, [bill])[0]?.state).toMatchObject({ matureAfterMs })
    // Read from the disk again.
    ledger.reload()
    expect(ledger.feedStates('a').find(({ feed }) => feed === 'costs')).toMatchObject({ matureAfterMs })
  })
})

describe('what counts for a day', () => {
  it('is the larger of the two planes while the bill is still late', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 12 * hourMs
    read(0, nowMs, bucket(day0, 'day', 10n))
    read(1, nowMs, bucket(day0, 'hour', 30n))
    expect(spent(whole(day0), nowMs)).toEqual({ effective: 30n, billed: 10n, estimate: 30n })
    read(0, nowMs, bucket(day0, 'day', 40n))
    expect(spent(whole(day0), nowMs).effective).toBe(40n)
  })
  it('is the bill once it was read after the provider’s own delay, also when it is lower', () => {
    const { read, spent } = createFixture()
    read(1, day0 + dayMs, bucket(day0, 'hour', 30n))
    read(0, day0 + 3 * dayMs, bucket(day0, 'day', 10n))
    expect(spent(whole(day0), day0 + 3 * dayMs).effective).toBe(10n)
  })
  it('is not the bill of a day that was last read too early, however long ago that was', () => {
    const { read, spent } = createFixture()
    read(1, day0 + hourMs, bucket(day0, 'hour', 30n))
    read(0, day0 + hourMs, bucket(day0, 'day', 10n))
    expect(spent(whole(day0), day0 + 9 * dayMs).effective).toBe(30n)
  })
  it('is not an old bill without a single line, which must not wipe out counted usage', () => {
    const { read, spent } = createFixture()
    read(1, day0 + dayMs, bucket(day0, 'hour', 30n))
    read(0, day0 + 3 * dayMs, bucket(day0, 'day'))
    expect(spent(whole(day0), day0 + 3 * dayMs)).toEqual({ effective: 30n, billed: 0n, estimate: 30n })
  })
  it('is not an old bill that has lost its last line, but one that adds up to nothing', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 3 * dayMs
    read(1, nowMs, bucket(day0, 'hour', 30n))
    read(0, nowMs, bucket(day0, 'day', 10n, 5n))
    read(0, nowMs, bucket(day0, 'day'))
    expect(spent(whole(day0), nowMs)).toEqual({ effective: 30n, billed: 0n, estimate: 30n })
    read(0, nowMs, bucket(day0, 'day', 10n, -10n))
    expect(spent(whole(day0), nowMs)).toEqual({ effective: 0n, billed: 0n, estimate: 30n })
  })
  it('is not an old bill that left amounts out, while the estimate is larger', () => {
    const { read, spent } = createFixture()
    read(1, day0 + dayMs, bucket(day0, 'hour', 30n))
    read(0, day0 + 3 * dayMs, { ...bucket(day0, 'day', 10n), incomplete: true })
    expect(spent(whole(day0), day0 + 3 * dayMs).effective).toBe(30n)
    read(0, day0 + 3 * dayMs, bucket(day0, 'day', 10n))
    expect(spent(whole(day0), day0 + 3 * dayMs).effective).toBe(10n)
  })
  it('never counts the provider’s own analysis', () => {
    const { read, spent } = createFixture()
    read(2, day0 + dayMs, bucket(day0, 'day', 99n))
    expect(spent(whole(day0), day0 + dayMs)).toEqual({ effective: 0n, billed: 0n, estimate: 0n })
  })
  it('knows which planes were read at all, so that nothing read is not nothing spent', () => {
    const { read, ledger } = createFixture()
    expect(ledger.between(whole(day0), day0).read.size).toBe(0)
    read(0, day0 + dayMs, bucket(day0, 'day'))
    expect([...(ledger.between(whole(day0), day0 + dayMs).read.get('a') ?? [])]).toEqual(['billed'])
  })
})

describe('a range that cuts through days', () => {
  it('takes the estimate of exactly its hours and minutes', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + dayMs
    read(
      1,
      nowMs,
      bucket(day0 + hourMs, 'minute', 5n),
      bucket(day0 + hourMs + 59 * minuteMs, 'minute', 7n),
      bucket(day0 + 2 * hourMs, 'minute', 11n),
    )
    expect(spent({ fromMs: day0 + hourMs, toMs: day0 + 2 * hourMs }, nowMs).effective).toBe(12n)
    expect(spent({ fromMs: day0 + hourMs + minuteMs, toMs: day0 + 2 * hourMs + minuteMs }, nowMs).effective).toBe(18n)
  })
  it('splits a billed day in the proportion of the estimate', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 5 * dayMs
    read(1, nowMs, bucket(day0 + hourMs, 'hour', 30n), bucket(day0 + 20 * hourMs, 'hour', 10n))
    read(0, nowMs, bucket(day0, 'day', 400n))
    expect(spent({ fromMs: day0, toMs: day0 + 12 * hourMs }, nowMs).effective).toBe(300n)
    expect(spent({ fromMs: day0 + 12 * hourMs, toMs: day0 + dayMs }, nowMs).effective).toBe(100n)
  })
  it('spreads a billed day without estimate over the part of it that has passed', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 6 * hourMs
    read(0, nowMs, bucket(day0, 'day', 600n))
    expect(spent({ fromMs: day0, toMs: nowMs }, nowMs).effective).toBe(600n)
    expect(spent({ fromMs: day0, toMs: day0 + 3 * hourMs }, nowMs).effective).toBe(300n)
  })
  it('gives nothing of a day under way to what is still to come of it', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 6 * hourMs
    read(0, nowMs, bucket(day0, 'day', 600n))
    expect(spent({ fromMs: nowMs, toMs: day0 + dayMs }, nowMs).effective).toBe(0n)
    expect(spent({ fromMs: day0 + 3 * hourMs, toMs: day0 + 20 * hourMs }, nowMs).effective).toBe(300n)
  })
  it('adds up to the whole day to the nano, however it is cut, with usage and without', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: dayMs - 1 }), { maxLength: 12 })
    const usage = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 5 })
    const now = fc.integer({ min: hourMs, max: 3 * dayMs })
    fc.assert(
      fc.property(cuts, usage, now, fc.bigInt(-10_000n, 10_000n), (placesMs, hours, passedMs, billed) => {
        const { read, spent } = createFixture()
        const nowMs = day0 + passedMs
        read(0, nowMs, bucket(day0, 'day', billed))
        const counted = hours.filter((hour) => hour * hourMs < passedMs)
        if (counted.length > 0) read(1, nowMs, ...counted.map((hour) => bucket(day0 + hour * hourMs, 'hour', 7n)))
        const ends = [...placesMs.sort((a, b) => a - b), dayMs]
        const parts = ends.map((endMs, index) =>
          spent({ fromMs: day0 + (ends[index - 1] ?? 0), toMs: day0 + endMs }, nowMs),
        )
        const sum = (plane: 'effective' | 'billed' | 'estimate') =>
          parts.reduce((total, part) => total + part[plane], 0n)
        expect({ effective: sum('effective'), billed: sum('billed'), estimate: sum('estimate') }).toEqual(
          spent(whole(day0), nowMs),
        )
      }),
      { numRuns: 200 },
    )
  })
  it('loses nothing and counts nothing twice, wherever it cuts', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 8 * 60 - 1 }), { maxLength: 20 })
    const hours = fc.uniqueArray(fc.integer({ min: 8, max: 23 }), { maxLength: 6 })
    fc.assert(
      fc.property(minutes, hours, fc.integer({ min: 1, max: dayMs - 1 }), (fine, coarse, cutMs) => {
        const { read, spent } = createFixture()
        const nowMs = day0 + 3 * dayMs
        const buckets = [
          ...fine.map((minute) => bucket(day0 + minute * minuteMs, 'minute', 60_000n)),
          ...coarse.map((hour) => bucket(day0 + hour * hourMs, 'hour', 3_600_000n)),
        ]
        if (buckets.length > 0) read(1, nowMs, ...buckets)
        const before = spent({ fromMs: day0 - dayMs, toMs: day0 + cutMs }, nowMs).estimate
        const after = spent({ fromMs: day0 + cutMs, toMs: day0 + 2 * dayMs }, nowMs).estimate
        expect(before + after).toBe(BigInt(fine.length) * 60_000n + BigInt(coarse.length) * 3_600_000n)
        const elapsed = (startMs: number, widthMs: number) => Math.min(widthMs, Math.max(0, day0 + cutMs - startMs))
        const wanted =
          fine.reduce((sum, minute) => sum + elapsed(day0 + minute * minuteMs, minuteMs), 0) +
          coarse.reduce((sum, hour) => sum + elapsed(day0 + hour * hourMs, hourMs), 0)
        expect(before).toBe(BigInt(wanted))
      }),
      { numRuns: 100 },
    )
  })
  it('of the past is remembered, until a reading changes it', () => {
    const { read, ledger } = createFixture()
    const nowMs = day0 + 9 * dayMs
    const range = { fromMs: day0 + 5 * hourMs, toMs: day0 + dayMs + 5 * hourMs }
    const step = () => ledger.step(range, nowMs).parts.reduce((sum, part) => sum + part.effectiveNanos, 0n)
    read(1, nowMs, bucket(day0 + 6 * hourMs, 'hour', 30n))
    expect(step()).toBe(30n)
    read(1, nowMs, bucket(day0 + 4 * dayMs, 'hour', 99n))
    expect(step()).toBe(30n)
    read(1, nowMs, bucket(day0 + 6 * hourMs, 'hour', 31n))
    expect(step()).toBe(31n)
    read(0, nowMs, bucket(day0, 'day', 50n))
    expect(step()).toBe(50n)
    expect(ledger.between(range, nowMs).parts.map((part) => part.effectiveNanos)).toEqual([0n, 50n])
  })
  it('spreads an old day, whose hours were folded into it, evenly', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 500 * dayMs
    read(1, nowMs, bucket(day0, 'day', 2_400n))
    expect(spent({ fromMs: day0 + 6 * hourMs, toMs: day0 + dayMs }, nowMs).effective).toBe(1_800n)
    expect(spent({ fromMs: day0, toMs: day0 + 6 * hourMs }, nowMs).effective).toBe(600n)
  })
  it('gives the minute and the hour under way all that was spent in them so far', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + hourMs + 20_000
    read(1, nowMs, bucket(day0 + hourMs, 'minute', 50n))
    expect(spent({ fromMs: day0 + hourMs, toMs: nowMs }, nowMs).effective).toBe(50n)
  })
})

describe('what is known of a day under way', () => {
  const known = (ledger: ReturnType<typeof createFixture>['ledger'], range: TimeRange, nowMs: number) => [
    ...(ledger.step(range, nowMs).read.get('a') ?? []),
  ]
  const hour = (nth: number) => ({ fromMs: day0 + nth * hourMs, toMs: day0 + (nth + 1) * hourMs })

  it('ends where it was read last: what came later is unknown, and not 0', () => {
    const { ledger, reads } = createFixture()
    reads(1, day0 + 5 * hourMs, bucket(day0 + 2 * hourMs, 'hour', 50n))
    const nowMs = day0 + 9 * hourMs
    expect(known(ledger, hour(4), nowMs)).toEqual(['estimate'])
    expect(known(ledger, hour(5), nowMs)).toEqual([])
    expect(known(ledger, { fromMs: day0, toMs: nowMs }, nowMs)).toEqual(['estimate'])
  })
  it('is known again once it is read again, also where the day is over and its bill still nothing', () => {
    const { ledger, reads } = createFixture()
    reads(0, day0 + 20 * hourMs, bucket(day0, 'day', 0n))
    const nowMs = day0 + 25 * hourMs
    expect(known(ledger, hour(22), nowMs)).toEqual([])
    reads(0, nowMs, bucket(day0, 'day', 0n))
    expect(known(ledger, hour(22), nowMs)).toEqual(['billed'])
  })
  it('holds a bill of the whole day, whose hours after the last look are a share of it', () => {
    const { ledger, reads } = createFixture()
    reads(0, day0 + 5 * hourMs, bucket(day0, 'day', 50n))
    expect(known(ledger, hour(7), day0 + 9 * hourMs)).toEqual(['billed'])
  })
})

describe('sums', () => {
  it('over several months are those of their days, also when an old day is revised, removed or settled late', () => {
    const { read, spent } = createFixture()
    const nowMs = day0 + 120 * dayMs
    const startsMs = Array.from({ length: 100 }, (_, index) => day0 + index * dayMs)
    for (const startMs of startsMs) read(1, nowMs, bucket(startMs + 5 * hourMs, 'hour', 30n, 12n))
    read(1, nowMs, bucket(day0 + 5 * hourMs, 'hour', 30n), bucket(day0 + 40 * dayMs + 5 * hourMs, 'hour', 70n))
    read(0, nowMs, bucket(day0 + 50 * dayMs, 'day', 1_000n), bucket(day0 + 51 * dayMs, 'day', 5n))
    const byDay = startsMs.reduce((sum, startMs) => sum + spent(whole(startMs), nowMs).effective, 0n)
    expect(spent(whole(day0, 100), nowMs).effective).toBe(byDay)
    expect(byDay).toBe(96n * 42n + 30n + 70n + 1_000n + 5n)
    expect(spent({ fromMs: day0 + 7 * hourMs, toMs: day0 + 100 * dayMs }, nowMs).effective).toBe(byDay - 30n)
  })
  it('of whole days are the sum of each day, whichever plane stands for which', () => {
    const plan = fc.array(
      fc.record({
        billed: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n })),
        estimate: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n })),
        mature: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(plan, (days) => {
        const { read, spent } = createFixture()
        let wanted = 0n
        days.forEach(({ billed, estimate, mature }, index) => {
          const startMs = day0 + index * dayMs
          if (estimate !== null) read(1, startMs + dayMs, bucket(startMs + 3 * hourMs, 'hour', estimate))
          if (billed !== null) read(0, startMs + (mature ? 3 * dayMs : hourMs), bucket(startMs, 'day', billed))
          wanted +=
            billed === null ? (estimate ?? 0n) : estimate === null || mature || billed >= estimate ? billed : estimate
        })
        const nowMs = day0 + 40 * dayMs
        expect(spent(whole(day0, days.length), nowMs).effective).toBe(wanted)
        const byDay = days.reduce((sum, _, index) => sum + spent(whole(day0 + index * dayMs), nowMs).effective, 0n)
        expect(byDay).toBe(wanted)
      }),
      { numRuns: 60 },
    )
  })
})
