import type { Account, AccountState } from '../../shared/accounts.ts'
import type { Failure } from '../../shared/failures.ts'
import { hourMs, iso } from '../../shared/time.ts'
import { isTolerated } from '../polling/tolerated.ts'
import type { Feed } from '../providers/adapter.ts'
import { adapters } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'
import type { Ledger } from './ledger.ts'

export type AccountViews = ReturnType<typeof createAccountViews>

/** Without a successful read for this long beyond its normal delay, what is shown is stale. */
const staleAfterMs = hourMs

function feedsOf(account: AccountRow): ReadonlyMap<string, Feed> {
  return new Map(adapters[account.provider].feeds.map((feed) => [feed.id, feed]))
}

/** Feeds without which the account is not known. */
function requiredFeeds(ledger: Ledger, account: AccountRow): FeedState[] {
  const feeds = feedsOf(account)
  return ledger.feedStates(account.id).filter((state) => !feeds.get(state.feed)?.optional)
}

/**
 * Up to when an account's spend is known: the oldest of the required usage feeds, which run ahead of the bill; the
 * bill's own feeds where there is no usage. Null before the first read.
 */
export function knownUpTo(ledger: Ledger, account: AccountRow): number | null {
  const states = requiredFeeds(ledger, account)
  const usage = states.filter((state) => state.plane === 'estimate')
  const covered = (usage.length > 0 ? usage : states.filter((state) => state.plane === 'billed')).map(
    (state) => state.coveredToMs,
  )
  const known = covered.filter((at) => at !== null)
  return known.length < covered.length || known.length === 0 ? null : Math.min(...known)
}

/** Accounts with their health: what was read, as of when, and what is wrong. */
export function createAccountViews(parts: {
  ledger: Ledger
  polling: {
    fill(accountId: string): number | null
    nextPollAtMs(account: AccountRow): number | null
    failure(accountId: string): Failure | null
  }
  now(): number
}) {
  const { ledger } = parts

  function failureOf(account: AccountRow): Failure | null {
    const feeds = feedsOf(account)
    for (const { feed: id, failure } of ledger.feedStates(account.id)) {
      const feed = feeds.get(id)
      if (feed && failure && !isTolerated(feed, failure)) return failure
    }
    return parts.polling.failure(account.id)
  }

  function present(row: AccountRow): Account {
    const states = requiredFeeds(ledger, row)
    const failure = failureOf(row)
    const at = knownUpTo(ledger, row)
    return {
      id: row.id,
      provider: row.provider,
      label: row.label,
      workspace: row.workspace,
      baseUrl: row.baseUrl,
      options: row.options,
      createdAt: iso(row.createdAtMs),
      state: stateOf(row, states, failure, at, parts.now()),
      asOf: at === null ? null : iso(at),
      failure,
      nextPollAt: time(parts.polling.nextPollAtMs(row)),
      fill: parts.polling.fill(row.id),
      calibration: ledger.calibration(row.id, parts.now()),
      unpricedModels: ledger.unpricedModels(row.id, parts.now()),
    }
  }
  return { present }
}

function stateOf(
  row: AccountRow,
  states: readonly FeedState[],
  failure: Failure | null,
  asOfMs: number | null,
  nowMs: number,
): AccountState {
  if (row.pausedReason !== null) return 'paused'
  if (failure) return 'failed'
  if (states.length === 0) return 'new'
  if (states.some((state) => state.filledAtMs === null)) return asOfMs === null ? 'new' : 'filling'
  return asOfMs === null || nowMs - asOfMs > staleAfterMs ? 'stale' : 'ok'
}

function time(ms: number | null): string | null {
  return ms === null ? null : iso(ms)
}
