import { shareOf } from '../../shared/money.ts'
import { ceilTo, dayMs, floorTo, hourMs, type TimeRange } from '../../shared/time.ts'
import type { Plane } from '../providers/adapter.ts'
import type { Series } from '../storage/cost-rows.ts'
import type { FineRow, SpendQueries } from '../storage/spend-queries.ts'
import { effectivePlane, type DayKnowledge } from './effective.ts'

/** What one series spent over a range. A series belongs to one plane; the other plane's amount is null. */
export interface SeriesSpend {
  series: Series
  accountId: string
  plane: 'billed' | 'estimate'
  /** Its amount, whether or not it counts. */
  nanos: bigint
  /** The part of it that counts: zero where the other plane stands for the day. */
  effectiveNanos: bigint
}

/** Spend by series over a range, with what is known of each account at all. */
export interface Spending {
  range: TimeRange
  parts: SeriesSpend[]
  /** Planes that were read for at least part of the range, by account. */
  read: ReadonlyMap<string, ReadonlySet<Plane>>
}

export interface SeriesIndex {
  series(id: number): Series | undefined
  /** The account and plane a feed belongs to. */
  feed(id: number): { accountId: string; plane: Plane } | undefined
}

export type SpendReader = ReturnType<typeof createSpendReader>

/**
 * Reads what was spent between two instants. Whole UTC days come from day roll-ups. Where the range cuts through a UTC
 * day, the estimate is cut at its own hours and minutes, and a billed day, which the provider gives only as a whole, is
 * split in the proportion of that account's estimate (evenly over the elapsed part of the day where there is none).
 */
export function createSpendReader(queries: SpendQueries, index: SeriesIndex) {
  function between(range: TimeRange, nowMs: number): Spending {
    const sums = new Map<number, { nanos: bigint; effective: bigint }>()
    const read = new Map<string, Set<Plane>>()
    const add = (seriesId: number, nanos: bigint, effective: bigint) => {
      const sum = sums.get(seriesId)
      if (!sum) sums.set(seriesId, { nanos, effective })
      else {
        sum.nanos += nanos
        sum.effective += effective
      }
    }
    const firstWhole = ceilTo(range.fromMs, dayMs)
    const endWhole = floorTo(range.toMs, dayMs)
    const knowledge = readKnowledge(queries, floorTo(range.fromMs, dayMs), ceilTo(range.toMs, dayMs))
    for (const { accountId, planes } of knowledge.read) {
      const known = read.get(accountId) ?? new Set<Plane>()
      for (const plane of planes) known.add(plane)
      read.set(accountId, known)
    }
    if (firstWhole < endWhole) addWholeDays(queries, index, knowledge, firstWhole, endWhole, add)
    for (const part of partialDays(range)) addPartOfDay(queries, index, knowledge, part, nowMs, add)
    const parts: SeriesSpend[] = []
    for (const [id, { nanos, effective }] of sums) {
      const series = index.series(id)
      const feed = series && index.feed(series.feedId)
      if (!feed || feed.plane === 'insight') continue
      parts.push({ series, accountId: feed.accountId, plane: feed.plane, nanos, effectiveNanos: effective })
    }
    return { range, parts, read }
  }
  return { between }
}

type Add = (seriesId: number, nanos: bigint, effective: bigint) => void

interface Knowledge {
  /** By `dayMs accountId currency`. */
  days: ReadonlyMap<string, DayKnowledge>
  read: { accountId: string; planes: Plane[] }[]
}

const dayKey = (startMs: number, accountId: string, currency: string) => `${startMs} ${accountId} ${currency}`

export function readKnowledge(queries: SpendQueries, fromMs: number, toMs: number): Knowledge {
  const days = new Map<string, DayKnowledge>()
  const readings = queries.readings(fromMs / 1_000, toMs / 1_000)
  const readOf = new Map<string, { plane: Plane; mature: boolean }[]>()
  const planesOf = new Map<string, Plane[]>()
  for (const { dayS, accountId, plane, mature } of readings) {
    const key = `${dayS * 1_000} ${accountId}`
    const known = readOf.get(key)
    if (known) known.push({ plane, mature })
    else readOf.set(key, [{ plane, mature }])
    const planes = planesOf.get(accountId)
    if (planes) planes.push(plane)
    else planesOf.set(accountId, [plane])
  }
  for (const { dayS, accountId, plane, currency, costNanos } of queries.planeDays(fromMs / 1_000, toMs / 1_000)) {
    if (plane === 'insight') continue
    const key = dayKey(dayS * 1_000, accountId, currency)
    const known = readOf.get(`${dayS * 1_000} ${accountId}`) ?? []
    const billed = known.find((reading) => reading.plane === 'billed')
    let day = days.get(key)
    if (!day) {
      const estimated = known.some((reading) => reading.plane === 'estimate')
      // A bill without a single line is not mature, however old: an empty answer must not wipe out counted usage.
      day = { billedNanos: billed ? 0n : null, billedMature: false, estimateNanos: estimated ? 0n : null }
      days.set(key, day)
    }
    if (plane === 'estimate') day.estimateNanos = costNanos
    else {
      day.billedNanos = costNanos
      day.billedMature = billed?.mature ?? false
    }
  }
  return { days, read: [...planesOf].map(([accountId, planes]) => ({ accountId, planes })) }
}

/**
 * Sums whole days. Most days of an account are represented by the same plane, so that plane's sum over the range is
 * taken in one query and only the days that differ are looked at one by one.
 */
function addWholeDays(
  queries: SpendQueries,
  index: SeriesIndex,
  knowledge: Knowledge,
  fromMs: number,
  toMs: number,
  add: Add,
): void {
  const usual = new Map<string, 'billed' | 'estimate'>()
  const counts = new Map<string, number>()
  const chosen: { startMs: number; account: string; plane: 'billed' | 'estimate' }[] = []
  for (const [key, day] of knowledge.days) {
    const [start, accountId, currency] = key.split(' ') as [string, string, string]
    const startMs = Number(start)
    const plane = effectivePlane(day)
    if (startMs < fromMs || startMs >= toMs || !plane) continue
    const account = `${accountId} ${currency}`
    chosen.push({ startMs, account, plane })
    counts.set(account, (counts.get(account) ?? 0) + (plane === 'billed' ? 1 : -1))
  }
  for (const [account, balance] of counts) usual.set(account, balance >= 0 ? 'billed' : 'estimate')
  for (const { seriesId, costNanos } of queries.seriesTotals(fromMs / 1_000, toMs / 1_000)) {
    const owner = ownerOf(index, seriesId)
    if (owner) add(seriesId, costNanos, usual.get(owner.account) === owner.plane ? costNanos : 0n)
  }
  const unusual = new Map<number, Map<string, 'billed' | 'estimate'>>()
  for (const { startMs, account, plane } of chosen) {
    if (usual.get(account) === plane) continue
    const day = unusual.get(startMs) ?? new Map<string, 'billed' | 'estimate'>()
    unusual.set(startMs, day.set(account, plane))
  }
  for (const [startMs, accounts] of unusual) {
    for (const { seriesId, costNanos } of queries.seriesDays(startMs / 1_000, (startMs + dayMs) / 1_000)) {
      const owner = ownerOf(index, seriesId)
      const plane = owner && accounts.get(owner.account)
      if (plane) add(seriesId, 0n, owner.plane === plane ? costNanos : -costNanos)
    }
  }
}

function ownerOf(
  index: SeriesIndex,
  seriesId: number,
): { account: string; accountId: string; currency: string; plane: Plane } | null {
  const series = index.series(seriesId)
  const feed = series && index.feed(series.feedId)
  if (!feed || feed.plane === 'insight') return null
  return {
    account: `${feed.accountId} ${series.currency}`,
    accountId: feed.accountId,
    currency: series.currency,
    plane: feed.plane,
  }
}

/** The one or two spans at the ends of a range that cover a UTC day only in part. */
export function partialDays(range: TimeRange): TimeRange[] {
  const parts: TimeRange[] = []
  const firstDay = floorTo(range.fromMs, dayMs)
  const lastDay = floorTo(range.toMs, dayMs)
  if (range.fromMs >= range.toMs) return parts
  if (firstDay === lastDay) return [range]
  if (range.fromMs > firstDay) parts.push({ fromMs: range.fromMs, toMs: firstDay + dayMs })
  if (range.toMs > lastDay) parts.push({ fromMs: lastDay, toMs: range.toMs })
  return parts
}

function addPartOfDay(
  queries: SpendQueries,
  index: SeriesIndex,
  knowledge: Knowledge,
  part: TimeRange,
  nowMs: number,
  add: Add,
): void {
  const startMs = floorTo(part.fromMs, dayMs)
  const estimateRows = cutRows(queries, part, nowMs)
  const planeOf = (owner: { accountId: string; currency: string }) => {
    const day = knowledge.days.get(dayKey(startMs, owner.accountId, owner.currency))
    return day ? effectivePlane(day) : null
  }
  const inPart = new Map<string, bigint>()
  for (const { seriesId, costNanos } of estimateRows) {
    const owner = ownerOf(index, seriesId)
    if (owner?.plane !== 'estimate') continue
    inPart.set(owner.account, (inPart.get(owner.account) ?? 0n) + costNanos)
    add(seriesId, costNanos, planeOf(owner) === 'estimate' ? costNanos : 0n)
  }
  const inDay = new Map<string, bigint>()
  for (const { accountId, currency, costNanos } of queries.estimateHours(startMs / 1_000, (startMs + dayMs) / 1_000)) {
    const account = `${accountId} ${currency}`
    inDay.set(account, (inDay.get(account) ?? 0n) + costNanos)
  }
  const elapsedTo = Math.min(startMs + dayMs, Math.max(nowMs, part.toMs))
  const elapsed = { overlap: BigInt(part.toMs - part.fromMs), whole: BigInt(elapsedTo - startMs) }
  for (const { seriesId, costNanos } of queries.seriesDays(startMs / 1_000, (startMs + dayMs) / 1_000)) {
    const owner = ownerOf(index, seriesId)
    if (owner?.plane !== 'billed') continue
    const whole = inDay.get(owner.account) ?? 0n
    const share =
      whole > 0n
        ? shareOf(costNanos, inPart.get(owner.account) ?? 0n, whole)
        : shareOf(costNanos, elapsed.overlap, elapsed.whole)
    add(seriesId, share, planeOf(owner) === 'billed' ? share : 0n)
  }
}

/** Rows of the estimate inside a span: whole hours from the roll-up, the ends from fine rows, cut in proportion. */
function cutRows(queries: SpendQueries, part: TimeRange, nowMs: number): FineRow[] {
  const firstHour = ceilTo(part.fromMs, hourMs)
  const lastHour = floorTo(part.toMs, hourMs)
  if (firstHour >= lastHour) return cutFine(queries, part, nowMs)
  const rows = queries.hourTotals(firstHour / 1_000, lastHour / 1_000)
  if (part.fromMs < firstHour) rows.push(...cutFine(queries, { fromMs: part.fromMs, toMs: firstHour }, nowMs))
  if (lastHour < part.toMs) rows.push(...cutFine(queries, { fromMs: lastHour, toMs: part.toMs }, nowMs))
  return rows
}

/** A row that is under way has all its spend in the part of it that has passed. */
function cutFine(queries: SpendQueries, span: TimeRange, nowMs: number): FineRow[] {
  const rows = queries.fineRows(floorTo(span.fromMs, hourMs) / 1_000, ceilTo(span.toMs, 1_000) / 1_000)
  return rows.flatMap((row) => {
    const startMs = row.startS * 1_000
    const endMs = Math.min(startMs + row.widthS * 1_000, Math.max(nowMs, startMs + 1))
    const overlapMs = Math.min(span.toMs, endMs) - Math.max(span.fromMs, startMs)
    if (overlapMs <= 0) return []
    return [{ ...row, costNanos: shareOf(row.costNanos, BigInt(overlapMs), BigInt(endMs - startMs)) }]
  })
}
