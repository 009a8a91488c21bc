import { typedNumber } from '../../hooks/field-errors.ts'
import { defaultThresholds, type Budget } from '../../../shared/budgets.ts'
import { formatScope, parseScope, type ScopeKind } from '../../../shared/scope.ts'
import type { Severity } from '../../../shared/alerts.ts'
import type { Period } from '../../../shared/time.ts'

export type ThresholdUnit = 'percent' | 'amount'

/** What the fields of the budget form hold. */
export interface BudgetValues {
  limit: string
  currency: string
  period: Period
  scopeKind: ScopeKind
  scopeName: string
  zone: string
  thresholds: { at: string; unit: ThresholdUnit; severity: Severity }[]
}

export function valuesOf(budget: Budget | null): BudgetValues {
  const scope = parseScope(budget?.scope ?? 'all')
  const thresholds = budget?.thresholds ?? defaultThresholds
  return {
    limit: budget?.limit ?? '',
    currency: budget?.currency ?? 'USD',
    period: budget?.period ?? 'day',
    scopeKind: scope?.kind ?? 'all',
    scopeName: scope?.name ?? '',
    zone: budget?.zone ?? '',
    thresholds: thresholds.map(({ percent, amount, severity }) =>
      percent === undefined
        ? { at: amount ?? '', unit: 'amount', severity }
        : { at: String(percent), unit: 'percent', severity },
    ),
  }
}

/** For `budgetEntry` to judge. */
export function entryOf(values: BudgetValues, id: string | undefined) {
  return {
    ...(id === undefined ? {} : { id }),
    limit: values.limit.trim(),
    currency: values.currency.trim().toUpperCase(),
    period: values.period,
    scope: formatScope({ kind: values.scopeKind, name: values.scopeName.trim() }),
    zone: values.zone.trim() || null,
    thresholds: values.thresholds.map(({ at, unit, severity }) =>
      unit === 'percent' ? { percent: typedNumber(at), severity } : { amount: at.trim(), severity },
    ),
  }
}
