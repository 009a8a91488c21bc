import { randomUUID } from 'node:crypto'
import { fail, type Failure } from '../../shared/failures.ts'
import { providerFacts } from '../../shared/providers.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { adapters } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'
import { checkAccount, refusalOf, repetitions, type AccountParts } from './look-at-account.ts'
import { tryAccount } from './try-account.ts'
import { i18n } from '../../shared/words.ts'

export function accountCalls(
  parts: AccountParts & {
    onNewKey(id: string): void
    onRemove(): Promise<void>
    onChange(): void
  },
): Pick<
  Handlers,
  | 'accounts:list'
  | 'accounts:check-key'
  | 'accounts:try'
  | 'accounts:add'
  | 'accounts:replace-key'
  | 'accounts:test'
  | 'accounts:remove'
> {
  const { accounts, system } = parts
  async function store(secretName: string, secret: string): Promise<Result<null>> {
    return secretName === '' ? ok(null) : system.secrets.set(secretName, secret)
  }

  return {
    'accounts:list': () => ok(accounts.list().map(parts.present)),
    'accounts:check-key': async (entry) => {
      const problem = await refusalOf(entry, entry.secret)
      if (problem === null) return ok(await checkAccount(parts, entry, entry.secret))
      const { kind, warnings } = adapters[entry.provider].keyKind(entry.secret, entry.options)
      return ok({ ok: false, kind, organization: null, warnings, failure: fail('invalid-input', problem) })
    },
    'accounts:try': async (entry) => {
      const problem = await refusalOf(entry, entry.secret)
      if (problem) return err(fail('invalid-input', problem))
      return ok(await tryAccount(entry, await parts.context(entry, entry.secret)))
    },
    'accounts:add': async (entry) => {
      const problem = await refusalOf(entry, entry.secret)
      if (problem) return err(fail('invalid-input', problem))
      const id = randomUUID().slice(0, 8)
      const secretName = entry.secret === '' ? '' : `account:${id}`
      const stored = await store(secretName, entry.secret)
      if (!stored.ok) return stored
      const { secret, ...row } = entry
      accounts.insert({ ...row, id, secretName, pausedReason: null, createdAtMs: system.clock.now() })
      parts.onChange()
      const added = accounts.get(id)
      return added
        ? ok({
            ...parts.present(added),
            warnings: [
              ...adapters[entry.provider].keyKind(secret, entry.options).warnings,
              ...repetitions(accounts, added),
            ],
          })
        : err(unknownAccount(id))
    },
    'accounts:replace-key': async ({ id, secret }) => {
      const account = accounts.get(id)
      if (!account) return err(unknownAccount(id))
      const problem = await refusalOf(account, secret)
      if (problem) return err(fail('invalid-input', problem))
      if (!providerFacts(account.provider).key)
        return err(fail('invalid-input', i18n.t('{label} needs no key.', { label: account.label })))
      // One that was added without its optional key has no place for it yet.
      const secretName = account.secretName || `account:${id}`
      const stored = await store(secretName, secret)
      if (!stored.ok) return stored
      accounts.nameSecret(id, secretName)
      parts.onNewKey(id)
      parts.onChange()
      return ok(parts.present({ ...account, pausedReason: null }))
    },
    'accounts:test': async ({ id }) => {
      const account = accounts.get(id)
      if (!account) return err(unknownAccount(id))
      const secret = await readAccountSecret(system.secrets, account)
      return secret.ok ? ok(await checkAccount(parts, account, secret.value)) : secret
    },
    'accounts:remove': async ({ id }) => {
      const account = accounts.get(id)
      if (!account) return err(unknownAccount(id))
      const removed = account.secretName === '' ? ok(null) : await system.secrets.delete(account.secretName)
      if (!removed.ok) return removed
      accounts.remove(id, system.clock.now())
      await parts.onRemove()
      parts.onChange()
      return ok({})
    },
  }
}

/** The key of an account; '' where it has none. */
export async function readAccountSecret(
  secrets: System['secrets'],
  { secretName, label }: Pick<AccountRow, 'secretName' | 'label'>,
): Promise<Result<string>> {
  if (secretName === '') return ok('')
  const secret = await secrets.get(secretName)
  if (!secret.ok) return secret
  return secret.value === null ? err(secretMissing(label)) : ok(secret.value)
}

export function unknownAccount(id: string): Failure {
  return fail('not-found', i18n.t('There is no account {id}. "spend-guard accounts list" shows them.', { id }))
}

function secretMissing(label: string) {
  return fail(
    'secret-missing',
    i18n.t('The key of {label} is no longer in the keychain. Replace it in settings, or add the account again.', {
      label,
    }),
  )
}
