import type { Feed } from '../providers/adapter.ts'
import { feedsOf } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'

/** The feed of an account that files are imported into; null for one that is read at its provider. */
export function importFeed(account: AccountRow): Feed | null {
  return feedsOf(account).find((feed) => feed.source === 'import') ?? null
}
