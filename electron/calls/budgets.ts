import { randomUUID } from 'node:crypto'
import type { Budget } from '../../shared/budgets.ts'
import { fail } from '../../shared/failures.ts'
import { providerIds } from '../../shared/providers.ts'
import { err, ok } from '../../shared/result.ts'
import { parseScope } from '../../shared/scope.ts'
import { iso } from '../../shared/time.ts'
import type { BudgetsTable } from '../storage/budgets.ts'
import { unknownAccount } from './accounts.ts'
import type { Handlers } from './handlers.ts'
import { i18n, listInWords } from '../../shared/words.ts'

export function budgetCalls(parts: {
  budgets: BudgetsTable
  now(): number
  /** Ids of all accounts there ever were. */
  accountIds(): string[]
  /** A changed budget is judged at once, on what is known. */
  onChange(): void
}): Pick<Handlers, 'budgets:list' | 'budgets:set' | 'budgets:remove'> {
  const { budgets } = parts
  const unknown = (id: string) =>
    err(fail('not-found', i18n.t('There is no budget {id}. "spend-guard budgets list" shows them.', { id })))
  return {
    'budgets:list': () => ok([...budgets.all()]),
    'budgets:set': (entry) => {
      const known = budgets.all().find((budget) => budget.id === entry.id)
      if (entry.id !== undefined && !known) return unknown(entry.id)
      const problem = refuseScope(entry.scope, parts.accountIds())
      if (problem !== null) return err(fail('invalid-input', problem))
      const budget: Budget = {
        ...entry,
        id: known?.id ?? randomUUID().slice(0, 8),
        createdAt: known?.createdAt ?? iso(parts.now()),
      }
      budgets.save(budget)
      parts.onChange()
      return ok(budget)
    },
    'budgets:remove': ({ id }) => {
      if (!budgets.remove(id)) return unknown(id)
      parts.onChange()
      return ok({})
    },
  }
}

/** A budget or plan for what cannot exist would be silent for ever. Names of projects, models and keys may be yet to come. */
export function refuseScope(text: string, accountIds: readonly string[]): string | null {
  const scope = parseScope(text)
  if (scope?.kind === 'provider' && !providerIds.some((id) => id === scope.name))
    return i18n.t('There is no provider {name}. The guard knows {known}.', {
      name: scope.name,
      known: listInWords(providerIds),
    })
  if (scope?.kind === 'account' && !accountIds.includes(scope.name)) return unknownAccount(scope.name).message
  return null
}
