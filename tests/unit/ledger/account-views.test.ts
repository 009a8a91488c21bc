import { describe, expect, it } from 'vitest'
import { createAccountViews } from '../../../electron/ledger/account-views.ts'
import { createLedger } from '../../../electron/ledger/ledger.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { accountRow } from '../../fakes/account-row.ts'

const account = accountRow()

function stateOf(fill: number | null) {
  const { present } = createAccountViews({
    ledger: createLedger(openMemoryDatabase(), () => 0.5),
    polling: { fill: () => fill, nextPollAtMs: () => null, failure: () => null },
    balances: () => [],
    cadence: () => ({ usageEveryMs: 60_000, costsEveryMs: 900_000 }),
    isPaused: () => false,
    now: () => Date.UTC(2026, 10, 18),
  })
  return present(account).state
}

describe('the state of an account', () => {
  it('is new until it is read, and no longer while its history is on the way', () => {
    expect(stateOf(null)).toBe('new')
    expect(stateOf(0.62)).toBe('filling')
  })
})
