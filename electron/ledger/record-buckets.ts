import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import type { CostBucket, CostLine } from '../providers/adapter.ts'
import { widthSeconds, type CostRowsTable, type StoredRow } from '../storage/cost-rows.ts'
import type { FeedState } from '../storage/feeds.ts'
import type { RollupsTable, TotalChange } from '../storage/rollups.ts'

const minuteS = minuteMs / 1_000
const hourS = hourMs / 1_000
const dayS = dayMs / 1_000

/**
 * Puts what a provider answered in place of what was stored of the same buckets, and carries the difference into the
 * roll-ups. Runs inside the caller's transaction. Reading the same answer again, in any order, changes nothing:
 * - a bucket replaces the stored bucket of the same start and width whole, lines that disappeared included;
 * - a coarser bucket over finer ones replaces them only when it disagrees with them, so that minutes are kept as long
 *   as they are true;
 * - a finer bucket never replaces a coarser one, which is the later and more complete answer for that span;
 * - a bucket that is not in the answer stays as it was;
 * - a bucket that comes twice in one answer (pages overlap, or cut it in two) is one: of equal lines the later wins.
 * Answers how many stored rows changed.
 */
export function recordBuckets(
  tables: { rows: CostRowsTable; rollups: RollupsTable },
  feed: FeedState,
  buckets: readonly CostBucket[],
): number {
  if (buckets.length === 0) return 0
  const stored = groupByStart(storedAround(tables.rows, feed.id, buckets))
  const changes = createChanges(tables, feed)
  for (const bucket of mergeBuckets((line) => tables.rows.seriesOf(feed.id, line), buckets)) {
    const old = rowsInTheWay(stored, bucket)
    if (!old) continue
    for (const row of old.finer) changes.remove(row)
    replace(changes, old.same, bucket.wanted)
  }
  changes.flush()
  return changes.count()
}

/**
 * The buckets of which `recordBuckets` would change anything, most often one or two of a hundred. It only reads, so that
 * a long answer is compared bit by bit before the transaction that stores it. What is stored of a feed changes by its own
 * poll alone, of which there is one at a time, and by retention, which keeps every sum.
 */
export function changedBuckets(rows: CostRowsTable, feedId: number, buckets: readonly CostBucket[]): CostBucket[] {
  if (buckets.length === 0) return []
  const stored = groupByStart(storedAround(rows, feedId, buckets))
  return buckets.filter((bucket) => {
    let isNew = false
    const seriesOf = (line: CostLine) => {
      const known = rows.knownSeries(feedId, line)
      if (known === undefined) isNew = true
      return known ?? -1
    }
    const wanted = wantedOf(seriesOf, bucket)
    if (isNew) return true
    const old = rowsInTheWay(stored, wanted)
    return old !== null && (old.finer.length > 0 || !isSame(old.same, wanted.wanted))
  })
}

/** The stored rows that a bucket takes the place of; null where they stay and it has nothing to add. */
function rowsInTheWay(
  stored: ReadonlyMap<number, StoredRow[]>,
  { startS, widthS, wanted }: WantedBucket,
): { same: StoredRow[]; finer: StoredRow[] } | null {
  const same: StoredRow[] = []
  const finer: StoredRow[] = []
  for (const row of overlapping(stored, startS, widthS)) {
    if (row.widthS > widthS) return null
    if (row.widthS === widthS) same.push(row)
    else finer.push(row)
  }
  if (finer.length === 0 || same.length > 0) return { same, finer: [] }
  return agree(finer, wanted) ? null : { same, finer }
}

function isSame(rows: readonly StoredRow[], wanted: ReadonlyMap<number, StoredRow>): boolean {
  return (
    rows.length === wanted.size &&
    rows.every((row) => {
      const other = wanted.get(row.seriesId)
      return other?.costNanos === row.costNanos && other.quantity === row.quantity
    })
  )
}

/** Stored rows that may share time with the buckets. A day's row starts before its hours do; hours hold their minutes. */
function storedAround(rows: CostRowsTable, feedId: number, buckets: readonly CostBucket[]): StoredRow[] {
  let firstS = Infinity
  let endS = 0
  for (const { startMs, width } of buckets) {
    firstS = Math.min(firstS, startMs / 1_000)
    endS = Math.max(endS, startMs / 1_000 + widthSeconds(width))
  }
  const hour = floorTo(firstS, hourS)
  const day = floorTo(firstS, dayS)
  const around = rows.between(feedId, hour, endS)
  return day === hour ? around : [...rows.between(feedId, day, day + 1).filter((row) => row.widthS === dayS), ...around]
}

type Changes = ReturnType<typeof createChanges>

function replace(changes: Changes, old: readonly StoredRow[], wanted: ReadonlyMap<number, StoredRow>): void {
  const gone = new Map(old.map((row) => [row.seriesId, row]))
  for (const row of wanted.values()) {
    const before = gone.get(row.seriesId)
    gone.delete(row.seriesId)
    if (!before) changes.insert(row)
    else if (before.costNanos !== row.costNanos || before.quantity !== row.quantity) changes.update(before, row)
  }
  for (const row of gone.values()) changes.remove(row)
}

interface WantedBucket {
  startS: number
  widthS: number
  wanted: Map<number, StoredRow>
}

type SeriesOf = (line: CostLine) => number

function mergeBuckets(seriesOf: SeriesOf, buckets: readonly CostBucket[]): Iterable<WantedBucket> {
  const merged = new Map<string, WantedBucket>()
  for (const bucket of buckets) {
    const one = wantedOf(seriesOf, bucket)
    const before = merged.get(`${one.startS} ${one.widthS}`)
    if (!before) merged.set(`${one.startS} ${one.widthS}`, one)
    else for (const row of one.wanted.values()) before.wanted.set(row.seriesId, row)
  }
  return merged.values()
}

/** Lines of one bucket with the same dimensions are one row. */
function wantedOf(seriesOf: SeriesOf, bucket: CostBucket): WantedBucket {
  const startS = bucket.startMs / 1_000
  const widthS = widthSeconds(bucket.width)
  const merged = new Map<number, StoredRow>()
  for (const line of bucket.lines) {
    const seriesId = seriesOf(line)
    const row = merged.get(seriesId)
    if (!row) merged.set(seriesId, { startS, widthS, seriesId, costNanos: line.costNanos, quantity: line.quantity })
    else {
      row.costNanos += line.costNanos
      row.quantity = row.quantity === null && line.quantity === null ? null : (row.quantity ?? 0) + (line.quantity ?? 0)
    }
  }
  return { startS, widthS, wanted: merged }
}

function groupByStart(rows: readonly StoredRow[]): Map<number, StoredRow[]> {
  const starts = new Map<number, StoredRow[]>()
  for (const row of rows) {
    const group = starts.get(row.startS)
    if (group) group.push(row)
    else starts.set(row.startS, [row])
  }
  return starts
}

/** Stored rows that share time with the span: those that start in it, and the hour and the day that it is part of. */
function* overlapping(stored: ReadonlyMap<number, StoredRow[]>, startS: number, widthS: number): Iterable<StoredRow> {
  if (stored.size === 0) return
  const starts = new Set([floorTo(startS, dayS), floorTo(startS, hourS)])
  for (let minute = startS; minute < startS + widthS; minute += minuteS) starts.add(minute)
  for (const start of starts) {
    for (const row of stored.get(start) ?? []) {
      if (row.startS < startS + widthS && row.startS + row.widthS > startS) yield row
    }
  }
}

function agree(finer: readonly StoredRow[], wanted: ReadonlyMap<number, StoredRow>): boolean {
  const sums = new Map<number, bigint>()
  for (const row of finer) sums.set(row.seriesId, (sums.get(row.seriesId) ?? 0n) + row.costNanos)
  if (sums.size !== wanted.size) return false
  for (const row of wanted.values()) {
    const sum = sums.get(row.seriesId)
    // Each finer row was rounded to a nano by itself, so the sums may differ by half a nano a row.
    if (sum === undefined || abs(sum - row.costNanos) > BigInt(finer.length)) return false
  }
  return true
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** Collects new rows and the differences of the roll-ups, so that few statements write them and each roll-up once. */
function createChanges(tables: { rows: CostRowsTable; rollups: RollupsTable }, feed: FeedState) {
  const hours = new Map<number, Map<number, TotalChange>>()
  const days = new Map<number, Map<number, TotalChange>>()
  const added: StoredRow[] = []
  let count = 0
  const note = (row: StoredRow, costNanos: bigint, quantity: number, lines: number) => {
    count++
    if (row.widthS <= hourS) addChange(hours, floorTo(row.startS, hourS), row.seriesId, costNanos, quantity, lines)
    addChange(days, floorTo(row.startS, dayS), row.seriesId, costNanos, quantity, lines)
  }
  return {
    count: () => count,
    insert(row: StoredRow) {
      added.push(row)
      note(row, row.costNanos, row.quantity ?? 0, 1)
    },
    update(before: StoredRow, row: StoredRow) {
      tables.rows.update(feed.id, row)
      note(row, row.costNanos - before.costNanos, (row.quantity ?? 0) - (before.quantity ?? 0), 0)
    },
    remove(row: StoredRow) {
      tables.rows.remove(feed.id, row)
      note(row, -row.costNanos, -(row.quantity ?? 0), -1)
    },
    flush() {
      tables.rows.insert(feed.id, added)
      tables.rollups.addToHours([...hours.values()].flatMap((hour) => [...hour.values()]))
      tables.rollups.addToDays([...days.values()].flatMap((day) => [...day.values()]))
      for (const [hourStartS, hour] of feed.plane === 'estimate' ? hours : []) {
        for (const [currency, { sum }] of sumByCurrency(tables.rows, hour)) {
          tables.rollups.addToEstimateHour(hourStartS, feed.accountId, currency, sum)
        }
      }
      for (const [dayStartS, day] of days) {
        for (const [currency, { sum, lost }] of sumByCurrency(tables.rows, day)) {
          tables.rollups.addToPlaneDay(dayStartS, feed.accountId, feed.plane, currency, sum)
          if (lost) tables.rollups.prunePlaneDay(dayStartS, feed.accountId, feed.plane, currency)
        }
      }
    },
  }
}

/** The change by currency, and whether any line of it was lost. */
function sumByCurrency(
  rows: CostRowsTable,
  changes: ReadonlyMap<number, TotalChange>,
): Map<string, { sum: bigint; lost: boolean }> {
  const sums = new Map<string, { sum: bigint; lost: boolean }>()
  for (const change of changes.values()) {
    const currency = rows.series().get(change.seriesId)?.currency ?? ''
    const { sum, lost } = sums.get(currency) ?? { sum: 0n, lost: false }
    sums.set(currency, { sum: sum + change.costNanos, lost: lost || change.lines < 0 })
  }
  return sums
}

function addChange(
  totals: Map<number, Map<number, TotalChange>>,
  startS: number,
  seriesId: number,
  costNanos: bigint,
  quantity: number,
  lines: number,
): void {
  let group = totals.get(startS)
  if (!group) totals.set(startS, (group = new Map()))
  const change = group.get(seriesId)
  if (!change) group.set(seriesId, { startS, seriesId, costNanos, quantity, lines })
  else {
    change.costNanos += costNanos
    change.quantity += quantity
    change.lines += lines
  }
}
