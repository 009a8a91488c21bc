import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffMs, dueAtMs, mayReadNow, planReads, retryAtMs } from '../../../electron/polling/poll-schedule.ts'
import type { Feed } from '../../../electron/providers/adapter.ts'
import type { FeedState } from '../../../electron/storage/feeds.ts'
import { fail } from '../../../shared/failures.ts'
import { dayMs, hourMs, iso, minuteMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:20:30Z')
const usage: Feed = { id: 'completions', plane: 'estimate', widths: ['minute', 'hour', 'day'], latencyMs: 0 }
const costs: Feed = { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs: dayMs }
const state = (change: Partial<FeedState> = {}): FeedState => ({
  id: 1,
  accountId: 'a',
  feed: 'f',
  plane: 'estimate',
  matureAfterMs: 0,
  filledAtMs: null,
  readAtMs: null,
  deepReadAtMs: null,
  coveredToMs: null,
  failure: null,
  failuresInRow: 0,
  used: true,
  counters: null,
  ...change,
})
const filled = (agoMs: number, deepAgoMs = agoMs) =>
  state({ filledAtMs: 1, readAtMs: nowMs - agoMs, coveredToMs: nowMs - agoMs, deepReadAtMs: nowMs - deepAgoMs })
const windows = (feed: Feed, one: FeedState) =>
  planReads(feed, one, nowMs).map((window) => [window.width, iso(window.fromMs), iso(window.toMs), window.open])

describe('planReads', () => {
  it('fills 90 days of costs at first, today included', () => {
    expect(windows(costs, state())).toEqual([['day', '2026-08-25T00:00:00.000Z', '2026-11-24T00:00:00.000Z', true]])
  })
  it('reads again as far back as a bill is restated, once a day', () => {
    const from = (feed: Feed, one: FeedState) => windows(feed, one)[0]?.[1]
    expect(from(costs, filled(hourMs, dayMs))).toBe('2026-10-19T00:00:00.000Z')
    expect(from({ ...costs, restatesMs: 62 * dayMs }, filled(hourMs, dayMs))).toBe('2026-09-22T00:00:00.000Z')
    expect(from({ ...costs, restatesMs: 62 * dayMs }, filled(hourMs))).toBe('2026-11-20T00:00:00.000Z')
  })
  it('fills 31 days of usage by the hour and the last day by the minute', () => {
    expect(windows(usage, state())).toEqual([
      ['hour', '2026-10-23T00:00:00.000Z', '2026-11-22T10:00:00.000Z', false],
      ['minute', '2026-11-22T10:00:00.000Z', '2026-11-23T10:21:00.000Z', true],
    ])
  })
  it('fills in older history by the day where that costs nothing, and does not ask for it again', () => {
    const kept = { ...usage, historyMs: 100 * dayMs }
    expect(windows(kept, state())[0]).toEqual(['day', '2026-08-15T00:00:00.000Z', '2026-10-23T00:00:00.000Z', false])
    expect(windows(kept, state()).slice(1)).toEqual(windows(usage, state()))
    expect(windows(kept, filled(7 * hourMs))).toEqual(windows(usage, filled(7 * hourMs)))
  })
  it('later re-reads the tail, from a full hour', () => {
    expect(windows(usage, filled(minuteMs))).toEqual([
      ['minute', '2026-11-23T08:00:00.000Z', '2026-11-23T10:21:00.000Z', true],
    ])
    expect(windows(costs, filled(minuteMs))).toEqual([
      ['day', '2026-11-20T00:00:00.000Z', '2026-11-24T00:00:00.000Z', true],
    ])
  })
  it('reads a longer stretch again once in a while', () => {
    expect(windows(costs, filled(minuteMs, dayMs))[0]?.[1]).toBe('2026-10-19T00:00:00.000Z')
    expect(windows(usage, filled(minuteMs, 6 * hourMs))).toHaveLength(2)
  })
  it('catches up on all that was missed while the computer slept', () => {
    expect(windows(usage, filled(3 * dayMs, 3 * dayMs))[0]).toEqual([
      'hour',
      '2026-11-20T09:00:00.000Z',
      '2026-11-22T10:00:00.000Z',
      false,
    ])
  })
  it('asks for nothing that a provider no longer keeps, however long it was away', () => {
    const kept: Feed = { ...costs, keepsMs: 30 * dayMs }
    expect(windows(kept, filled(45 * dayMs))[0]?.[1]).toBe('2026-10-24T00:00:00.000Z')
    const hours: Feed = { ...usage, widths: ['hour'], keepsMs: 2 * dayMs }
    expect(windows(hours, filled(5 * dayMs))[0]?.[1]).toBe('2026-11-21T10:00:00.000Z')
  })
  it('leaves no gap between what is covered and now, and meets its own windows, whatever the pause', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 * dayMs }),
        fc.integer({ min: 0, max: 2 * dayMs }),
        (agoMs, deepAgoMs) => {
          const plan = planReads(usage, filled(agoMs, agoMs + deepAgoMs), nowMs)
          expect(plan[0]?.fromMs).toBeLessThanOrEqual(nowMs - agoMs)
          expect(plan.at(-1)?.toMs).toBeGreaterThan(nowMs)
          for (const [index, window] of plan.entries()) {
            expect(window.fromMs).toBeLessThan(window.toMs)
            expect(window.fromMs % hourMs).toBe(0)
            if (index > 0) expect(window.fromMs).toBe(plan[index - 1]?.toMs)
          }
        },
      ),
    )
  })
})

describe('dueAtMs', () => {
  const cadence = { usageEveryMs: minuteMs, costsEveryMs: 15 * minuteMs }
  it('is every five minutes for an optional endpoint that never showed spend', () => {
    const optional = { ...usage, optional: true as const }
    expect(dueAtMs(optional, { ...filled(0), used: false }, cadence)).toBe(nowMs + 5 * minuteMs)
    expect(dueAtMs(optional, filled(0), cadence)).toBe(nowMs + minuteMs)
    expect(dueAtMs(usage, { ...filled(0), used: false }, cadence)).toBe(nowMs + minuteMs)
    expect(dueAtMs(optional, { ...filled(0), used: false }, { ...cadence, usageEveryMs: hourMs })).toBe(nowMs + hourMs)
  })
  it('is at once for what was never read', () => expect(dueAtMs(usage, state(), cadence)).toBe(0))
  it('is a minute for usage and a quarter of an hour for costs', () => {
    expect(dueAtMs(usage, filled(0), cadence)).toBe(nowMs + minuteMs)
    expect(dueAtMs(costs, filled(0), cadence)).toBe(nowMs + 15 * minuteMs)
  })
  it('waits as long as the provider asked', () => {
    const failure = fail('rate-limited', 'wait', { retryAtMs: nowMs + 2 * hourMs })
    expect(dueAtMs(usage, { ...filled(0), failure }, cadence)).toBe(nowMs + 2 * hourMs)
  })
})

describe('a feed that somebody wants read now', () => {
  const cadence = { usageEveryMs: minuteMs, costsEveryMs: 15 * minuteMs }
  const may = (feed: Feed, one: FeedState, named = false) => mayReadNow(feed, one, { cadence, nowMs, named })
  const paid: Feed = { ...costs, everyMs: 12 * hourMs, callCostUsd: '0.01' }

  it('is read whether or not it is due', () => {
    expect(may(costs, filled(0))).toBe(true)
    expect(may({ ...costs, everyMs: 12 * hourMs }, filled(0))).toBe(true)
  })
  it('keeps its pace where a read costs money, failed ones too', () => {
    const failure = fail('unexpected-response', 'odd', { retryAtMs: nowMs + 1 })
    expect(may(paid, state())).toBe(true)
    expect(may(paid, filled(12 * hourMs))).toBe(true)
    expect(may(paid, filled(12 * hourMs - 1))).toBe(false)
    expect(may(paid, { ...state(), failure })).toBe(false)
  })
  it('is read at any price where its account was named', () => expect(may(paid, filled(0), true)).toBe(true))
  it('waits as long as the provider asked, named or not', () => {
    const failure = fail('rate-limited', 'wait', { retryAtMs: nowMs + 1 })
    expect(may(costs, { ...filled(dayMs), failure }, true)).toBe(false)
    expect(may(costs, { ...filled(dayMs), failure: { ...failure, retryAtMs: nowMs } })).toBe(true)
  })
  it('is never one that a person brings', () => expect(may({ ...costs, source: 'import' }, state(), true)).toBe(false))
})

describe('after a failure', () => {
  it('waits longer each time, up to half an hour', () => {
    expect([1, 2, 3, 20].map((failures) => backOffMs(failures, 0.5))).toEqual([30_000, 60_000, 120_000, 30 * minuteMs])
  })
  it('spreads the wait by a fifth', () => {
    expect(backOffMs(1, 0)).toBe(27_000)
    expect(backOffMs(1, 1)).toBe(33_000)
  })
  it('waits a whole number of milliseconds, which is all that is stored', () => {
    expect([0.1, 1 / 3, 0.77].map((random) => Number.isInteger(backOffMs(1, random)))).toEqual([true, true, true])
  })
  it('keeps to a wait the provider named, also a shorter one', () => {
    expect(retryAtMs(fail('rate-limited', '', { retryAtMs: nowMs + 1 }), 9, nowMs, 0)).toBe(nowMs + 1)
  })
})
