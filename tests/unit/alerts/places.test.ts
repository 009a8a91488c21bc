import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../electron/alerts/places.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'

const db = openMemoryDatabase()
const accounts = createAccountsTable(db)
const base = { baseUrl: null, options: {}, secretName: 's', pausedReason: null, createdAtMs: 0 }
accounts.insert({ ...base, id: 'a', provider: 'openai', label: 'Acme', workspace: 'acme' })
accounts.insert({ ...base, id: 'b', provider: 'anthropic', label: 'Acme too', workspace: 'acme' })
accounts.insert({ ...base, id: 'c', provider: 'openai', label: 'Beta', workspace: 'beta' })
const owners = createOwners(accounts, createNamesTable(db))
const places = (scope: string, ...labels: string[]) => {
  const found = placesOf(
    { scope, contributors: labels.map((name) => ({ dimension: 'account' as const, name, nanos: 1n })) },
    owners,
  )
  return { ...found, scopes: [...found.scopes].sort() }
}

describe('where an alert belongs', () => {
  it('is its account, and whose it is', () => {
    expect(places('account:a')).toEqual({
      workspace: 'acme',
      scopes: ['account:a', 'all', 'provider:openai', 'workspace:acme'],
    })
  })

  it('is the workspace that all of its accounts share', () => {
    expect(places('all', 'Acme', 'Acme too')).toEqual({ workspace: 'acme', scopes: ['all', 'workspace:acme'] })
    expect(places('project:web', 'Acme').workspace).toBe('acme')
  })

  it('is no workspace where the money is of several clients, or nobody knows whose', () => {
    expect(places('all', 'Acme', 'Beta')).toEqual({ workspace: null, scopes: ['all', 'provider:openai'] })
    expect(places('all')).toEqual({ workspace: null, scopes: ['all'] })
    expect(places('account:gone')).toEqual({ workspace: null, scopes: ['account:gone', 'all'] })
  })

  it('is a workspace by its own word', () => {
    expect(places('workspace:beta')).toEqual({ workspace: 'beta', scopes: ['all', 'workspace:beta'] })
  })

  it('is the largest key, project and model too', () => {
    const contributors = [
      { dimension: 'key' as const, name: 'ci', nanos: 2n },
      { dimension: 'key' as const, name: 'web', nanos: 1n },
    ]
    expect([...placesOf({ scope: 'all', contributors }, owners).scopes]).toEqual(['all', 'key:ci'])
  })
})
