import type { Ledger } from '../ledger/ledger.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { NamesTable } from '../storage/names.ts'
import type { ReplaySource } from './replay.ts'

/** The person's own history, as the ledger keeps it now: what was revised is played in its last form. */
export function createLedgerSource(parts: {
  ledger: Ledger
  accounts: readonly AccountRow[]
  names: NamesTable
}): ReplaySource {
  return {
    // As if they had always been watched: what came before an account was added is part of what is played.
    accounts: parts.accounts.map((account) => ({ ...account, createdAtMs: 0, pausedReason: null })),
    names: parts.names.all(),
    buckets: (account, feed, range) => parts.ledger.bucketsOf(account.id, feed.id, range),
  }
}
