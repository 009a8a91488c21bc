import { expect, it } from 'vitest'
import { accountCalls } from '../../../electron/calls/accounts.ts'
import type { ReadContext } from '../../../electron/providers/adapter.ts'
import { createAccountsTable, type AccountRow } from '../../../electron/storage/accounts.ts'
import { openDatabase } from '../../../electron/storage/database.ts'
import { accountEntry, type Account } from '../../../shared/accounts.ts'
import { createTestSystem } from '../../fakes/system.ts'

function stage() {
  const system = createTestSystem()
  const opened = openDatabase(system.dataDir, system.clock.now())
  if (!opened.ok) throw new Error(opened.failure.message)
  const accounts = createAccountsTable(opened.value.db)
  const calls = accountCalls({
    accounts,
    system,
    present: (row: AccountRow) => row as unknown as Account,
    context: async () => ({}) as ReadContext,
    onNewKey: () => undefined,
    onRemove: async () => undefined,
    onChange: () => undefined,
  })
  return { accounts, system, add: (entry: object) => calls['accounts:add'](accountEntry.parse(entry)) }
}
const table = 'acme.billing.gcp_billing_export_v1_01AB23_CD45EF_678901'

it('an account whose key is optional must say how it proves itself otherwise', async () => {
  const { add, accounts } = stage()
  expect(await add({ provider: 'gcp', label: 'G', options: { table } })).toMatchObject({
    ok: false,
    failure: { kind: 'invalid-input', message: expect.stringContaining('There is no key.') as string },
  })
  expect(await add({ provider: 'gcp', label: 'G', options: { table, credentials: 'gcloud' } })).toMatchObject({
    ok: true,
  })
  expect(accounts.list()).toMatchObject([{ secretName: '' }])
})

it('an account without a key leaves nothing in the keychain', async () => {
  const { add, accounts, system } = stage()
  const added = await add({ provider: 'focus', label: 'Bills' })
  expect(added).toMatchObject({ ok: true })
  const id = accounts.list()[0]?.id ?? ''
  expect(await system.secrets.get(`account:${id}`)).toMatchObject({ value: null })
})

it('an entry that lacks a key or an option is refused with the place', () => {
  const problems = (entry: object) => accountEntry.safeParse(entry).error?.issues.map(({ path }) => path.join('.'))
  expect(problems({ provider: 'openai', label: 'O' })).toEqual(['secret'])
  expect(problems({ provider: 'twilio', label: 'T', secret: 'SK1:abc' })).toEqual(['options.account_sid'])
  expect(problems({ provider: 'focus', label: 'F', secret: 'sk-admin-1' })).toEqual(['secret'])
  const sid = { account_sid: 'AC0', subaccounts: 'some' }
  expect(problems({ provider: 'twilio', label: 'T', secret: 'SK1:abc', options: sid })).toEqual(['options.subaccounts'])
})
