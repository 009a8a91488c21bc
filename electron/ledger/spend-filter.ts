import {
  inScope,
  mayHold,
  noName,
  parseScope,
  type Scope,
  type ScopeKind,
  type SpendOwner,
} from '../../shared/scope.ts'
import type { Plane } from '../providers/adapter.ts'
import type { Series } from '../storage/cost-rows.ts'
import type { Owners } from './owners.ts'
import type { SeriesSpend, Spending } from './spend.ts'

/** A series of spend, whose, and of which plane. */
export type OwnedSeries = Pick<SeriesSpend, 'series' | 'accountId' | 'plane'>

/** What a question is about: the whole of some spend, or the part of it in some scopes. */
export interface SpendFilter {
  of(spending: Spending): Spending
}

export const everything: SpendFilter = { of: (spending) => spending }

const toldApart = ['project', 'model', 'key'] as const satisfies readonly ScopeKind[]

/**
 * Only the spend in some scopes: of one kind in any of them, of several kinds in each. A bill that does not tell apart
 * what is asked for (an account's keys, say) says nothing of it: then the estimate counts, also where the bill stands
 * for the whole, and days without an estimate are unknown. Which it is depends on all that was ever billed, so that it
 * is the same for every day.
 */
export function createSpendFilter(
  scopeTexts: readonly string[],
  { owners, all }: { owners: Owners; all: Iterable<OwnedSeries> },
): SpendFilter {
  const scopes = scopeTexts.flatMap((text) => parseScope(text) ?? []).filter(({ kind }) => kind !== 'all')
  if (scopes.length === 0) return everything
  const kinds = Map.groupBy(scopes, ({ kind }) => kind)
  const isIn = (owner: SpendOwner) => kinds.values().every((some) => some.some((scope) => holds(scope, owner)))
  const named = toldApart.filter((kind) => kinds.get(kind)?.every(({ name }) => name !== noName))

  const inside = new Map<Series, boolean>()
  const billed = new Map<string, Set<(typeof toldApart)[number]>>()
  const holders = new Set<string>()
  for (const { series, accountId, plane } of all) {
    const { owner } = owners.ofSeries({ series, accountId })
    const isInside = isIn(owner)
    inside.set(series, isInside)
    if (isInside) holders.add(accountId)
    if (plane !== 'billed') continue
    const known = billed.get(accountId) ?? new Set()
    billed.set(accountId, known)
    for (const kind of named) if (nameOf(kind, owner) !== undefined) known.add(kind)
  }
  const isBillSilent = (accountId: string) => named.some((kind) => !billed.get(accountId)?.has(kind))
  // Of what nobody ever had, those speak who could have had it.
  const speaks = (accountId: string) => (holders.size > 0 ? holders.has(accountId) : couldHold(accountId))
  const couldHold = (id: string) => {
    const account = owners.account(id)
    return account !== undefined && kinds.values().every((some) => some.some((scope) => mayHold(scope, account)))
  }

  return {
    of({ range, parts, read }) {
      const counted = parts.filter(({ series }) => inside.get(series))
      return {
        range,
        parts: named.length === 0 ? counted : counted.map((part) => spoken(part, isBillSilent(part.accountId))),
        read: new Map(
          [...read].flatMap(([account, planes]) => {
            if (!speaks(account)) return []
            const heard = isBillSilent(account) ? without(planes, 'billed') : planes
            return heard.size > 0 ? [[account, heard]] : []
          }),
        ),
      }
    },
  }
}

function spoken(part: SeriesSpend, isBillSilent: boolean): SeriesSpend {
  return isBillSilent && part.plane === 'estimate' ? { ...part, effectiveNanos: part.nanos } : part
}

function holds(scope: Scope, owner: SpendOwner): boolean {
  return scope.name === noName ? nameOf(scope.kind, owner) === undefined : inScope(scope, owner)
}

function nameOf(kind: ScopeKind, owner: SpendOwner): string | undefined {
  if (kind === 'all') return undefined
  const name = owner[kind]
  return (typeof name === 'string' || name === null ? name : name[0]) ?? undefined
}

function without(planes: ReadonlySet<Plane>, one: Plane): ReadonlySet<Plane> {
  return new Set([...planes].filter((plane) => plane !== one))
}
