import { z } from 'zod'
import { floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import type { CostBucket, CostLine, CounterReading, SpendReading, Width } from '../providers/adapter.ts'

const text = z.string().nullable()
const dimensions = z.object({
  model: text,
  project: text,
  apiKey: text,
  lineItem: text,
  tier: text,
  currency: z.string(),
})
const nanos = z.string().transform(BigInt)

/** What the running totals of a feed showed when they were last read, as it is kept with the feed. */
const storedCounters = z.object({
  atMs: z.number(),
  totals: z.array(dimensions.extend({ totalNanos: nanos, sinceMs: z.number().nullable() })),
  /** The minute under way: what it cost so far, because its bucket is replaced whole. */
  open: z.object({ startMs: z.number(), lines: z.array(dimensions.extend({ costNanos: nanos })) }).nullable(),
  /** They are read another way from now on: the next look only notes what they show, and counts nothing. */
  anew: z.literal(true).optional(),
})
export type CounterState = z.output<typeof storedCounters>

/**
 * Spend as the difference between two looks at running totals. It is spread evenly over the time in between, exactly to
 * the nano: by the minute, and by the hour in a longer gap, so that a computer that slept
 * wakes up to no leap. A first look at a total that began at a known time spreads it since then; a balance tells nothing
 * before its second. A balance that rose was filled up: what was spent meanwhile is not known, and is no negative spend.
 */
export function advanceCounters(
  before: CounterState | null,
  shown: readonly CounterReading[],
  nowMs: number,
): SpendReading & { counters: CounterState } {
  const readings = summedUp(shown)
  if (before?.anew) {
    const open = before.open?.startMs === floorTo(nowMs, minuteMs) ? before.open : null
    return { buckets: [], counters: { atMs: nowMs, totals: readings, open } }
  }
  const known = new Map(before?.totals.map((total) => [keyOf(total), total]))
  const beginnings = readings.flatMap(({ sinceMs }) => (sinceMs === null ? [] : [sinceMs]))
  const fromMs = Math.min(nowMs, before?.atMs ?? Math.min(nowMs, ...beginnings))
  const buckets = spansBetween(fromMs, nowMs).map((span): Bucket => ({ ...span, lines: [] }))
  if (before?.open && before.open.startMs === buckets[0]?.startMs && buckets[0].width === 'minute')
    buckets[0].lines.push(...before.open.lines)

  for (const reading of readings) {
    const total = known.get(keyOf(reading))
    const isNew = isNewPeriod(reading, total, before?.atMs ?? 0)
    const sinceMs = Math.max(fromMs, isNew ? (reading.sinceMs ?? 0) : 0)
    spread(buckets, reading, spentSince(reading, isNew ? undefined : total), sinceMs, nowMs)
  }

  const last = buckets.at(-1)
  const isOpen = last?.width === 'minute' && last.startMs === floorTo(nowMs, minuteMs)
  const newestMs = Math.max(...beginnings)
  const gone = [...known.values()].filter(
    (total) =>
      !readings.some((reading) => keyOf(reading) === keyOf(total)) &&
      (total.sinceMs === null || total.sinceMs >= newestMs),
  )
  return {
    buckets: buckets.map(({ startMs, width, lines }): CostBucket => ({ startMs, width, lines: lines.map(costLine) })),
    counters: {
      atMs: nowMs,
      totals: [...readings, ...gone],
      open: isOpen ? { startMs: last.startMs, lines: last.lines } : null,
    },
  }
}

export function storeCounters(state: CounterState): string {
  return JSON.stringify(state, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** Null where there are none, or none that can be read: then the next look is the first. */
export function readCounterState(stored: string | null): CounterState | null {
  try {
    const parsed = storedCounters.safeParse(JSON.parse(stored ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Whether nothing was spent and nothing began anew between two looks. */
export function isSameTotals(one: CounterState, other: CounterState | null): boolean {
  const totals = ({ totals }: CounterState) =>
    totals.map((total) => `${keyOf(total)} ${total.sinceMs} ${total.totalNanos}`)
  return other !== null && totals(one).sort().join() === totals(other).sort().join()
}

type Total = CounterState['totals'][number]
type OpenLine = NonNullable<CounterState['open']>['lines'][number]

interface Span {
  startMs: number
  width: Width
  fromMs: number
  toMs: number
}
type Bucket = Span & { lines: OpenLine[] }

/**
 * A period that began before the last look was under way then. Unless its total fell, which is how one looks that was told
 * late, it is the same as before, and only its beginning was moved, as by another plan.
 */
function isNewPeriod({ sinceMs, totalNanos }: CounterReading, before: Total | undefined, lookedMs: number): boolean {
  if (before?.sinceMs === sinceMs) return false
  const wasUnderWay = before && before.sinceMs !== null && sinceMs !== null && sinceMs <= lookedMs
  return !wasUnderWay || totalNanos < before.totalNanos
}

/** `before` is missing for a new period. */
function spentSince(reading: CounterReading, before: Total | undefined): bigint {
  if (before === undefined) return reading.sinceMs === null ? 0n : reading.totalNanos
  const grown = reading.totalNanos - before.totalNanos
  return reading.sinceMs === null && grown < 0n ? 0n : grown
}

/** Whole hours where they lie in between, minutes at both ends: a coarse bucket must never cover fine ones. */
function spansBetween(fromMs: number, toMs: number): Span[] {
  if (fromMs === toMs) return [{ startMs: floorTo(toMs, minuteMs), width: 'minute', fromMs, toMs: toMs + 1 }]
  const spans: Span[] = []
  for (let atMs = fromMs; atMs < toMs;) {
    const [width, stepMs] =
      atMs % hourMs === 0 && atMs + hourMs <= floorTo(toMs, hourMs)
        ? (['hour', hourMs] as const)
        : (['minute', minuteMs] as const)
    const startMs = floorTo(atMs, stepMs)
    const endMs = Math.min(startMs + stepMs, toMs)
    spans.push({ startMs, width, fromMs: atMs, toMs: endMs })
    atMs = endMs
  }
  return spans
}

/** Even over the time from `sinceMs` to the end; what was rounded away in one bucket is in the next. */
function spread(
  buckets: readonly Bucket[],
  reading: CounterReading,
  costNanos: bigint,
  sinceMs: number,
  nowMs: number,
) {
  if (costNanos === 0n) return
  const wholeMs = BigInt(Math.max(1, nowMs - sinceMs))
  let passedMs = 0n
  let given = 0n
  buckets.forEach((bucket, index) => {
    const isLast = index === buckets.length - 1
    passedMs += BigInt(Math.max(0, bucket.toMs - Math.max(bucket.fromMs, sinceMs)))
    const due = isLast ? costNanos : (costNanos * passedMs) / wholeMs
    if (due !== given) addTo(bucket.lines, reading, due - given)
    given = due
  })
}

function addTo(lines: OpenLine[], reading: CounterReading, costNanos: bigint): void {
  const { model, project, apiKey, lineItem, tier, currency } = reading
  const own = { model, project, apiKey, lineItem, tier, currency }
  const line = lines.find((one) => keyOf(one) === keyOf(own))
  if (line) line.costNanos += costNanos
  else lines.push({ ...own, costNanos })
}

function summedUp(shown: readonly CounterReading[]): Total[] {
  const sums = new Map<string, Total>()
  for (const reading of shown) {
    const sum = sums.get(keyOf(reading))
    if (sum) sum.totalNanos += reading.totalNanos
    else sums.set(keyOf(reading), { ...reading })
  }
  return [...sums.values()]
}

function keyOf(of: Omit<OpenLine, 'costNanos'>): string {
  return JSON.stringify([of.model, of.project, of.apiKey, of.lineItem, of.tier, of.currency])
}

function costLine(line: OpenLine): CostLine {
  return { ...line, quantity: null, pricing: 'billed' }
}
