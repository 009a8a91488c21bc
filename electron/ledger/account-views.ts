import type { Account, AccountState } from '../../shared/accounts.ts'
import type { Source } from '../../shared/sources.ts'
import type { Failure } from '../../shared/failures.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { hourMs, iso } from '../../shared/time.ts'
import { everyMs, type Cadence } from '../polling/poll-schedule.ts'
import { isTolerated } from '../polling/tolerated.ts'
import type { Feed, Plane } from '../providers/adapter.ts'
import { feedsOf } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { BalanceRow } from '../storage/balances.ts'
import type { FeedState } from '../storage/feeds.ts'
import type { Ledger } from './ledger.ts'

export type AccountViews = ReturnType<typeof createAccountViews>

/** On top of its normal delay: what is known up to an earlier time than that is stale. */
const staleAfterMs = hourMs

/** What an account reads, with how far it has come; only what was read or tried at least once. */
function sourcesOf(ledger: Ledger, account: AccountRow): { feed: Feed; state: FeedState }[] {
  const states = new Map(ledger.feedStates(account.id).map((state) => [state.feed, state]))
  return feedsOf(account).flatMap((feed) => {
    const state = states.get(feed.id)
    return state ? [{ feed, state }] : []
  })
}

/** Feeds without which the account is not known. */
function requiredFeeds(ledger: Ledger, account: AccountRow): FeedState[] {
  return sourcesOf(ledger, account).flatMap(({ feed, state }) => (feed.optional ? [] : [state]))
}

/**
 * Up to when an account's spend is known: the oldest of the required usage feeds, which run ahead of the bill; the
 * bill's own feeds where there is no usage, mere insight where there is neither. Null before the first read.
 */
export function knownUpTo(ledger: Ledger, account: AccountRow): number | null {
  const states = requiredFeeds(ledger, account)
  const of = (plane: Plane) => states.filter((state) => state.plane === plane)
  const [usage, bills] = [of('estimate'), of('billed')]
  const covered = (usage.length > 0 ? usage : bills.length > 0 ? bills : states).map((state) => state.coveredToMs)
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
  balances(accountId: string): readonly BalanceRow[]
  cadence(): Cadence
  /** The whole guard is paused, and with it every account. */
  isPaused(): boolean
  now(): number
}) {
  const { ledger } = parts

  function failureOf(account: AccountRow): Failure | null {
    for (const { feed, state } of sourcesOf(ledger, account))
      if (state.failure && !isTolerated(feed, state.failure)) return state.failure
    return parts.polling.failure(account.id)
  }

  function present(row: AccountRow): Account {
    const states = requiredFeeds(ledger, row)
    const failure = failureOf(row)
    const at = knownUpTo(ledger, row)
    const fill = parts.polling.fill(row.id)
    return {
      id: row.id,
      provider: row.provider,
      label: row.label,
      workspace: row.workspace,
      baseUrl: row.baseUrl,
      options: row.options,
      createdAt: iso(row.createdAtMs),
      state: parts.isPaused() ? 'paused' : stateOf(row, states, failure, at, parts.now() - staleAfter(row), fill),
      asOf: at === null ? null : iso(at),
      failure,
      nextPollAt: time(parts.polling.nextPollAtMs(row)),
      fill,
      balances: parts.balances(row.id).map(({ currency, leftNanos, readAtMs }) => ({
        currency,
        left: nanosToDecimal(leftNanos),
        asOf: iso(readAtMs),
      })),
      sources: feedsOf(row).map((feed) => presentSource(row, feed)),
      calibration: ledger.calibration(row.id, parts.now()),
      unpricedModels: ledger.unpricedModels(row.id, parts.now()),
    }
  }
  function presentSource(row: AccountRow, feed: Feed): Source {
    const state = ledger.feedStates(row.id).find((one) => one.feed === feed.id)
    const isRead = feed.source !== 'import'
    return {
      id: feed.id,
      plane: feed.plane,
      width: feed.widths[0],
      asOf: time(state?.coveredToMs ?? null),
      lagSeconds: feed.latencyMs / 1_000,
      everySeconds: isRead ? everyMs(feed, { used: state?.used ?? false }, parts.cadence()) / 1_000 : null,
      callCost: feed.callCostUsd ?? null,
      optional: feed.optional ?? false,
      used: state?.used ?? false,
      failure: state?.failure ?? null,
    }
  }

  /** How old what is known may be: the time between two reads and the delay of the data, and something on top. */
  function staleAfter(row: AccountRow): number {
    const waits = feedsOf(row)
      .filter((feed) => !feed.optional)
      .map((feed) =>
        feed.source === 'import' ? Infinity : everyMs(feed, { used: true }, parts.cadence()) + feed.latencyMs,
      )
    return staleAfterMs + Math.min(...waits)
  }

  return { present }
}

function stateOf(
  row: AccountRow,
  states: readonly FeedState[],
  failure: Failure | null,
  asOfMs: number | null,
  staleBeforeMs: number,
  fill: number | null,
): AccountState {
  if (row.pausedReason !== null) return 'paused'
  if (failure) return 'failed'
  if (fill !== null) return 'filling'
  if (states.length === 0) return 'new'
  if (states.some((state) => state.filledAtMs === null)) return asOfMs === null ? 'new' : 'filling'
  return asOfMs === null || asOfMs < staleBeforeMs ? 'stale' : 'ok'
}

function time(ms: number | null): string | null {
  return ms === null ? null : iso(ms)
}
