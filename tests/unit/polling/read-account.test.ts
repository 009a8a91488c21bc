import { describe, expect, it } from 'vitest'
import { readAccount } from '../../../electron/polling/read-account.ts'
import type { Feed, ProviderAdapter, ReadContext, ReadWindow } from '../../../electron/providers/adapter.ts'
import type { FeedState } from '../../../electron/storage/feeds.ts'
import { ok } from '../../../shared/result.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'

const startMs = Date.UTC(2026, 10, 1, 9, 5)
const costs: Feed = { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs: dayMs }
const usage: Feed = { id: 'usage', plane: 'estimate', widths: ['minute', 'hour'], latencyMs: 0 }

/** Reads one feed at an even pace, with nothing to tell, and notes which windows were asked for and when. */
async function watch(feed: Feed, everyMs: number, forMs: number) {
  const asked: { atMs: number; window: ReadWindow }[] = []
  let state = { id: 1, filledAtMs: null, readAtMs: null, deepReadAtMs: null, coveredToMs: null } as FeedState
  for (let nowMs = startMs; nowMs <= startMs + forMs; nowMs += everyMs) {
    const adapter = {
      read: async (_context: ReadContext, window: ReadWindow) => {
        asked.push({ atMs: nowMs, window })
        return ok({ buckets: [] })
      },
    } as unknown as ProviderAdapter
    const [reading] = await readAccount({
      adapter,
      context: {} as ReadContext,
      due: [{ feed, state }],
      nowMs,
      onFill: async () => undefined,
    })
    const deepReadAtMs = reading?.deep ? nowMs : state.deepReadAtMs
    state = { ...state, filledAtMs: startMs, readAtMs: nowMs, coveredToMs: nowMs, deepReadAtMs }
  }
  return asked
}

describe('an account that is read all the time', () => {
  it('has its bill of the last five weeks read again once a day', async () => {
    const asked = await watch(costs, 15 * minuteMs, 3 * dayMs)
    const long = asked.slice(1).filter(({ atMs, window }) => atMs - window.fromMs > 30 * dayMs)
    expect(long.map(({ atMs }) => (atMs - startMs) / dayMs)).toEqual([1, 2, 3])
    const short = asked.filter(({ atMs, window }) => atMs - window.fromMs < 5 * dayMs)
    expect(short).toHaveLength(asked.length - 4)
  })
  it('has its usage of the last days read again every six hours', async () => {
    const asked = await watch(usage, 10 * minuteMs, dayMs)
    const long = asked.filter(({ atMs, window }) => atMs > startMs && window.width === 'hour')
    expect(long.map(({ atMs }) => (atMs - startMs) / hourMs)).toEqual([6, 12, 18, 24])
  })
  it('is known from when on its provider says that there is anything to know', async () => {
    const sinceMs = startMs - 3 * dayMs
    const adapter = { read: async () => ok({ buckets: [], sinceMs }) } as unknown as ProviderAdapter
    const state = { id: 1, filledAtMs: null, coveredToMs: null, deepReadAtMs: null } as FeedState
    const feed = { ...usage, widths: ['minute', 'hour', 'day'] as const, historyMs: 90 * dayMs }
    const shares: number[] = []
    const [reading] = await readAccount({
      adapter,
      context: {} as ReadContext,
      due: [{ feed, state }],
      nowMs: startMs,
      onFill: async (_reading, done) => void shares.push(done),
    })
    expect(reading?.windows.map(({ window }) => window.width)).toEqual(['hour', 'minute'])
    expect(reading?.windows[0]?.window.fromMs).toBe(Date.UTC(2026, 9, 29))
    expect(shares).toEqual([2 / 3, 1])
  })
})
