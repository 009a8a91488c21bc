import { parseScope } from '../../shared/scope.ts'
import type { Owners } from '../ledger/owners.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { AlertRow } from '../storage/alerts.ts'

export interface Places {
  /** Every scope the alert belongs to. */
  scopes: ReadonlySet<string>
  /** The client or team whose money it is; null where it is nobody's or several'. */
  workspace: string | null
}

/**
 * Where an alert belongs, for routing. What is about a project, key or model belongs to the accounts its money was spent
 * in; to a workspace or provider only if all of them do.
 */
export function placesOf(alert: Pick<AlertRow, 'scope' | 'contributors'>, owners: Owners): Places {
  const scope = parseScope(alert.scope)
  const accounts = accountsOf(alert, owners)
  const workspaces = new Set(accounts.map((account) => account.workspace))
  const workspace =
    scope?.kind === 'workspace' ? scope.name : workspaces.size === 1 ? (accounts[0]?.workspace ?? null) : null
  const shared = (values: readonly string[]) => (new Set(values).size === 1 ? values.slice(0, 1) : [])
  return {
    workspace,
    scopes: new Set([
      'all',
      alert.scope,
      ...(workspace === null ? [] : [`workspace:${workspace}`]),
      ...shared(accounts.map(({ provider }) => `provider:${provider}`)),
      ...shared(accounts.map(({ id }) => `account:${id}`)),
      // What an alert is about may be named by one that is wider: its largest key, project and model.
      ...alert.contributors
        .filter(({ dimension }) => dimension === 'key' || dimension === 'project' || dimension === 'model')
        .filter(({ dimension }, nth, all) => all.findIndex((one) => one.dimension === dimension) === nth)
        .map(({ dimension, name }) => `${dimension}:${name}`),
    ]),
  }
}

function accountsOf(alert: Pick<AlertRow, 'scope' | 'contributors'>, owners: Owners): AccountRow[] {
  const scope = parseScope(alert.scope)
  if (scope?.kind === 'account') return owners.all().filter(({ id }) => id === scope.name)
  const labels = new Set(alert.contributors.filter(({ dimension }) => dimension === 'account').map(({ name }) => name))
  return owners.all().filter(({ label }) => labels.has(label))
}
