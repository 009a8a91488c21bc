import { providerFacts, providers, type ProviderId } from '../../shared/providers.ts'
import type { Scope } from '../../shared/scope.ts'
import type { OwnedSpend } from '../detection/finding.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { Series } from '../storage/cost-rows.ts'
import type { NamesTable } from '../storage/names.ts'
import type { SeriesSpend } from './spend.ts'

export type Owners = ReturnType<typeof createOwners>

/** Who a series of spend belongs to, by ids for rules and by names for people. */
export function createOwners(accounts: AccountsTable, names: NamesTable) {
  let byId: Map<string, AccountRow> | null = null
  let version = 0
  let known: Map<string, string> | null = null
  let bySeries = new WeakMap<Series, Pick<OwnedSpend, 'owner' | 'labels'>>()
  const rows = () => (byId ??= new Map(accounts.all().map((row) => [row.id, row])))
  const account = (id: string) => rows().get(id)
  const nameOf = (accountId: string, kind: 'project' | 'key', id: string) => {
    known ??= new Map(names.all().map((name) => [`${name.accountId} ${name.kind} ${name.id}`, name.name]))
    return known.get(`${accountId} ${kind} ${id}`)
  }
  const aliases = (accountId: string, kind: 'project' | 'key', id: string | null) => {
    if (id === null) return []
    const name = nameOf(accountId, kind, id)
    return name === undefined ? [id] : [id, name]
  }
  const identify = (series: Series, accountId: string): Pick<OwnedSpend, 'owner' | 'labels'> => {
    const row = account(accountId)
    const project = aliases(accountId, 'project', series.project)
    const key = aliases(accountId, 'key', series.apiKey)
    return {
      owner: {
        provider: row?.provider ?? '',
        account: accountId,
        workspace: row?.workspace ?? null,
        project,
        model: series.model,
        key,
      },
      labels: {
        provider: row ? providerFacts(row.provider).label : '',
        account: row?.label ?? accountId,
        project: project.at(-1) ?? null,
        model: series.model,
        key: key.at(-1) ?? null,
      },
    }
  }
  const ownedBy = (series: Series, accountId: string) => {
    const owned = bySeries.get(series) ?? identify(series, accountId)
    bySeries.set(series, owned)
    return owned
  }
  return {
    account,
    all: (): AccountRow[] => [...rows().values()],
    own({ series, accountId, effectiveNanos }: SeriesSpend): OwnedSpend {
      return { ...ownedBy(series, accountId), currency: series.currency, nanos: effectiveNanos }
    },
    /** Whose a series is, whatever it spent. */
    ofSeries: ({ series, accountId }: Pick<SeriesSpend, 'series' | 'accountId'>) => ownedBy(series, accountId),
    /** A scope in the words of people: the label of an account, the name of a project or key. */
    labelOf({ kind, name }: Scope): string {
      if (kind === 'account') return account(name)?.label ?? name
      if (kind === 'provider') return name in providers ? providerFacts(name as ProviderId).label : name
      if (kind !== 'project' && kind !== 'key') return name
      const given = [...rows().keys()].map((id) => nameOf(id, kind, name)).find((one) => one !== undefined)
      return given ?? name
    },
    /** The name people gave to a project or key; its id where none is known. */
    nameOf: (accountId: string, kind: 'project' | 'key', id: string): string => nameOf(accountId, kind, id) ?? id,
    /** Another number whenever accounts or names changed. */
    version: () => version,
    /** Accounts or names changed: read them again when next needed. */
    forget(): void {
      version++
      byId = null
      known = null
      bySeries = new WeakMap()
    },
  }
}
