import type { Account, KeyCheck } from '../../shared/accounts.ts'
import { providerFacts, type ProviderId } from '../../shared/providers.ts'
import { refuseBaseUrl } from '../http/origins.ts'
import type { ReadContext } from '../providers/adapter.ts'
import { adapters, feedsOf } from '../providers/registry.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { System } from '../system.ts'
import { i18n } from '../../shared/words.ts'

/** An account that may not be there yet. */
export interface Candidate {
  provider: ProviderId
  baseUrl: string | null
  options: Record<string, string>
}

/** What the calls about accounts share. */
export interface AccountParts {
  accounts: AccountsTable
  system: System
  present(row: AccountRow): Account
  /** An HTTP client and prices for a key that may not be stored yet. */
  context(candidate: Candidate, secret: string): Promise<ReadContext>
}

/** What is wrong with an entry before anything is sent or stored. */
export async function refusalOf({ provider, baseUrl, options }: Candidate, secret: string): Promise<string | null> {
  if (baseUrl !== null) {
    const problem = refuseBaseUrl(baseUrl)
    if (problem) return problem
  }
  const known = Object.keys(providerFacts(provider).options)
  const strange = Object.keys(options).find((name) => !known.includes(name))
  if (strange)
    return i18n.t('{label} has no option "{strange}". It knows: {known}.', {
      label: providerFacts(provider).label,
      strange,
      known: known.join(', ') || i18n.t('none'),
    })
  const misread = await adapters[provider].refuseOptions?.(options)
  if (misread) return misread
  // A key of one line travels in a header, which holds nothing but these.
  if (secret !== '' && !providerFacts(provider).key?.document && !/^[\x21-\x7e]+$/.test(secret))
    return i18n.t('The key has blanks, line breaks or letters in it that no key has. Copy it again, as one piece.')
  return adapters[provider].keyKind(secret, options).refused
}

/** Asks the provider about the key, and adds what its shape and the other accounts tell. */
export async function checkAccount(
  { accounts, context }: Pick<AccountParts, 'accounts' | 'context'>,
  candidate: Candidate & { id?: string },
  secret: string,
): Promise<KeyCheck> {
  const shape = adapters[candidate.provider].keyKind(secret, candidate.options)
  const found = await adapters[candidate.provider].checkKey(await context(candidate, secret))
  const warnings = [...shape.warnings, ...found.warnings, ...repetitions(accounts, candidate)]
  return { ...found, kind: shape.kind, warnings }
}

/** Accounts that may have the same spend once more: the sum of both is too high. */
export function repetitions(accounts: AccountsTable, candidate: Candidate & { id?: string }): string[] {
  const others = accounts.list().filter((one) => one.id !== candidate.id && mayRepeat(one, candidate))
  return others.map(({ label }) =>
    i18n.t(
      'Some of this spend may be on the bill of {label} too, and would count twice. Where it is, remove one of the two, or say with an option that this one is not billed by use.',
      { label },
    ),
  )
}

type Counted = Pick<AccountRow, 'provider' | 'options'>

function mayRepeat(a: Counted, b: Counted): boolean {
  const counts = (one: Counted) => feedsOf(one).some(({ plane }) => plane !== 'insight')
  const names = (one: Counted, other: Counted) => providerFacts(one.provider).repeats?.includes(other.provider) ?? false
  return (names(a, b) || names(b, a)) && counts(a) && counts(b)
}
