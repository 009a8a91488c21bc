import { shareOf } from '../../shared/money.ts'
import { ceilTo, dayMs, floorTo, hourMs, minuteMs, type TimeRange } from '../../shared/time.ts'
import type { Plane } from '../providers/adapter.ts'
import type { Series } from '../storage/cost-rows.ts'
import { createSpanMemory } from './span-memory.ts'
import type { FineRow, SeriesTotal, SpendQueries } from '../storage/spend-queries.ts'

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
  /** Every account and plane there is to read, and up to when it is known; null: nobody says. */
  planes(): Iterable<{ accountId: string; plane: Plane; coveredToMs: number | null }>
}

export type SpendReader = ReturnType<typeof createSpendReader>

/** Series kept in memory, some hundred bytes each: two charts of 90 days with 300 series, and the pieces of totals. */
const mostOfSteps = 60_000
const mostOfPieces = 15_000

/**
 * Reads what was spent between two instants. Whole UTC days come from roll-ups by day and month, in which it is settled
 * what counts. Where the range cuts through a UTC day, the estimate is cut at its own hours and minutes, and a billed
 * day, which the provider gives only as a whole, is split in the proportion of that account's estimate (evenly over the
 * elapsed part of the day where there is none).
 */
export function createSpendReader(queries: SpendQueries, index: SeriesIndex) {
  const steps = createSpanMemory<Spending>(mostOfSteps, ({ parts }) => parts.length)
  const pieces = createSpanMemory<SeriesTotal[]>(mostOfPieces, (totals) => totals.length)

  const ownerOf = (seriesId: number) => {
    const series = index.series(seriesId)
    const feed = series && index.feed(series.feedId)
    return !feed || feed.plane === 'insight' ? null : { series, accountId: feed.accountId, plane: feed.plane }
  }

  function between(range: TimeRange, nowMs: number): Spending {
    const sums = new Map<number, SeriesTotal>()
    const add = (part: SeriesTotal) => {
      const sum = sums.get(part.seriesId)
      if (!sum) return void sums.set(part.seriesId, { ...part })
      sum.costNanos += part.costNanos
      sum.effectiveNanos += part.effectiveNanos
    }
    for (const part of wholeDays(range, nowMs)) add(part)
    for (const span of partialDays(range)) {
      for (const part of pieces.recall(span, nowMs, () => partOfDay(span, nowMs))) add(part)
    }
    const parts: SeriesSpend[] = []
    for (const { seriesId, costNanos, effectiveNanos } of sums.values()) {
      const owner = ownerOf(seriesId)
      if (owner) parts.push({ ...owner, nanos: costNanos, effectiveNanos })
    }
    return { range, parts, read: planesRead(range, parts) }
  }

  /** Days are noted as read as a whole: of one under way nothing is known beyond what was read last. */
  function planesRead(range: TimeRange, parts: readonly SeriesSpend[]): Map<string, Set<Plane>> {
    const read = new Map<string, Set<Plane>>()
    const [fromS, toS] = [floorTo(range.fromMs, dayMs) / 1_000, ceilTo(range.toMs, dayMs) / 1_000]
    for (const { accountId, plane, coveredToMs } of index.planes()) {
      const known = read.get(accountId)
      if (plane === 'insight' || known?.has(plane) || !queries.isRead(accountId, plane, fromS, toS)) continue
      const isBehind = coveredToMs !== null && coveredToMs <= range.fromMs
      if (isBehind && !parts.some((part) => part.accountId === accountId && part.plane === plane && part.nanos !== 0n))
        continue
      if (known) known.add(plane)
      else read.set(accountId, new Set([plane]))
    }
    return read
  }

  function wholeDays(range: TimeRange, nowMs: number): SeriesTotal[] {
    const fromMs = ceilTo(range.fromMs, dayMs)
    const toMs = floorTo(range.toMs, dayMs)
    if (fromMs >= toMs) return []
    const months = wholeMonths(fromMs, toMs)
    if (!months) return queries.days(fromMs / 1_000, toMs / 1_000)
    return [
      ...pieces.recall(months, nowMs, () => queries.months(months.fromMs / 1_000, months.toMs / 1_000)),
      ...(fromMs < months.fromMs ? queries.days(fromMs / 1_000, months.fromMs / 1_000) : []),
      ...(months.toMs < toMs ? queries.days(months.toMs / 1_000, toMs / 1_000) : []),
    ]
  }

  function partOfDay(part: TimeRange, nowMs: number): SeriesTotal[] {
    const startMs = floorTo(part.fromMs, dayMs)
    const [dayS, nextDayS] = [startMs / 1_000, (startMs + dayMs) / 1_000]
    const stands = new Map<string, Plane>()
    for (const { accountId, currency, plane } of queries.standing(dayS)) stands.set(`${accountId} ${currency}`, plane)
    const found: SeriesTotal[] = []
    for (const { seriesId, costNanos } of estimateIn(part, nowMs)) {
      const owner = ownerOf(seriesId)
      if (owner?.plane !== 'estimate') continue
      const stood = stands.get(`${owner.accountId} ${owner.series.currency}`) === 'estimate'
      found.push({ seriesId, costNanos, effectiveNanos: stood ? costNanos : 0n })
    }
    // Most days that are cut have no bill yet.
    let sharesOf: ReturnType<typeof splitDay> | null = null
    for (const { seriesId, costNanos } of queries.days(dayS, nextDayS)) {
      const owner = ownerOf(seriesId)
      if (owner?.plane !== 'billed') continue
      const account = `${owner.accountId} ${owner.series.currency}`
      sharesOf ??= splitDay(part, nowMs)
      const share = sharesOf(account, costNanos)
      found.push({ seriesId, costNanos: share, effectiveNanos: stands.get(account) === 'billed' ? share : 0n })
    }
    return found
  }

  /** What of an account's billed UTC day belongs to a part of it. The shares of parts side by side add up exactly. */
  function splitDay(part: TimeRange, nowMs: number): (account: string, costNanos: bigint) => bigint {
    const startMs = floorTo(part.fromMs, dayMs)
    const hours = queries.estimateHours(startMs / 1_000, (startMs + dayMs) / 1_000)
    const [before, upTo, whole] = [part.fromMs, part.toMs, startMs + dayMs].map((atMs) =>
      estimateBefore(hours, atMs, nowMs),
    )
    // What is billed of a day under way was spent in what has passed of it.
    const passedMs = nowMs > startMs ? Math.min(nowMs - startMs, dayMs) : dayMs
    const passed = (atMs: number) => BigInt(Math.min(atMs - startMs, passedMs))
    return (account, costNanos) => {
      const shape = whole?.get(account) ?? 0n
      return shape > 0n
        ? shareBetween(costNanos, before?.get(account) ?? 0n, upTo?.get(account) ?? 0n, shape)
        : shareBetween(costNanos, passed(part.fromMs), passed(part.toMs), BigInt(passedMs))
    }
  }

  /** How much of each account's estimate of a UTC day, given by its hours, lies before an instant in it. */
  function estimateBefore(
    hours: ReturnType<SpendQueries['estimateHours']>,
    atMs: number,
    nowMs: number,
  ): Map<string, bigint> {
    const sums = new Map<string, bigint>()
    const add = (accountId: string, currency: string, costNanos: bigint) => {
      const account = `${accountId} ${currency}`
      sums.set(account, (sums.get(account) ?? 0n) + costNanos)
    }
    const hourStartMs = floorTo(atMs, hourMs)
    for (const hour of hours) if (hour.startS * 1_000 < hourStartMs) add(hour.accountId, hour.currency, hour.costNanos)
    if (hourStartMs === atMs) return sums
    for (const { seriesId, costNanos } of fineIn({ fromMs: hourStartMs, toMs: atMs }, nowMs)) {
      const owner = ownerOf(seriesId)
      if (owner?.plane === 'estimate') add(owner.accountId, owner.series.currency, costNanos)
    }
    return sums
  }

  /** The estimate inside a part of one UTC day: whole hours from the roll-up, the ends from fine rows. */
  function estimateIn(part: TimeRange, nowMs: number): Pick<SeriesTotal, 'seriesId' | 'costNanos'>[] {
    const firstHour = ceilTo(part.fromMs, hourMs)
    // The hour under way holds nothing yet of what is after now.
    const lastHour = part.toMs >= nowMs ? ceilTo(part.toMs, hourMs) : floorTo(part.toMs, hourMs)
    const found = cut(queries.rowsAt(floorTo(part.fromMs, dayMs) / 1_000, dayMs / 1_000), part, nowMs)
    if (firstHour >= lastHour) return [...found, ...fineIn(part, nowMs)]
    found.push(...queries.hours(firstHour / 1_000, lastHour / 1_000))
    if (part.fromMs < firstHour) found.push(...fineIn({ fromMs: part.fromMs, toMs: firstHour }, nowMs))
    if (lastHour < part.toMs) found.push(...fineIn({ fromMs: lastHour, toMs: part.toMs }, nowMs))
    return found
  }

  function fineIn(span: TimeRange, nowMs: number): Pick<SeriesTotal, 'seriesId' | 'costNanos'>[] {
    const inside = queries.fineTotals(span.fromMs / 1_000, span.toMs / 1_000)
    return [...inside, ...cut(rowsAcross(span), span, nowMs)]
  }

  /** The minutes and hours that lie across an end of the span. */
  function rowsAcross(span: TimeRange): FineRow[] {
    return [minuteMs, hourMs].flatMap((widthMs) => {
      const starts = new Set([floorTo(span.fromMs, widthMs), floorTo(span.toMs, widthMs)])
      return [...starts]
        .filter((startMs) => startMs < span.fromMs || startMs + widthMs > span.toMs)
        .flatMap((startMs) => queries.rowsAt(startMs / 1_000, widthMs / 1_000))
    })
  }

  return {
    ownerOf,
    between,
    /** The same, quicker for spans of the past that are asked for again: the steps of a chart. */
    step: (range: TimeRange, nowMs: number): Spending => steps.recall(range, nowMs, () => between(range, nowMs)),
    /** Something about these days changed. */
    forget(days: TimeRange): void {
      steps.forget(days)
      pieces.forget(days)
    },
    forgetAll(): void {
      steps.clear()
      pieces.clear()
    },
  }
}

/** Rows in proportion to the time they share with a span. A row under way has all its spend in what has passed of it. */
function cut(rows: readonly FineRow[], span: TimeRange, nowMs: number): { seriesId: number; costNanos: bigint }[] {
  return rows.flatMap(({ seriesId, costNanos, startS, widthS }) => {
    const startMs = startS * 1_000
    const endMs = Math.min(startMs + widthS * 1_000, Math.max(nowMs, startMs + 1))
    const [fromMs, toMs] = [Math.max(span.fromMs, startMs), Math.min(span.toMs, endMs)]
    if (fromMs >= toMs) return []
    const [from, to, whole] = [BigInt(fromMs - startMs), BigInt(toMs - startMs), BigInt(endMs - startMs)]
    return [{ seriesId, costNanos: shareBetween(costNanos, from, to, whole) }]
  })
}

/** The part of an amount between two places on its way to the whole. Rounded at the places, so that no nano is lost. */
function shareBetween(nanos: bigint, from: bigint, to: bigint, whole: bigint): bigint {
  return shareOf(nanos, to, whole) - shareOf(nanos, from, whole)
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

/** The whole UTC months inside a range of days; null where there is none. */
function wholeMonths(fromMs: number, toMs: number): TimeRange | null {
  const from = new Date(fromMs)
  const to = new Date(toMs)
  const monthMs = (date: Date, later: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)
  const firstMs = monthMs(from, 0) === fromMs ? fromMs : monthMs(from, 1)
  const endMs = monthMs(to, 0)
  return firstMs < endMs ? { fromMs: firstMs, toMs: endMs } : null
}
