import type { Failure } from '../../shared/failures.ts'
import { readCounterState, storeCounters, type CounterState } from '../polling/counters.ts'
import type { Feed, Plane } from '../providers/adapter.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

/** How far one endpoint of one account has been read. */
export interface FeedState {
  id: number
  accountId: string
  feed: string
  plane: Plane
  matureAfterMs: number
  /** When the first back-fill was complete; null before. */
  filledAtMs: number | null
  readAtMs: number | null
  deepReadAtMs: number | null
  /** Everything before this instant has been read at least once. */
  coveredToMs: number | null
  failure: Failure | null
  failuresInRow: number
  /** Whether it ever brought spend: most organizations use two or three endpoints of eleven. */
  used: boolean
  /** Of a feed of running totals: what they showed last. */
  counters: CounterState | null
}

export type FeedsTable = ReturnType<typeof createFeedsTable>

const columns = `id, account_id AS accountId, feed, plane, mature_after_ms AS matureAfterMs, filled_at_ms AS filledAtMs,
  read_at_ms AS readAtMs, deep_read_at_ms AS deepReadAtMs, covered_to_ms AS coveredToMs, failure,
  failures_in_row AS failuresInRow, counters`

export function createFeedsTable(db: Db) {
  const read = (row: unknown): FeedState => {
    const stored = row as Omit<FeedState, 'failure' | 'used' | 'counters'> & {
      failure: string | null
      used?: number
      counters: string | null
    }
    return {
      ...stored,
      failure: stored.failure ? readFailure(stored.failure) : null,
      used: stored.used === 1,
      counters: readCounterState(stored.counters),
    }
  }
  const all = db.prepare(
    `SELECT ${columns}, EXISTS (SELECT 1 FROM series WHERE feed_id = feeds.id) AS used FROM feeds ORDER BY id`,
  )
  const declare = db.prepare(`INSERT INTO feeds (account_id, feed, plane, mature_after_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (account_id, feed) DO UPDATE SET mature_after_ms = excluded.mature_after_ms RETURNING ${columns}`)
  const save = db.prepare(`UPDATE feeds SET filled_at_ms = @filledAtMs, read_at_ms = @readAtMs,
    deep_read_at_ms = @deepReadAtMs, covered_to_ms = @coveredToMs, failure = @failure, failures_in_row = @failuresInRow,
    counters = @counters WHERE id = @id`)
  return {
    all: (): FeedState[] => all.all().map(read),
    /** The stored state of a feed, made when it is not there yet. */
    declare: (accountId: string, feed: Feed): FeedState =>
      read(declare.get(accountId, feed.id, feed.plane, feed.matureAfterMs ?? 0)),
    save: (state: FeedState) =>
      void save.run({
        ...state,
        failure: state.failure && JSON.stringify(state.failure),
        counters: state.counters && storeCounters(state.counters),
      }),
  }
}
