import { fail } from '../../shared/failures.ts'
import { dayMs } from '../../shared/time.ts'
import { nextTurn } from '../breather.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { FeedReading } from '../polling/read-account.ts'
import type { CostBucket, Feed } from '../providers/adapter.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'
import { billFeed } from './bill-feed.ts'
import { importFeed } from './import-feed.ts'
import type { ReadBill } from './collect.ts'
import { i18n } from '../../shared/words.ts'

/** Lines stored in some 10 ms. More than that take several transactions, with others in between. */
const mostLines = 2_000

export interface StoreParts {
  ledger: Ledger
  now(): number
  transaction<T>(change: () => T): T
  /** What the files say of one day of one bill, fetched when it is its turn. */
  bucket(bill: number, day: number): Promise<CostBucket>
}

interface Piece {
  state: FeedState
  bucket: CostBucket
  /** The bucket again where it is not stored like that already. */
  changed: CostBucket[]
}

/**
 * Puts bills in place of what an older file said of the same days. What is little is one transaction. What is more is
 * stored day by day, and until the last day is there the bill says that it is not whole: a guard that dies half way never
 * passes the half for the whole, and the same file again completes it. Answers how many days changed.
 */
export async function storeBills(
  parts: StoreParts,
  account: AccountRow,
  bills: readonly ReadBill[],
  file: string,
): Promise<number> {
  const { ledger, transaction } = parts
  const whole = importFeed(account)
  if (!whole) throw new RangeError('the account is read at its provider')
  // A file of a header alone says nothing, least of all up to when bills are known.
  if (bills.length === 0) return 0
  const all = transaction(() => stateOf(ledger, account, whole))
  const states = transaction(() => bills.map((bill) => stateOf(ledger, account, billFeed(bill))))
  let held: Piece[] = []
  let lines = 0
  let days = 0
  let isMarked = false

  const write = (isLast: boolean) =>
    transaction(() => {
      const nowMs = parts.now()
      if (!isLast && !isMarked) mark(ledger, all, file, nowMs)
      for (const piece of held) ledger.record(readingOf(piece), nowMs)
      if (!isLast) return
      for (const [at, state] of states.entries()) ledger.settle(wholeReading(state, bills.slice(at, at + 1)), nowMs)
      ledger.settle(wholeReading(all, bills), nowMs)
    })

  for (const [at, bill] of bills.entries()) {
    const state = states[at]
    if (!state) continue
    for (const day of bill.days) {
      const bucket = await parts.bucket(at, day)
      const changed = ledger.changed(state, [bucket])
      if (changed.length > 0) days++
      // Also what is as it was: it may be more final now.
      held.push({ state, bucket, changed })
      lines += changed.length > 0 ? bucket.lines.length + 1 : 1
      if (lines > mostLines) {
        await nextTurn()
        write(false)
        isMarked = true
        held = []
        lines = 0
        await nextTurn()
      }
    }
  }
  write(true)
  return days
}

function stateOf(ledger: Ledger, account: AccountRow, feed: Feed): FeedState {
  const [found] = ledger.feeds(account, [feed])
  if (!found) throw new RangeError('a declared feed has a state')
  return found.state
}

function mark(ledger: Ledger, state: FeedState, file: string, nowMs: number): void {
  const failure = fail(
    'truncated',
    i18n.t('Not all bills of {file} are stored yet. Unless an import is under way, import it again.', { file }),
  )
  ledger.settle({ state, windows: [], failure, deep: false }, nowMs)
}

function readingOf({ state, bucket, changed }: Piece): FeedReading {
  const span = { fromMs: bucket.startMs, toMs: bucket.startMs + dayMs }
  const window = { feed: state.feed, width: bucket.width, open: false, ...span }
  return { state, windows: [{ window, buckets: [bucket], changed }], failure: null, deep: true }
}

/** That bills have been read, up to their last day. */
function wholeReading(state: FeedState, bills: readonly ReadBill[]): FeedReading {
  const last = Math.max(0, ...bills.map((bill) => bill.days.at(-1) ?? 0))
  const window = { feed: state.feed, width: 'day' as const, open: false, fromMs: last, toMs: last + dayMs }
  return { state, windows: [{ window, buckets: [] }], failure: null, deep: true }
}
