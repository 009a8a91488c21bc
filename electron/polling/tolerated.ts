import type { Failure } from '../../shared/failures.ts'
import type { Feed } from '../providers/adapter.ts'

/**
 * Whether a failure of a feed is none of its account: an optional endpoint that the key may not read, or that is not
 * offered to this organization. An answer that cannot be understood, or a connection that fails, always counts.
 */
export function isTolerated(feed: Feed, failure: Failure): boolean {
  if (!feed.optional) return false
  if (failure.kind === 'permission-missing' || failure.kind === 'not-found') return true
  return failure.kind === 'unexpected-response' && failure.status !== undefined
}
