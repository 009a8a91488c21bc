import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { importFeed } from '../focus/import-feed.ts'
import type { Imports } from '../focus/imports.ts'
import type { Uploads } from '../focus/uploads.ts'
import type { AccountsTable } from '../storage/accounts.ts'
import { unknownAccount } from './accounts.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

export function importCalls({
  imports,
  uploads,
  accounts,
}: {
  imports: Imports
  uploads: Uploads
  accounts: AccountsTable
}): Pick<Handlers, 'imports:start' | 'imports:upload' | 'imports:get'> {
  return {
    'imports:upload': ({ upload, name, at, piece }) => uploads.add(upload, name, at, Buffer.from(piece, 'base64')),
    'imports:start': ({ accountId, files, uploads: uploaded }) => {
      const account = accounts.get(accountId)
      if (!account) return err(unknownAccount(accountId))
      if (!importFeed(account))
        return err(
          fail(
            'invalid-input',
            i18n.t(
              '{account} is read at its provider, and a file would count the same spend twice. Add an account for files: spend-guard accounts add focus --label "My bills"',
              { account: account.label },
            ),
          ),
        )
      const relative = files.find((file) => !path.isAbsolute(file))
      if (relative !== undefined)
        return err(fail('invalid-input', i18n.t('{file} is not a whole path.', { file: relative })))
      const arrived = uploads.paths(uploaded)
      if (!arrived) return err(fail('not-found', i18n.t('An uploaded file is gone. Choose the files again.')))
      return imports.start(randomUUID().slice(0, 8), account, [...files, ...arrived], () => uploads.drop(uploaded))
    },
    'imports:get': ({ id }) => {
      const state = imports.get(id)
      return state ? ok(state) : err(fail('not-found', i18n.t('This run of the guard knows no import {id}.', { id })))
    },
  }
}
