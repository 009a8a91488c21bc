import { t } from '@lingui/core/macro'
import type { Plan } from '../../shared/plans.ts'
import { formatMoney, type Locales } from '../../shared/money.ts'
import { localDay } from '../../shared/time.ts'
import { formatLocales } from './figures.ts'

/** Days are those of the plan's own zone. */
export function planState(plan: Pick<Plan, 'from' | 'to' | 'zone'>, nowMs: number): 'coming' | 'running' | 'over' {
  const today = localDay(nowMs, plan.zone)
  return today < plan.from ? 'coming' : today > plan.to ? 'over' : 'running'
}

/** "planned, Launch: up to $300.00 a day" */
export function planText(plan: Plan, locale: Locales = formatLocales()): string {
  const amount = formatMoney(plan.limit, plan.currency, locale)
  return plan.note ? t`planned, ${plan.note}: up to ${amount} a day` : t`planned: up to ${amount} a day`
}
