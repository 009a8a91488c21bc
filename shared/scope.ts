import { z } from 'zod'

/** The dimensions of spend a rule can look at. `all` has no name. */
export const scopeKinds = ['all', 'provider', 'account', 'workspace', 'project', 'model', 'key'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** The name of what has none: spend without a project, a key that the provider did not say. */
export const noName = '(none)'

export interface Scope {
  kind: ScopeKind
  name: string
}

/** Reads `all`, `provider:openai`, `account:ID`, `workspace:W`, `project:NAME`, `model:NAME`, `key:NAME`. */
export function parseScope(text: string): Scope | null {
  if (text === 'all') return { kind: 'all', name: '' }
  const colon = text.indexOf(':')
  const kind = scopeKinds.find((known) => known === text.slice(0, colon))
  const name = text.slice(colon + 1).trim()
  return colon > 0 && kind && kind !== 'all' && name ? { kind, name } : null
}

export function formatScope(scope: Scope): string {
  return scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.name}`
}

/** A scope as text, as it is stored, typed and sent. */
export const scopeText = z.string().refine((text) => parseScope(text) !== null, {
  error: 'A scope is all, provider:ID, account:ID, workspace:W, project:NAME, model:NAME or key:NAME.',
})

/** What a piece of spend belongs to, each by its names (ids and, where known, the names people gave). */
export interface SpendOwner {
  provider: string
  account: string
  workspace: string | null
  project: readonly string[]
  model: string | null
  key: readonly string[]
}

/** Whether spend of an account can be in a scope; what it spends on is not known beforehand. */
export function mayHold(
  { kind, name }: Scope,
  account: { id: string; provider: string; workspace: string | null },
): boolean {
  if (kind === 'provider') return account.provider === name
  if (kind === 'account') return account.id === name
  if (kind === 'workspace') return account.workspace === name
  return true
}

/** Whether spend falls into a scope. A dated model id also belongs to the scope of its undated name. */
export function inScope(scope: Scope, owner: SpendOwner): boolean {
  switch (scope.kind) {
    case 'all':
      return true
    case 'provider':
      return owner.provider === scope.name
    case 'account':
      return owner.account === scope.name
    case 'workspace':
      return owner.workspace === scope.name
    case 'project':
      return owner.project.includes(scope.name)
    case 'model':
      return owner.model === scope.name || (owner.model !== null && undated(owner.model) === scope.name)
    case 'key':
      return owner.key.includes(scope.name)
    default:
      return scope.kind satisfies never
  }
}

/** Every scope that a piece of spend falls into, as text; the same as asking `inScope` of each. */
export function scopesOf(owner: SpendOwner): ReadonlySet<string> {
  const scopes = new Set(['all', `provider:${owner.provider}`, `account:${owner.account}`])
  if (owner.workspace !== null) scopes.add(`workspace:${owner.workspace}`)
  for (const name of owner.project) scopes.add(`project:${name}`)
  for (const name of owner.key) scopes.add(`key:${name}`)
  if (owner.model !== null) scopes.add(`model:${owner.model}`).add(`model:${undated(owner.model)}`)
  return scopes
}

/** `gpt-5-mini-2025-08-07` and `claude-haiku-4-5-20251001` without their dates. */
export function undated(model: string): string {
  return model.replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, '')
}
