import { parseScope } from '../../shared/scope.ts'
import type { Period } from '../../shared/time.ts'
import type { History, Status, StepWidth } from '../../shared/spend.ts'

type Budget = Status['budgets'][number]

/** What a budget has to be of to say something of the chart. */
interface Shown {
  scopes: History['scopes']
  currency: string
  zone: string
  step: StepWidth
  chart: 'steps' | 'total'
  /** The period that a sum over the chart is of; null where it is of none. */
  sumOf: Period | null
}

/** Budgets whose limit is a line in the chart: of the scope that is shown, and of the period of a step or of the sum. */
export function budgetsOf(budgets: readonly Budget[], shown: Shown): Budget[] {
  const period = shown.chart === 'total' ? shown.sumOf : shown.step
  return budgets.filter(
    (budget) =>
      budget.period === period &&
      budget.currency === shown.currency &&
      // An hour is the same everywhere; other periods begin at another time in another zone.
      (period === 'hour' || budget.zone === shown.zone) &&
      isScopeShown(budget.scope, shown.scopes),
  )
}

/** A scope is named by id or by name; a filter of several scopes is that of no budget. */
function isScopeShown(scope: string, shown: History['scopes']): boolean {
  const [only] = shown
  if (shown.length > 1 || !only) return shown.length === 0 && scope === 'all'
  const kind = parseScope(only.scope)?.kind
  return scope === only.scope || scope === `${kind}:${only.label}`
}

/** A limit far above everything else would press the bars flat; it is said in words then. */
export function isInSight(limit: number, highest: number): boolean {
  return limit <= highest * 4
}
