import type { Calibration } from '../../shared/accounts.ts'
import { noRates, type RateBook } from '../../shared/rates.ts'
import { ceilTo, dayMs, floorTo, utcDay, type TimeRange } from '../../shared/time.ts'
import type { CostBucket, Feed } from '../providers/adapter.ts'
import type { FeedReading } from '../polling/read-account.ts'
import { isSameTotals } from '../polling/counters.ts'
import { retryAtMs } from '../polling/poll-schedule.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { createCostRowsTable, widthOf } from '../storage/cost-rows.ts'
import type { Db } from '../storage/database.ts'
import { createFeedsTable, type FeedState } from '../storage/feeds.ts'
import { createRollupsTable } from '../storage/rollups.ts'
import { createSpendQueries } from '../storage/spend-queries.ts'
import { calibrate, newestRatio, type MatureDay } from './calibration.ts'
import { readDays } from './day-knowledge.ts'
import { standingPlanes } from './effective.ts'
import { changedBuckets, recordBuckets } from './record-buckets.ts'
import { createSpanMemory, type SpanMemory } from './span-memory.ts'
import { createSpendReader } from './spend.ts'
import { i18n } from '../../shared/words.ts'

export type Ledger = ReturnType<typeof createLedger>

/** How old the written-down "read at" may get while nothing else changes: an idle guard hardly writes. */
const flushEveryMs = 60 * 60_000
const calibrationDays = 14

/** What was spent, how sure, as of when. Everything that writes runs inside the caller's transaction. */
export function createLedger(db: Db, random: () => number, exchange: RateBook = noRates) {
  const rows = createCostRowsTable(db)
  const rollups = createRollupsTable(db)
  const feeds = createFeedsTable(db)
  const queries = createSpendQueries(db)
  const states = new Map<number, FeedState>()
  const writtenAtMs = new Map<number, number>()
  const memories: Pick<SpanMemory<unknown>, 'forget' | 'clear'>[] = []
  const mature = new Map<string, { toMs: number; days: readonly MatureDay[] }>()
  for (const state of feeds.all()) states.set(state.id, state)
  const reader = createSpendReader(queries, {
    series: (id) => rows.series().get(id),
    feed: (id) => states.get(id),
    planes: () => states.values(),
  })

  function save(state: FeedState, nowMs: number, changed: boolean): void {
    states.set(state.id, state)
    if (!changed && nowMs - (writtenAtMs.get(state.id) ?? 0) < flushEveryMs) return
    feeds.save(state)
    writtenAtMs.set(state.id, nowMs)
  }

  function forget(days: TimeRange): void {
    reader.forget(days)
    for (const memory of memories) memory.forget(days)
  }

  /** Answers whether more is known than before. */
  function observe(reading: FeedReading, nowMs: number): boolean {
    const { state } = reading
    let learned = false
    for (const { window, buckets } of reading.windows) {
      const days = new Set(buckets.map((bucket) => floorTo(bucket.startMs, dayMs)))
      const incomplete = new Set(buckets.filter((one) => one.incomplete).map((one) => floorTo(one.startMs, dayMs)))
      // A closed or open window that came back whole was read for all of its days, empty ones included.
      for (let day = floorTo(window.fromMs, dayMs); day < Math.min(window.toMs, nowMs); day += dayMs) {
        if (state.plane === 'billed' && !days.has(day)) continue
        const mature = isMature(state, day, nowMs) && !incomplete.has(day)
        learned = rollups.observeDay(day / 1_000, state.accountId, state.plane, nowMs, mature) || learned
      }
    }
    return learned
  }

  /** Decides anew which plane counts for each of an account's days in the range. Answers whether any changed. */
  function settleDays(accountId: string, { fromMs, toMs }: TimeRange): boolean {
    let changed = false
    const days = readDays(queries, accountId, fromMs / 1_000, toMs / 1_000)
    for (const [dayS, ofDay] of Map.groupBy(days, (day) => day.dayS)) {
      for (const [currency, plane] of standingPlanes(ofDay, utcDay(dayS * 1_000), exchange))
        changed = rollups.letStand(dayS, accountId, currency, plane) || changed
    }
    return changed
  }

  /** Days that have both a final bill and an estimate, oldest first. They change with the bill, and are asked for often. */
  function matureDays(accountId: string, nowMs: number): readonly MatureDay[] {
    const toMs = floorTo(nowMs, dayMs)
    const kept = mature.get(accountId)
    if (kept?.toMs === toMs) return kept.days
    const fromMs = toMs - calibrationDays * dayMs
    const days = readDays(queries, accountId, fromMs / 1_000, toMs / 1_000)
      .filter((day) => day.billedMature)
      .sort((a, b) => a.dayS - b.dayS)
      .flatMap(({ billedNanos, estimateNanos }) =>
        billedNanos === null || estimateNanos === null ? [] : [{ billedNanos, estimateNanos }],
      )
    mature.set(accountId, { toMs, days })
    return days
  }

  return {
    queries,
    /** Whose series it is; null for one of a plane that is part of no sum. */
    ownerOf: reader.ownerOf,
    between: reader.between,
    /** A memory of what is made of spans of spend; the ledger makes it forget what a reading changed. */
    memory<T>(most: number, sizeOf: (value: T) => number): SpanMemory<T> {
      const memory = createSpanMemory(most, sizeOf)
      memories.push(memory)
      return memory
    },
    /** Every series that is part of a sum, with its account and plane. */
    *owned(): Iterable<NonNullable<ReturnType<typeof reader.ownerOf>>> {
      for (const id of rows.series().keys()) {
        const owned = reader.ownerOf(id)
        if (owned) yield owned
      }
    },
    /** The same, quicker for spans of the past that are asked for again: the steps of a chart. */
    step: reader.step,
    /** The states of an account's feeds, made on first sight. */
    feeds(account: AccountRow, declared: readonly Feed[]): { feed: Feed; state: FeedState }[] {
      return declared.map((feed) => {
        let state = [...states.values()].find((one) => one.accountId === account.id && one.feed === feed.id)
        if (!state) {
          state = feeds.declare(account.id, feed)
          states.set(state.id, state)
        }
        const { matureAfterMs = 0 } = feed
        if (state.matureAfterMs !== matureAfterMs) {
          // A newer version of the program, or a manifest that was changed, says otherwise than what is stored.
          feeds.declare(account.id, feed)
          state = { ...state, matureAfterMs }
          states.set(state.id, state)
        }
        return { feed, state }
      })
    },
    feedStates: (accountId: string): FeedState[] =>
      [...states.values()].filter((state) => state.accountId === accountId),
    /** Every currency that any amount was ever in. */
    currencies: (): ReadonlySet<string> => new Set([...rows.series().values()].map(({ currency }) => currency)),
    /** What is stored of a feed, as the buckets it came in. */
    bucketsOf(accountId: string, feedId: string, range: TimeRange): CostBucket[] {
      const state = [...states.values()].find((one) => one.accountId === accountId && one.feed === feedId)
      if (!state) return []
      const buckets = new Map<string, CostBucket>()
      for (const row of rows.between(state.id, range.fromMs / 1_000, range.toMs / 1_000)) {
        const series = rows.series().get(row.seriesId)
        if (!series) continue
        const key = `${row.startS} ${row.widthS}`
        const bucket = buckets.get(key) ?? { startMs: row.startS * 1_000, width: widthOf(row.widthS), lines: [] }
        const { id: _id, feedId: _feed, ...dimensions } = series
        bucket.lines.push({ ...dimensions, costNanos: row.costNanos, quantity: row.quantity })
        buckets.set(key, bucket)
      }
      return [...buckets.values()]
    },
    /** Those of some buckets that are not stored like that already; each start once. Only reads. */
    changed: (state: FeedState, buckets: readonly CostBucket[]) => changedBuckets(rows, state.id, buckets),
    /** Stores complete windows. Answers how many buckets came. */
    record(reading: FeedReading, nowMs: number): number {
      const buckets = reading.windows.flatMap((one) => one.buckets)
      const days = spanOf(reading)
      const changed = reading.windows.flatMap((one) => one.changed ?? one.buckets)
      const changes = [
        recordBuckets({ rows, rollups }, reading.state, changed) > 0,
        observe(reading, nowMs),
        reading.state.plane !== 'insight' && settleDays(reading.state.accountId, days),
      ]
      if (changes.includes(true)) {
        forget(days)
        mature.delete(reading.state.accountId)
      }
      return buckets.length
    },
    /** Notes how far a feed has been read, or why it was not. */
    settle(reading: FeedReading, nowMs: number): void {
      const before = states.get(reading.state.id) ?? reading.state
      if (reading.failure) {
        const failuresInRow = before.failuresInRow + 1
        const failure = { ...reading.failure, retryAtMs: retryAtMs(reading.failure, failuresInRow, nowMs, random()) }
        save({ ...before, failure, failuresInRow }, nowMs, true)
        return
      }
      const coveredToMs = Math.max(
        before.coveredToMs ?? 0,
        ...reading.windows.map(({ window }) => Math.min(window.toMs, nowMs, reading.asOfMs ?? nowMs)),
      )
      // Hours of a day that is over were unknown, and are known to be without spend now.
      const dayBeforeMs = floorTo(before.coveredToMs ?? coveredToMs, dayMs)
      const dayNowMs = floorTo(coveredToMs, dayMs)
      if (dayBeforeMs !== dayNowMs) forget({ fromMs: dayBeforeMs, toMs: dayNowMs + dayMs })
      const counters = reading.counters ?? before.counters
      const moved = counters !== null && !isSameTotals(counters, before.counters)
      const changed = before.failure !== null || before.filledAtMs === null || reading.deep || moved
      save(
        {
          ...before,
          filledAtMs: before.filledAtMs ?? nowMs,
          readAtMs: nowMs,
          deepReadAtMs: reading.deep ? nowMs : before.deepReadAtMs,
          coveredToMs,
          failure: null,
          failuresInRow: 0,
          counters,
          used: before.used || reading.windows.some(({ buckets }) => buckets.some((bucket) => bucket.lines.length > 0)),
        },
        nowMs,
        changed,
      )
    },
    /** A new key: what was refused to the old one may be asked for again at once. */
    forgive(accountId: string): void {
      for (const state of states.values()) {
        if (state.accountId !== accountId || !state.failure) continue
        const forgiven = { ...state, failure: null, failuresInRow: 0 }
        states.set(state.id, forgiven)
        feeds.save(forgiven)
      }
    },
    /**
     * An account is read another way from now on: what it answers of the past takes the place of what was read before,
     * and running totals are no longer compared with what they were.
     */
    reread(accountId: string): void {
      for (const state of states.values()) {
        if (state.accountId !== accountId) continue
        const asked = state.counters
          ? { counters: { ...state.counters, anew: true as const } }
          : { filledAtMs: null, deepReadAtMs: null, readAtMs: null }
        const again = { ...state, ...asked, failure: null, failuresInRow: 0 }
        states.set(state.id, again)
        feeds.save(again)
      }
    },
    /** The clock was set back: nothing was read later than now, and no wait that was noted holds. */
    rewind(nowMs: number): void {
      const atMost = (ms: number | null) => (ms === null ? null : Math.min(ms, nowMs))
      for (const state of states.values()) {
        const retryAtMs = state.failure?.retryAtMs
        const failure =
          state.failure && retryAtMs !== undefined ? { ...state.failure, retryAtMs: nowMs } : state.failure
        save(
          {
            ...state,
            failure,
            // Due at once: how long ago it was really read nobody knows.
            readAtMs: state.readAtMs === null ? null : 0,
            deepReadAtMs: atMost(state.deepReadAtMs),
            coveredToMs: atMost(state.coveredToMs),
          },
          nowMs,
          true,
        )
      }
    },
    /** Writes down what is only in memory: before the guard stops. */
    flush(): void {
      for (const state of states.values()) feeds.save(state)
    },
    /** A transaction was rolled back: what was remembered of it is wrong. */
    reload(): void {
      rows.forget()
      reader.forgetAll()
      for (const memory of memories) memory.clear()
      mature.clear()
      states.clear()
      for (const state of feeds.all()) states.set(state.id, state)
    },
    calibration: (accountId: string, nowMs: number): Calibration | null => calibrate(matureDays(accountId, nowMs)),
    /** How far the newest billed day is off what the days before it make one expect; null where it says nothing. */
    newestRatio: (accountId: string, nowMs: number): number | null => newestRatio(matureDays(accountId, nowMs)),
    /** Models whose estimate of late rests on the ceiling price because no price is known. */
    unpricedModels(accountId: string, nowMs: number): string[] {
      const all = [...rows.series().values()]
      if (!all.some(({ pricing, feedId }) => pricing === 'ceiling' && states.get(feedId)?.accountId === accountId))
        return []
      const spending = reader.between({ fromMs: floorTo(nowMs, dayMs) - 2 * dayMs, toMs: ceilTo(nowMs, dayMs) }, nowMs)
      const models = spending.parts
        .filter((part) => part.accountId === accountId && part.series.pricing === 'ceiling' && part.nanos !== 0n)
        .map((part) => part.series.model ?? i18n.t('unnamed model'))
      return [...new Set(models)].sort()
    },
  }
}

/** A billed day is the truth once it was read after the provider's own delay. */
function isMature(state: FeedState, dayStartMs: number, nowMs: number): boolean {
  return state.plane === 'billed' && nowMs >= dayStartMs + dayMs + state.matureAfterMs
}

/** The whole UTC days that a reading may have changed. */
function spanOf(reading: FeedReading): TimeRange {
  const starts = reading.windows.flatMap(({ window, buckets }) => [
    window.fromMs,
    ...buckets.map((bucket) => bucket.startMs),
  ])
  const ends = reading.windows.map(({ window }) => window.toMs)
  const lastMs = Math.max(...ends, ...starts)
  return { fromMs: floorTo(Math.min(...starts), dayMs), toMs: floorTo(lastMs, dayMs) + dayMs }
}
