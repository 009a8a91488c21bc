import { nanosToDecimal } from '../../shared/money.ts'
import type { ProviderId } from '../../shared/providers.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { ceilTo, dayMs, floorTo, hourMs, iso } from '../../shared/time.ts'
import type { Trial, TriedRow, TriedSource } from '../../shared/trials.ts'
import { cannotRead, readingFailed } from '../polling/read-account.ts'
import { widths, type Dimensions, type Feed, type ReadContext, type ReadWindow } from '../providers/adapter.ts'
import { adapters, feedsOf } from '../providers/registry.ts'
import { i18n } from '../../shared/words.ts'

interface Candidate {
  provider: ProviderId
  options: Record<string, string>
}

/** Reads the newest of every source of an account that may not be there yet, one after the other, and stores nothing. */
export async function tryAccount(candidate: Candidate, context: ReadContext): Promise<Trial> {
  const feeds = feedsOf(candidate).filter((feed) => feed.source !== 'import')
  const sources: TriedSource[] = []
  for (const feed of feeds) sources.push(await trySource(candidate.provider, feed, context))
  const isNeeded = (id: string) => feeds.some((feed) => feed.id === id && !feed.optional)
  return {
    ok: sources.every(({ id, failure }) => failure === null || !isNeeded(id)),
    sources,
    balances: await tryBalances(candidate.provider, context),
  }
}

/** A refusal of them is no failure of the account, but whoever tries it wants to know. */
async function tryBalances(provider: ProviderId, context: ReadContext): Promise<Trial['balances']> {
  const found = await adapters[provider].balances?.(context)
  if (!found) return null
  if (!found.ok) return { failure: found.failure, left: [] }
  const left = found.value.map(({ currency, leftNanos }) => ({ currency, amount: nanosToDecimal(leftNanos) }))
  return { failure: null, left }
}

interface Understood {
  rows: (Line & { atMs: number | null })[]
  notes: readonly string[]
}
type Line = Dimensions & { currency: string; nanos: bigint }

/** Enough to see what days or hours look like, and little to ask for. */
const newestMs = { day: 7 * dayMs, hour: dayMs, minute: 3 * hourMs } as const
const mostRows = 10

async function trySource(provider: ProviderId, feed: Feed, context: ReadContext): Promise<TriedSource> {
  const window = newestWindow(feed, context.now())
  const read = await understand(provider, feed, window, context)
  const rows = read.ok ? read.value.rows : []
  const shown = rows.toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0)).slice(0, mostRows)
  return {
    id: feed.id,
    plane: feed.plane,
    width: feed.widths[0],
    from: iso(window.fromMs),
    to: iso(window.toMs),
    failure: read.ok ? null : read.failure,
    count: rows.length,
    rows: shown.map(present),
    // What is left of a balance is no spend that could be summed up; it is told by itself.
    sums: sumsOf(rows.filter(({ atMs }) => atMs !== null)),
    warnings: read.ok ? [...read.value.notes, ...doubts(rows, context.now())] : [],
  }
}

async function understand(
  provider: ProviderId,
  feed: Feed,
  window: ReadWindow,
  context: ReadContext,
): Promise<Result<Understood>> {
  const adapter = adapters[provider]
  try {
    if (feed.source === 'counter') {
      const totals = await adapter.readCounters?.(context, feed.id)
      if (!totals) return err(cannotRead(provider, feed))
      if (!totals.ok) return totals
      return ok({
        rows: totals.value.map(({ totalNanos, sinceMs, ...line }) => ({ ...line, nanos: totalNanos, atMs: sinceMs })),
        notes: [],
      })
    }
    const reading = await adapter.read?.(context, window)
    if (!reading) return err(cannotRead(provider, feed))
    if (!reading.ok) return reading
    const { buckets, notes = [] } = reading.value
    const rows = buckets.flatMap(({ startMs, lines }) =>
      lines.map(({ costNanos, ...line }) => ({ ...line, nanos: costNanos, atMs: startMs })),
    )
    return ok({ rows, notes })
  } catch (error) {
    return err(readingFailed(provider, feed, error))
  }
}

function newestWindow(feed: Feed, nowMs: number): ReadWindow {
  const width = feed.widths[0]
  const toMs = ceilTo(nowMs + 1, widths[width])
  const backMs = Math.min(newestMs[width] + feed.latencyMs, feed.keepsMs ?? Infinity)
  return { feed: feed.id, width, fromMs: floorTo(nowMs - backMs, widths[width]), toMs, open: true }
}

function present({
  atMs,
  currency,
  nanos,
  model,
  project,
  apiKey,
  lineItem,
  tier,
}: Understood['rows'][number]): TriedRow {
  const at = atMs === null ? null : iso(atMs)
  return { at, currency, amount: nanosToDecimal(nanos), model, project, apiKey, lineItem, tier }
}

function sumsOf(rows: readonly Line[]): TriedSource['sums'] {
  const sums = new Map<string, bigint>()
  for (const { currency, nanos } of rows) sums.set(currency, (sums.get(currency) ?? 0n) + nanos)
  return [...sums].map(([currency, nanos]) => ({ currency, amount: nanosToDecimal(nanos) }))
}

/** What may well be a misunderstanding, though it can be read. */
function doubts(rows: Understood['rows'], nowMs: number): string[] {
  const found: string[] = []
  if (rows.length === 0)
    found.push(
      i18n.t(
        'There was no row. Nothing may have been spent; if something was, look at the path, the times and "rows".',
      ),
    )
  else if (rows.every(({ nanos }) => nanos === 0n))
    found.push(i18n.t('All amounts are 0. If something was spent, another field holds the money.'))
  if (rows.some(({ atMs }) => atMs !== null && atMs > nowMs))
    found.push(i18n.t('Some rows lie in the future. Look at how their start is read.'))
  return found
}
