import { randomUUID } from 'node:crypto'
import type { Account, KeyCheck } from '../../shared/accounts.ts'
import { fail } from '../../shared/failures.ts'
import { providerFacts, type ProviderId } from '../../shared/providers.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { refuseBaseUrl } from '../http/origins.ts'
import { adapters, feedsOf } from '../providers/registry.ts'
import type { ReadContext } from '../providers/adapter.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'
import { tryAccount } from './try-account.ts'

interface Candidate {
  provider: ProviderId
  baseUrl: string | null
  options: Record<string, string>
}

export function accountCalls(parts: {
  accounts: AccountsTable
  system: System
  present(row: AccountRow): Account
  /** An HTTP client and prices for a key that may not be stored yet. */
  context(candidate: Candidate, secret: string): Promise<ReadContext>
  onNewKey(id: string): void
  onRemove(): Promise<void>
  onChange(): void
}): Pick<
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
  const unknown = (id: string) =>
    err(fail('not-found', `There is no account ${id}. "spend-guard accounts list" shows them.`))

  /** What is wrong with an entry before anything is sent or stored. */
  async function refusal({ provider, baseUrl, options }: Candidate, secret: string): Promise<string | null> {
    if (baseUrl !== null) {
      const problem = refuseBaseUrl(baseUrl)
      if (problem) return problem
    }
    const known = Object.keys(providerFacts(provider).options)
    const strange = Object.keys(options).find((name) => !known.includes(name))
    if (strange)
      return `${providerFacts(provider).label} has no option "${strange}". It knows: ${known.join(', ') || 'none'}.`
    const misread = await adapters[provider].refuseOptions?.(options)
    if (misread) return misread
    // A key of one line travels in a header, which holds nothing but these.
    if (secret !== '' && !providerFacts(provider).key?.document && !/^[\x21-\x7e]+$/.test(secret))
      return 'The key has blanks, line breaks or letters in it that no key has. Copy it again, as one piece.'
    return adapters[provider].keyKind(secret, options).refused
  }

  /** Accounts that may have the same spend once more: the sum of both is too high. */
  function repetitions(candidate: Candidate & { id?: string }): string[] {
    const others = accounts.list().filter((one) => one.id !== candidate.id && mayRepeat(one, candidate))
    return others.map(
      ({ label }) =>
        `Some of this spend may be on the bill of ${label} too, and would count twice. Where it is, remove one of the two, or say with an option that this one is not billed by use.`,
    )
  }

  async function check(candidate: Candidate, secret: string): Promise<KeyCheck> {
    const shape = adapters[candidate.provider].keyKind(secret, candidate.options)
    const found = await adapters[candidate.provider].checkKey(await parts.context(candidate, secret))
    return { ...found, kind: shape.kind, warnings: [...shape.warnings, ...found.warnings, ...repetitions(candidate)] }
  }

  async function store(secretName: string, secret: string): Promise<Result<null>> {
    return secretName === '' ? ok(null) : system.secrets.set(secretName, secret)
  }

  return {
    'accounts:list': () => ok(accounts.list().map(parts.present)),
    'accounts:check-key': async (entry) => {
      const problem = await refusal(entry, entry.secret)
      if (problem === null) return ok(await check(entry, entry.secret))
      const { kind, warnings } = adapters[entry.provider].keyKind(entry.secret, entry.options)
      return ok({ ok: false, kind, organization: null, warnings, failure: fail('invalid-input', problem) })
    },
    'accounts:try': async (entry) => {
      const problem = await refusal(entry, entry.secret)
      if (problem) return err(fail('invalid-input', problem))
      return ok(await tryAccount(entry, await parts.context(entry, entry.secret)))
    },
    'accounts:add': async (entry) => {
      const problem = await refusal(entry, entry.secret)
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
            warnings: [...adapters[entry.provider].keyKind(secret, entry.options).warnings, ...repetitions(added)],
          })
        : unknown(id)
    },
    'accounts:replace-key': async ({ id, secret }) => {
      const account = accounts.get(id)
      if (!account) return unknown(id)
      const problem = await refusal(account, secret)
      if (problem) return err(fail('invalid-input', problem))
      if (!providerFacts(account.provider).key) return err(fail('invalid-input', `${account.label} needs no key.`))
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
      if (!account) return unknown(id)
      const secret = await readAccountSecret(system.secrets, account)
      return secret.ok ? ok(await check(account, secret.value)) : secret
    },
    'accounts:remove': async ({ id }) => {
      const account = accounts.get(id)
      if (!account) return unknown(id)
      const removed = account.secretName === '' ? ok(null) : await system.secrets.delete(account.secretName)
      if (!removed.ok) return removed
      accounts.remove(id, system.clock.now())
      await parts.onRemove()
      parts.onChange()
      return ok({})
    },
  }
}

type Counted = Pick<AccountRow, 'provider' | 'options'>

function mayRepeat(a: Counted, b: Counted): boolean {
  const counts = (one: Counted) => feedsOf(one).some(({ plane }) => plane !== 'insight')
  const names = (one: Counted, other: Counted) => providerFacts(one.provider).repeats?.includes(other.provider) ?? false
  return (names(a, b) || names(b, a)) && counts(a) && counts(b)
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

function secretMissing(label: string) {
  return fail(
    'secret-missing',
    `The key of ${label} is no longer in the keychain. Replace it in settings, or add the account again.`,
  )
}
