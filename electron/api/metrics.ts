import type { Status } from '../../shared/spend.ts'

/** Prometheus text format 0.0.4. An unknown amount has no sample: it is not 0. */
export function metricsText(status: Status): string {
  const lines: string[] = []
  const metric = (
    name: string,
    help: string,
    samples: [labels: Record<string, string>, value: string | number | null][],
  ) => {
    lines.push(`# HELP spend_guard_${name} ${help}`, `# TYPE spend_guard_${name} gauge`)
    for (const [labels, value] of samples) {
      if (value === null) continue
      const text = Object.entries(labels)
        .map(([key, label]) => `${key}="${escape(label)}"`)
        .join(',')
      lines.push(`spend_guard_${name}${text ? `{${text}}` : ''} ${value}`)
    }
  }
  metric(
    'spend_today',
    'Effective spend of the local day.',
    status.today.map((one) => [{ currency: one.currency }, one.effective]),
  )
  metric(
    'spend_month',
    'Effective spend of the local month.',
    status.month.map((one) => [{ currency: one.currency }, one.effective]),
  )
  metric(
    'burn_per_hour',
    'Estimated spend of the trailing hour.',
    status.burnPerHour.map((one) => [{ currency: one.currency }, one.amount]),
  )
  metric(
    'budget_spent',
    'Spend of the budget period.',
    status.budgets.map((one) => [{ budget: one.id, scope: one.scope, currency: one.currency }, one.spent]),
  )
  metric(
    'budget_limit',
    'Limit of the budget.',
    status.budgets.map((one) => [{ budget: one.id, scope: one.scope, currency: one.currency }, one.limit]),
  )
  metric(
    'account_ok',
    'Whether the account is read as it should be.',
    status.accounts.map((one) => [{ account: one.id, provider: one.provider }, one.state === 'ok' ? 1 : 0]),
  )
  metric(
    'account_as_of_seconds',
    'Up to when the account is known.',
    status.accounts.map((one) => [{ account: one.id }, one.asOf === null ? null : Date.parse(one.asOf) / 1_000]),
  )
  metric(
    'alerts_open',
    'Open alerts by state.',
    ['pending', 'firing', 'acknowledged', 'snoozed'].map((state) => [
      { state },
      status.alerts.filter((alert) => alert.state === state).length,
    ]),
  )
  return `${lines.join('\n')}\n`
}

function escape(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
