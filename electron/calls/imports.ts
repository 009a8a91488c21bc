import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { importFeed } from '../focus/import-feed.ts'
import type { Imports } from '../focus/imports.ts'
import type { AccountsTable } from '../storage/accounts.ts'
import type { Handlers } from './handlers.ts'

export function importCalls({
  imports,
  accounts,
}: {
  imports: Imports
  accounts: AccountsTable
}): Pick<Handlers, 'imports:start' | 'imports:get'> {
  return {
    'imports:start': ({ accountId, files }) => {
      const account = accounts.get(accountId)
      if (!account)
        return err(fail('not-found', `There is no account ${accountId}. "spend-guard accounts list" shows them.`))
      if (!importFeed(account))
        return err(
          fail(
            'invalid-input',
            `${account.label} is read at its provider, and a file would count the same spend twice. Add an account for files: spend-guard accounts add focus --label "My bills"`,
          ),
        )
      const relative = files.find((file) => !path.isAbsolute(file))
      if (relative !== undefined) return err(fail('invalid-input', `${relative} is not a whole path.`))
      return imports.start(randomUUID().slice(0, 8), account, files)
    },
    'imports:get': ({ id }) => {
      const state = imports.get(id)
      return state ? ok(state) : err(fail('not-found', `This run of the guard knows no import ${id}.`))
    },
  }
}
