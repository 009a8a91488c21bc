import type { Failure } from '../../shared/failures.ts'
import { ceilTo, dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import type { Feed, ReadWindow } from '../providers/adapter.ts'
import type { FeedState } from '../storage/feeds.ts'

export interface Cadence {
  usageEveryMs: number
  costsEveryMs: number
}

export function cadenceOf(settings: { usageEverySeconds: number; costsEverySeconds: number }): Cadence {
  return { usageEveryMs: settings.usageEverySeconds * 1_000, costsEveryMs: settings.costsEverySeconds * 1_000 }
}

/** An endpoint that never showed spend is looked at less often: eleven questions a minute would be a poor guest. */
const unusedEveryMs = 5 * minuteMs

const fillDays = { billed: 90, estimate: 31, insight: 31 } as const
/** Fine buckets reach back this far; what is older is read by the hour. */
const fineMs = dayMs
/** Late data: each poll reads this much again. */
const trailingFineMs = 90 * minuteMs
const trailingDaysMs = 3 * dayMs
/** Once in a while a longer stretch is read again, because all providers revise the past. */
const deepEveryMs = { billed: dayMs, estimate: 6 * hourMs, insight: dayMs } as const
const deepDaysMs = 35 * dayMs

/**
 * How often a feed is read; the adapter's own limit wins, because more often costs money or runs into a quota. What a
 * person brings is never read, and never late.
 */
export function everyMs(feed: Feed, state: Pick<FeedState, 'used'>, cadence: Cadence): number {
  if (feed.source === 'import') return Infinity
  return Math.max(feed.everyMs ?? 0, wantedEveryMs(feed, state, cadence))
}

function wantedEveryMs(feed: Feed, state: Pick<FeedState, 'used'>, cadence: Cadence): number {
  if (feed.plane === 'billed') return cadence.costsEveryMs
  // By day only: nothing new comes every minute.
  if (feed.widths[0] === 'day') return Math.max(cadence.usageEveryMs, cadence.costsEveryMs)
  return feed.optional && !state.used ? Math.max(cadence.usageEveryMs, unusedEveryMs) : cadence.usageEveryMs
}

/** When a feed wants to be read next. A wait that the provider named, or a back-off, wins over the cadence. */
export function dueAtMs(feed: Feed, state: FeedState, cadence: Cadence): number {
  if (feed.source === 'import') return Infinity
  const planned = state.readAtMs === null ? 0 : state.readAtMs + everyMs(feed, state, cadence)
  return Math.max(planned, state.failure?.retryAtMs ?? 0)
}

/**
 * Whether a feed may be read because somebody asks for it now. A wait that the provider named is kept. So is the pace of
 * a feed whose every read costs money, unless its account was named: a script that polls all accounts each minute must
 * not spend what the guard is there to save.
 */
export function mayReadNow(
  feed: Feed,
  state: FeedState,
  asked: { cadence: Cadence; nowMs: number; named: boolean },
): boolean {
  if (feed.source === 'import') return false
  if (state.failure?.kind === 'rate-limited' && (state.failure.retryAtMs ?? 0) > asked.nowMs) return false
  return asked.named || feed.callCostUsd === undefined || dueAtMs(feed, state, asked.cadence) <= asked.nowMs
}

/** Wait after the n-th failure in a row: 30 s, 1 min, 2 min, ... up to 30 min, spread by a fifth. */
export function backOffMs(failuresInRow: number, random: number): number {
  return Math.round(Math.min(30_000 * 2 ** Math.max(0, failuresInRow - 1), 30 * minuteMs) * (0.9 + 0.2 * random))
}

/** Until when a feed is left alone after a failure. `Retry-After` wins, also when it is shorter than our own wait. */
export function retryAtMs(failure: Failure, failuresInRow: number, nowMs: number, random: number): number {
  return failure.retryAtMs ?? nowMs + backOffMs(failuresInRow, random)
}

/** Whether the longer stretch is to be read now, at the latest with the first back-fill. */
export function isDeepDue(feed: Feed, state: FeedState, nowMs: number): boolean {
  return state.deepReadAtMs === null || nowMs - state.deepReadAtMs >= deepEveryMs[feed.plane]
}

/** What to read of a feed now: a back-fill at first, later the tail, and from time to time a longer stretch again. */
export function planReads(feed: Feed, state: FeedState, nowMs: number): ReadWindow[] {
  const filled = state.filledAtMs !== null && state.coveredToMs !== null
  const deep = isDeepDue(feed, state, nowMs)
  // A clock that was set back would plan windows in the future; what is covered is never after now.
  const coveredMs = Math.min(state.coveredToMs ?? 0, nowMs)
  const fillMs = Math.min(fillDays[feed.plane] * dayMs, feed.keepsMs ?? Infinity)
  // What was missed and is no longer kept may be refused for ever, or be answered with nothing, which is not 0.
  const keptFromMs = nowMs - (feed.keepsMs ?? Infinity)
  if (feed.source === 'counter')
    return [
      {
        feed: feed.id,
        width: 'minute',
        fromMs: floorTo(state.counters?.atMs ?? nowMs, minuteMs),
        toMs: ceilTo(nowMs + 1, minuteMs),
        open: true,
      },
    ]
  if (feed.widths[0] === 'day') {
    const backMs = Math.min(fillMs, !filled ? fillMs : deep ? (feed.restatesMs ?? deepDaysMs) : trailingDaysMs)
    const fromMs = floorTo(Math.max(keptFromMs, Math.min(nowMs - backMs, filled ? coveredMs : nowMs)), dayMs)
    return [{ feed: feed.id, width: 'day', fromMs, toMs: ceilTo(nowMs + 1, dayMs), open: true }]
  }
  const fine = feed.widths[0]
  const cutMs = floorTo(nowMs - fineMs, hourMs)
  const windows: ReadWindow[] = []
  const coarseFromMs = !filled
    ? floorTo(nowMs - fillMs, dayMs)
    : floorTo(Math.max(keptFromMs, Math.min(coveredMs - hourMs, deep ? nowMs - trailingDaysMs : cutMs)), hourMs)
  const historyFromMs = floorTo(nowMs - (feed.historyMs ?? 0), dayMs)
  if (!filled && historyFromMs < coarseFromMs)
    windows.push({ feed: feed.id, width: 'day', fromMs: historyFromMs, toMs: coarseFromMs, open: false })
  if (coarseFromMs < cutMs && feed.widths.includes('hour')) {
    windows.push({ feed: feed.id, width: 'hour', fromMs: coarseFromMs, toMs: cutMs, open: false })
  }
  const fineFromMs =
    !filled || deep ? cutMs : Math.max(cutMs, floorTo(Math.min(nowMs - trailingFineMs, coveredMs - hourMs), hourMs))
  windows.push({
    feed: feed.id,
    width: fine,
    fromMs: fineFromMs,
    toMs: ceilTo(nowMs + 1, fine === 'minute' ? minuteMs : hourMs),
    open: true,
  })
  return windows
}
