import { expect, it } from 'vitest'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'

it('pauses an account, lets it go on, and writes nothing where nothing changes', () => {
  const db = openMemoryDatabase()
  const accounts = createAccountsTable(db)
  const written = () => db.prepare('SELECT total_changes()').pluck().get()
  const account = { id: 'a', provider: 'openai', label: 'A', workspace: null, baseUrl: null } as const
  accounts.insert({ ...account, options: {}, secretName: 's', pausedReason: null, createdAtMs: 0 })
  const before = written()
  accounts.pause('a', null)
  expect(written()).toBe(before)
  accounts.pause('a', 'refused')
  expect(accounts.get('a')?.pausedReason).toBe('refused')
  accounts.pause('a', null)
  expect(accounts.get('a')?.pausedReason).toBeNull()
})
