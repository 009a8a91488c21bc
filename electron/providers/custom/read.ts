import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo } from '../../../shared/time.ts'
import { createBreather } from '../../breather.ts'
import {
  widths,
  type CostBucket,
  type CounterReading,
  type ReadContext,
  type ReadWindow,
  type SpendReading,
} from '../adapter.ts'
import { followPages, within } from '../pages.ts'
import type { CustomFeed, SpendFeed } from './manifest.ts'
import { amountIn, listOf, startIn, type Amount, type Mapping, type Row } from './mapping.ts'
import type { Span } from './placeholders.ts'
import { firstRequest, monthStart, nextRequest, pathOf, spansOf, spanSoFar } from './requests.ts'
import { i18n } from '../../../shared/words.ts'

/** All amounts of a window by bucket. Rows that belong to another window are left out, and said to be. */
export async function readSpend(
  context: ReadContext,
  mapping: Mapping<SpendFeed>,
  window: ReadWindow,
): Promise<Result<SpendReading>> {
  const { feed } = mapping
  const buckets = new Map<number, CostBucket>()
  let rows = 0
  for (const span of spansOf(feed, window, context.now())) {
    const found = await readRows(context, mapping, span, (row) => dated(mapping, row))
    if (!found.ok) return found
    rows += found.value.length
    for (const { startMs, amount } of found.value) {
      const bucket = buckets.get(startMs) ?? { startMs, width: feed.width, lines: [] }
      buckets.set(startMs, bucket)
      if (amount === null) continue
      const { nanos, ...line } = amount
      bucket.lines.push({ ...line, costNanos: nanos, quantity: null, pricing: 'billed' })
    }
  }
  const all = [...buckets.values()].sort((a, b) => a.startMs - b.startMs)
  const kept = within(all, window)
  const strayed = rowsOf(all) - rowsOf(kept)
  const notes =
    strayed === 0 ? [] : [`${strayed} of ${rows} rows are of another time than was asked for, and left out.`]
  return ok({ buckets: feed.gaps === 'free' ? withoutGaps(kept, window, feed.width) : kept, notes })
}

/** What the running totals of a feed show now; what is left of a balance counts downwards. */
export async function readTotals(context: ReadContext, mapping: Mapping): Promise<Result<CounterReading[]>> {
  const { feed } = mapping
  const span = spanSoFar(feed, context.now())
  return readRows(context, mapping, span, (row) => {
    const amount = amountIn(mapping, row)
    if (!amount.ok) return amount
    const since = sinceOf(mapping, row, context.now())
    if (!since.ok) return since
    const { nanos, ...rest } = amount.value
    return ok({ ...rest, totalNanos: feed.reads === 'balance' ? -nanos : nanos, sinceMs: since.value })
  })
}

interface Dated {
  startMs: number
  /** Null for a row that lists no parts: there was no spend. */
  amount: Amount | null
}

function dated(mapping: Mapping<SpendFeed>, row: Row): Result<Dated> {
  const startMs = startIn(mapping, 'start', row)
  if (!startMs.ok) return startMs
  if (startMs.value === null) return mapping.refuse('start', `finds nothing in ${row.where}`)
  const isEmpty = (row.value as { part?: unknown } | null)?.part === noPart
  const amount = isEmpty ? ok(null) : amountIn(mapping, row)
  return amount.ok ? ok({ startMs: startMs.value, amount: amount.value }) : amount
}

function sinceOf(mapping: Mapping, row: Row, nowMs: number): Result<number | null> {
  const { feed } = mapping
  if (feed.reads !== 'total' || feed.since === 'ever') return ok(null)
  if (feed.since === 'day') return ok(floorTo(nowMs, dayMs))
  if (feed.since === 'month') return ok(monthStart(nowMs))
  const since = startIn(mapping, 'since.at', row)
  if (since.ok && since.value === null) return mapping.refuse('since.at', `finds nothing in ${row.where}`)
  return since
}

/** Marks a row whose list of parts is empty; its own expressions find nothing in it. */
const noPart = Object.freeze({})

/** Page after page of one request, each row made into what is wanted of it; others go first in between. */
async function readRows<Made>(
  context: ReadContext,
  mapping: Mapping,
  span: Span,
  make: (row: Row) => Result<Made>,
): Promise<Result<Made[]>> {
  const breathe = createBreather()
  let before: string | null = null
  return followPages<Made>(context.http, firstRequest(mapping.feed, span), async (answer, asked) => {
    const path = pathOf(asked)
    const rows = listOf(mapping, 'rows', answer, `the answer of ${path}`)
    if (!rows.ok) return rows
    if (mapping.feed.pages.kind === 'number' && rows.value.length > 0) {
      // A server that does not know the parameter answers its first page for ever.
      const page = JSON.stringify(rows.value)
      if (page === before)
        return err(fail('truncated', i18n.t('{path} answers the same page twice; nothing of it was stored.', { path })))
      before = page
    }
    const made: Made[] = []
    for (const [index, value] of rows.value.entries()) {
      const parts = partsOf(mapping, { value, where: `row ${index + 1} of ${path}` })
      if (!parts.ok) return parts
      for (const row of parts.value) {
        const one = make(row)
        if (!one.ok) return one
        made.push(one.value)
      }
      await breathe()
    }
    const next = nextRequest(mapping, asked, answer, rows.value.length)
    return next.ok ? ok({ made, next: next.value }) : next
  })
}

function partsOf(mapping: Mapping<CustomFeed>, row: Row): Result<Row[]> {
  if (mapping.feed.parts === undefined) return ok([row])
  const parts = listOf(mapping, 'parts', row.value, row.where)
  if (!parts.ok) return parts
  const found = parts.value.length === 0 ? (mapping.feed.reads === 'spend' ? [noPart] : []) : parts.value
  return ok(
    found.map((part, index) => ({
      value: { row: row.value, part },
      where: part === noPart ? row.where : `part ${index + 1} of ${row.where}`,
    })),
  )
}

/** Up to the newest bucket with a row: what comes after it may only be late. */
function withoutGaps(buckets: CostBucket[], window: ReadWindow, width: SpendFeed['width']): CostBucket[] {
  const newestMs = buckets.at(-1)?.startMs
  if (newestMs === undefined) return buckets
  const known = new Map(buckets.map((bucket) => [bucket.startMs, bucket]))
  const all: CostBucket[] = []
  for (let startMs = floorTo(window.fromMs, widths[width]); startMs <= newestMs; startMs += widths[width])
    if (startMs >= window.fromMs) all.push(known.get(startMs) ?? { startMs, width, lines: [] })
  return all
}

function rowsOf(buckets: readonly CostBucket[]): number {
  return buckets.reduce((sum, { lines }) => sum + Math.max(1, lines.length), 0)
}
