import { fail, type Failure } from '../../shared/failures.ts'
import type { ProviderId } from '../../shared/providers.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CostBucket, Feed, ProviderAdapter, ReadContext, ReadWindow, SpendReading } from '../providers/adapter.ts'
import type { FeedState } from '../storage/feeds.ts'
import { advanceCounters, type CounterState } from './counters.ts'
import { dayMs, floorTo } from '../../shared/time.ts'
import { isDeepDue, planReads } from './poll-schedule.ts'
import { i18n } from '../../shared/words.ts'

/** What one poll brought of one feed: complete windows, and the failure that ended it early, if one did. */
export interface FeedReading {
  state: FeedState
  /** Of a first back-fill the windows were stored as they came, and their buckets hold a line at most. */
  windows: {
    window: ReadWindow
    buckets: CostBucket[]
    /** Those of the buckets that are not stored like that already, where that was looked at before. */
    changed?: CostBucket[]
  }[]
  failure: Failure | null
  /** It was the first back-fill, or a re-reading of a longer stretch. */
  deep: boolean
  /** Of a feed of running totals: what they showed, for the next read. */
  counters?: CounterState
  /** Up to when the provider says that its data is complete, where it says so. */
  asOfMs?: number
  /** For the adapter to know that it is stored. */
  stored?: () => void
}

/** Feeds read at the same time: quick enough for eleven endpoints, and still a polite guest. */
const together = 3

/** These say something about the key or the connection, so that asking the other endpoints would be rude or futile. */
const endsPoll = new Set<Failure['kind']>(['credential-rejected', 'rate-limited', 'offline', 'refused-host'])

/** Reads what is due of one account. Windows come in order; a feed stops at its first failure. */
export async function readAccount(input: {
  adapter: ProviderAdapter
  context: ReadContext
  due: readonly { feed: Feed; state: FeedState }[]
  nowMs: number
  /** Called with each window of a first back-fill as it arrives, and the share that is done. */
  onFill(reading: FeedReading, done: number): Promise<void>
}): Promise<FeedReading[]> {
  const plans = input.due.map(({ feed, state }) => ({
    feed,
    state,
    windows: planReads(feed, state, input.nowMs),
    deep: isDeepDue(feed, state, input.nowMs),
  }))
  const filling = plans.filter((plan) => plan.state.filledAtMs === null)
  const total = filling.reduce((sum, plan) => sum + plan.windows.length, 0)
  let filled = 0
  let ended: Failure | null = null
  const readings: FeedReading[] = []

  async function readFeed({ feed, state, windows, deep }: (typeof plans)[number]): Promise<void> {
    const first = state.filledAtMs === null
    const reading: FeedReading = { state, windows: [], failure: null, deep }
    readings.push(reading)
    for (const window of windows) {
      if (ended) {
        reading.failure = ended
        return
      }
      const answer = await read(input.adapter, input.context, feed, state, window)
      if (!answer.ok) {
        reading.failure = answer.failure
        if (endsPoll.has(answer.failure.kind)) ended = answer.failure
        return
      }
      const { buckets, counters, asOfMs, sinceMs = window.fromMs, stored } = answer.value
      if (counters) reading.counters = counters
      if (stored) reading.stored = stored
      if (asOfMs !== undefined) reading.asOfMs = Math.max(reading.asOfMs ?? 0, asOfMs)
      // Of running totals the first spend may lie before the window: they are what they are since they began.
      const fromMs = counters
        ? Math.min(window.fromMs, buckets[0]?.startMs ?? Infinity)
        : Math.max(window.fromMs, floorTo(sinceMs, dayMs))
      if (first) filled++
      if (fromMs >= window.toMs) continue
      const one = { window: { ...window, fromMs }, buckets }
      if (first) await input.onFill({ ...reading, windows: [one] }, filled / total)
      reading.windows.push(first ? { window: one.window, buckets: buckets.map(withoutLines) } : one)
    }
  }

  const queue = [...plans]
  const lanes = Array.from({ length: together }, async () => {
    for (let plan = queue.shift(); plan; plan = queue.shift()) await readFeed(plan)
  })
  await Promise.all(lanes)
  return readings
}

/** What is stored need not be kept until the last window is there; one line tells that there were any. */
function withoutLines(bucket: CostBucket): CostBucket {
  return { ...bucket, lines: bucket.lines.slice(0, 1) }
}

type Read = SpendReading & { counters?: CounterState }

/** An adapter that throws has a bug; it must not take the guard down, and must not pass for an empty answer. */
async function read(
  adapter: ProviderAdapter,
  context: ReadContext,
  feed: Feed,
  state: FeedState,
  window: ReadWindow,
): Promise<Result<Read>> {
  try {
    if (feed.source === 'counter') {
      const shown = (await adapter.readCounters?.(context, feed.id)) ?? missing(adapter, feed)
      return shown.ok ? ok(advanceCounters(state.counters, shown.value, context.now())) : shown
    }
    return (await adapter.read?.(context, window)) ?? missing(adapter, feed)
  } catch (error) {
    return err(readingFailed(adapter.id, feed, error))
  }
}

function missing(adapter: ProviderAdapter, feed: Feed): Result<never> {
  return err(cannotRead(adapter.id, feed))
}

export function cannotRead(provider: ProviderId, feed: Feed): Failure {
  return fail('internal', i18n.t('{provider} cannot read {feed}.', { provider, feed: feed.id }))
}

/** What an adapter throws may hold anything; its name does not. */
export function readingFailed(provider: ProviderId, feed: Feed, error: unknown): Failure {
  const { name } = error as Error
  return fail('internal', i18n.t('Reading {provider} {feed} failed: {name}.', { provider, feed: feed.id, name }))
}
