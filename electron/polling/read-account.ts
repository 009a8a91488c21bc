import { fail, type Failure } from '../../shared/failures.ts'
import type { CostBucket, Feed, ProviderAdapter, ReadContext, ReadWindow } from '../providers/adapter.ts'
import type { FeedState } from '../storage/feeds.ts'
import { isDeepDue, planReads } from './poll-schedule.ts'

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
    state,
    windows: planReads(feed, state, input.nowMs),
    deep: isDeepDue(feed, state, input.nowMs),
  }))
  const filling = plans.filter((plan) => plan.state.filledAtMs === null)
  const total = filling.reduce((sum, plan) => sum + plan.windows.length, 0)
  let filled = 0
  let ended: Failure | null = null
  const readings: FeedReading[] = []

  async function readFeed({ state, windows, deep }: (typeof plans)[number]): Promise<void> {
    const first = state.filledAtMs === null
    const reading: FeedReading = { state, windows: [], failure: null, deep }
    readings.push(reading)
    for (const window of windows) {
      if (ended) {
        reading.failure = ended
        return
      }
      const answer = await read(input.adapter, input.context, window)
      if (!answer.ok) {
        reading.failure = answer.failure
        if (endsPoll.has(answer.failure.kind)) ended = answer.failure
        return
      }
      const one = { window, buckets: answer.value }
      if (first) await input.onFill({ ...reading, windows: [one] }, ++filled / total)
      reading.windows.push(first ? { window, buckets: one.buckets.map(withoutLines) } : one)
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

/** An adapter that throws has a bug; it must not take the guard down, and must not pass for an empty answer. */
async function read(adapter: ProviderAdapter, context: ReadContext, window: ReadWindow) {
  try {
    return await adapter.read(context, window)
  } catch (error) {
    return {
      ok: false as const,
      failure: fail('internal', `Reading ${adapter.id} ${window.feed} failed: ${(error as Error).name}.`),
    }
  }
}
