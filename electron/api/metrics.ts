import type { GuardMetrics } from '../../shared/guard-metrics.ts'
import type { Status } from '../../shared/spend.ts'
import { createExposition } from './exposition.ts'
import { writeGuardMetrics } from './guard-metrics.ts'

/** Everything at `/metrics`; docs/observability.md lists it. */
export function metricsText(status: Status, guard: GuardMetrics | null = null): string {
  const exposition = createExposition('spend_guard_')
  const { gauge } = exposition
  gauge(
    'spend_today',
    'Effective spend of the local day.',
    status.today.map((one) => [{ currency: one.currency }, one.effective]),
  )
  gauge(
    'spend_month',
    'Effective spend of the local month.',
    status.month.map((one) => [{ currency: one.currency }, one.effective]),
  )
  gauge(
    'burn_per_hour',
    'Estimated spend of the trailing hour.',
    status.burnPerHour.map((one) => [{ currency: one.currency }, one.amount]),
  )
  gauge(
    'budget_spent',
    'Spend of the budget period.',
    status.budgets.map((one) => [{ budget: one.id, scope: one.scope, currency: one.currency }, one.spent]),
  )
  gauge(
    'budget_limit',
    'Limit of the budget.',
    status.budgets.map((one) => [{ budget: one.id, scope: one.scope, currency: one.currency }, one.limit]),
  )
  gauge(
    'account_ok',
    'Whether the account is read as it should be.',
    status.accounts.map((one) => [{ account: one.id, provider: one.provider }, one.state === 'ok' ? 1 : 0]),
  )
  gauge(
    'account_as_of_seconds',
    'Up to when the account is known.',
    status.accounts.map((one) => [{ account: one.id }, one.asOf === null ? null : Date.parse(one.asOf) / 1_000]),
  )
  gauge('paused', 'Whether a person keeps the guard from reading.', [[{}, status.pause ? 1 : 0]])
  gauge(
    'alerts_open',
    'Open alerts by state.',
    ['pending', 'firing', 'acknowledged', 'snoozed'].map((state) => [
      { state },
      status.alerts.filter((alert) => alert.state === state).length,
    ]),
  )
  if (guard) writeGuardMetrics(exposition, guard)
  return exposition.text()
}
