import type { Feed } from '../providers/adapter.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'

/** Refusals in a row after which asking again is rude, and only a person can help. */
const mostRefusals = 2

/**
 * Why an account stops being polled, or null. It stops when the key was refused twice in a row, or when two polls in a
 * row were not allowed to read anything that matters. One success and it goes on.
 */
export function pauseReason(
  account: AccountRow,
  feeds: readonly { feed: Feed; state: FeedState }[],
  polled: boolean,
): string | null {
  if (!polled) return account.pausedReason
  const required = feeds.filter(({ feed }) => !feed.optional).map(({ state }) => state)
  const rejected = feeds.find(
    ({ state }) => state.failure?.kind === 'credential-rejected' && state.failuresInRow >= mostRefusals,
  )
  if (rejected?.state.failure) return rejected.state.failure.message
  const forbidden = required.filter(
    (state) => state.failure?.kind === 'permission-missing' && state.failuresInRow >= mostRefusals,
  )
  return forbidden.length === required.length ? (forbidden[0]?.failure?.message ?? null) : null
}
