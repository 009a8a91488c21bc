import { randomUUID } from 'node:crypto'
import type { Budget } from '../../shared/budgets.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { iso } from '../../shared/time.ts'
import type { BudgetsTable } from '../storage/budgets.ts'
import type { Handlers } from './handlers.ts'

export function budgetCalls(parts: {
  budgets: BudgetsTable
  now(): number
  /** A changed budget is judged at once, on what is known. */
  onChange(): void
}): Pick<Handlers, 'budgets:list' | 'budgets:set' | 'budgets:remove'> {
  const { budgets } = parts
  const unknown = (id: string) =>
    err(fail('not-found', `There is no budget ${id}. "spend-guard budgets list" shows them.`))
  return {
    'budgets:list': () => ok([...budgets.all()]),
    'budgets:set': (entry) => {
      const known = budgets.all().find((budget) => budget.id === entry.id)
      if (entry.id !== undefined && !known) return unknown(entry.id)
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
