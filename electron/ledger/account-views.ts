import type { Account, AccountState } from '../../shared/accounts.ts'
import type { Failure } from '../../shared/failures.ts'
import { hourMs, iso } from '../../shared/time.ts'
import { isTolerated } from '../polling/tolerated.ts'
import { adapters } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'
import type { Ledger } from './ledger.ts'

export type AccountViews = ReturnType<typeof createAccountViews>

/** Without a successful read for this long beyond its normal delay, what is shown is stale. */
const staleAfterMs = hourMs

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

  const feedsOf = (account: AccountRow) => new Map(adapters[account.provider].feeds.map((feed) => [feed.id, feed]))

  /** Feeds without which the account is not known. */
  function required(account: AccountRow): FeedState[] {
    const feeds = feedsOf(account)
    return ledger.feedStates(account.id).filter((state) => !feeds.get(state.feed)?.optional)
  }

  function failureOf(account: AccountRow): Failure | null {
    const feeds = feedsOf(account)
    for (const { feed: id, failure } of ledger.feedStates(account.id)) {
      const feed = feeds.get(id)
      if (feed && failure && !isTolerated(feed, failure)) return failure
    }
    return parts.polling.failure(account.id)
  }

  /**
   * Up to when spend is known: the oldest of the required usage feeds, which run ahead of the bill; the bill's own feeds
   * where there is no usage. Null before the first read.
   */
  function asOf(account: AccountRow): number | null {
    const states = required(account)
    const usage = states.filter((state) => state.plane === 'estimate')
    const covered = (usage.length > 0 ? usage : states.filter((state) => state.plane === 'billed')).map(
      (state) => state.coveredToMs,
    )
    const known = covered.filter((at) => at !== null)
    return known.length < covered.length || known.length === 0 ? null : Math.min(...known)
  }

  function present(row: AccountRow): Account {
    const states = required(row)
    const failure = failureOf(row)
    const at = asOf(row)
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
  return { present, asOf }
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
