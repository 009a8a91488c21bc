import type { Alert, Delivery, Seen } from '../../shared/alerts.ts'
import type { Failure } from '../../shared/failures.ts'
import { formatMoney } from '../../shared/money.ts'
import { verdictWords } from '../../shared/verdicts.ts'

/** One alert, whole, as text. */
export function describeAlert(alert: Alert): string {
  const money = (amount: string | null) => formatMoney(amount, alert.currency)
  return [
    `${alert.severity.toUpperCase()} ${alert.state}: ${alert.summary}`,
    `Scope    ${alert.scopeLabel} (${alert.scope})`,
    `Amount   ${money(alert.amount)}${alert.limit === null ? '' : ` of ${money(alert.limit)}`} since ${alert.since}`,
    ...alert.causes.map((cause) => `Why      ${cause}`),
    ...alert.contributors.map((one) => `By ${one.dimension.padEnd(8)} ${one.name}: ${money(one.amount)}`),
    `To do    ${alert.advice}${alert.link ? ` ${alert.link}` : ''}`,
    ...alert.deliveries.flatMap(describeDelivery),
    ...alert.history.flatMap((one) => [
      `History  ${one.at} ${one.state} by ${one.by}${one.via === 'guard' ? '' : ` (${one.via})`}: ${one.note}`,
      ...(one.saw ? [`  saw    ${describeSeen(one.saw)}`] : []),
    ]),
    ...alert.verdicts.map(
      (one) =>
        `Verdict  ${one.at} ${verdictWords[one.verdict]}, says ${one.by} (${one.via})${one.note && `: ${one.note}`}${one.prevented === null ? '' : `; prevented ${money(one.prevented)}`}`,
    ),
  ].join('\n')
}

/** The delivery, and every attempt where it took several. */
function describeDelivery(delivery: Delivery): string[] {
  const { channel, occasion, because, state, failure, tries } = delivery
  const when = because === 'route' || because === 'news' ? occasion : because
  const why = (one: Failure | null) => (one ? `, ${one.message}` : '')
  return [
    `Told     ${channel} (${when}): ${state}${heldText(delivery)}${why(failure)}`,
    ...(tries.length > 1
      ? tries.map(
          (one) => `  try    ${one.at} ${one.outcome === 'pending' ? 'again later' : one.outcome}${why(one.failure)}`,
        )
      : []),
  ]
}

function describeSeen({ amount, limit, currency, newSteps, asOf }: Seen): string {
  const parts = [
    `${formatMoney(amount, currency)}${limit === null ? '' : ` of ${formatMoney(limit, currency)}`}`,
    newSteps.length > 0 ? `new: ${newSteps.join(', ')}` : null,
    asOf === null ? 'age of the data unknown' : `data as of ${asOf}`,
  ]
  return parts.filter((part) => part !== null).join('; ')
}

function heldText({ held, nextAttemptAt }: Delivery): string {
  if (held === null || nextAttemptAt === null) return ''
  return held === 'quiet' ? `, quiet hours hold it until ${nextAttemptAt}` : `, waits for others until ${nextAttemptAt}`
}
