import type { AccountChange } from '../../shared/accounts.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { providerFacts } from '../../shared/providers.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { declaredFor } from '../providers/adapter.ts'
import { adapters, feedsOf } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'
import { readAccountSecret, unknownAccount } from './accounts.ts'
import type { Handlers } from './handlers.ts'
import { checkAccount, refusalOf, repetitions, type AccountParts, type Candidate } from './look-at-account.ts'
import { tryAccount } from './try-account.ts'
import { isReadAnotherWay, whatItMeans } from './what-a-change-means.ts'
import { i18n } from '../../shared/words.ts'

/** What a person says of an account, changed in place: its history stays. */
export function changeAccountCalls(
  parts: AccountParts & {
    feedStates(accountId: string): readonly FeedState[]
    /** In one transaction: the account as it is now, and its history to be read again where it is read another way. */
    keep(change: AccountChange, secretName: string, way: 'same' | 'another'): void
    onAnotherWay(id: string): Promise<void>
    onChange(): void
  },
): Pick<Handlers, 'accounts:change' | 'accounts:look-at-change'> {
  const { accounts, system } = parts

  /** The account as it is, and the key that it would be read with; or why the change cannot be. */
  async function prepare(change: AccountChange): Promise<Result<{ before: AccountRow; secret: string }>> {
    const before = accounts.get(change.id)
    if (!before) return err(unknownAccount(change.id))
    const refused = refusedPlace(before, change) ?? refusedPlane(change, parts.feedStates(change.id))
    if (refused) return err(refused)
    const kept = change.secret === '' ? await readAccountSecret(system.secrets, before) : ok(change.secret)
    if (!kept.ok) return kept
    const problem = await refusalOf(change, kept.value)
    return problem ? err(fail('invalid-input', problem)) : ok({ before, secret: kept.value })
  }

  return {
    'accounts:look-at-change': async (change) => {
      const prepared = await prepare(change)
      if (!prepared.ok) return prepared
      const { before, secret } = prepared.value
      const means = whatItMeans(before, change)
      if (!isReadAnotherWay(before, change) && change.secret === '') return ok({ check: null, trial: null, means })
      if (!providerFacts(change.provider).tryIt)
        return ok({ check: await checkAccount(parts, change, secret), trial: null, means })
      return ok({ check: null, trial: await tryAccount(change, await parts.context(change, secret)), means })
    },
    'accounts:change': async (change) => {
      const prepared = await prepare(change)
      if (!prepared.ok) return prepared
      const { before } = prepared.value
      const secretName = change.secret === '' ? before.secretName : before.secretName || `account:${change.id}`
      const stored = change.secret === '' ? ok(null) : await system.secrets.set(secretName, change.secret)
      if (!stored.ok) return stored
      const isAnotherWay = isReadAnotherWay(before, change) || change.secret !== ''
      parts.keep(change, secretName, isReadAnotherWay(before, change) ? 'another' : 'same')
      if (isAnotherWay) await parts.onAnotherWay(change.id)
      parts.onChange()
      const changed = accounts.get(change.id)
      if (!changed) return err(unknownAccount(change.id))
      const warnings = repetitions(accounts, changed)
      return ok({ ...parts.present(changed), warnings, means: whatItMeans(before, change) })
    },
  }
}

/**
 * Whoever may change an account may not send its key to a place of their own: the one that is kept goes where it went
 * before. Addresses that a provider declares are the provider's; a base URL and a manifest's origin are a person's.
 */
function refusedPlace(before: AccountRow, change: AccountChange): Failure | null {
  if (change.provider !== before.provider)
    return fail('invalid-input', i18n.t('An account keeps its provider. Add another account for another provider.'))
  if (change.secret !== '' || before.secretName === '') return null
  const known = typedOrigins(before)
  const strange = typedOrigins(change).find((origin) => !known.includes(origin))
  if (strange === undefined) return null
  return fail(
    'invalid-input',
    i18n.t('The key would go to {host} from now on. Enter the key again to say that it may.', {
      host: new URL(strange).host,
    }),
  )
}

function typedOrigins({ provider, baseUrl, options }: Candidate): string[] {
  if (baseUrl !== null) return URL.canParse(baseUrl) ? [new URL(baseUrl).origin] : []
  return providerFacts(provider).tryIt ? [...declaredFor(adapters[provider].origins, options)] : []
}

/** What was read as usage cannot become a bill: both are kept apart for good. */
function refusedPlane(change: AccountChange, states: readonly FeedState[]): Failure | null {
  for (const { id, plane } of feedsOf(change)) {
    const before = states.find(({ feed }) => feed === id)
    if (before && before.plane !== plane)
      return fail(
        'invalid-input',
        i18n.t(
          '"{id}" was read as {plane} until now, and that history stays. To read it as {other}, give it another id.',
          { id, plane: before.plane, other: plane },
        ),
      )
  }
  return null
}
