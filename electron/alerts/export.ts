import type { Alert, AlertChange, Delivery } from '../../shared/alerts.ts'
import type { AlertExportFormat } from '../../shared/alert-search.ts'
import { csvCell } from '../../shared/csv-cell.ts'

/** One line of the CSV: something that happened to an alert, or an attempt to tell of it. */
const columns = [
  'alert',
  'at',
  'what',
  'state',
  'by',
  'via',
  'note',
  'rule',
  'ruleId',
  'scope',
  'scopeLabel',
  'severity',
  'amount',
  'limit',
  'currency',
  'since',
  'asOf',
  'newSteps',
  'pattern',
  'causes',
  'contributors',
  'channel',
  'channelId',
  'occasion',
  'outcome',
  'failure',
] as const
type Line = Partial<Record<(typeof columns)[number], string | null>>

/**
 * A piece of the whole history. JSON is an array of alerts as they are shown; CSV has a line for every change, every
 * verdict and every attempt at a delivery.
 */
export function exportAlerts(
  alerts: readonly Alert[],
  format: AlertExportFormat,
  piece: { isFirst: boolean; isLast: boolean },
): string {
  if (format === 'json') {
    const joined = alerts.map((alert) => JSON.stringify(alert)).join(',\n')
    const before = piece.isFirst ? '[\n' : joined && ',\n'
    return `${before}${joined}${piece.isLast ? '\n]\n' : ''}`
  }
  const lines = alerts.flatMap(linesOf).map((line) => columns.map((column) => csvCell(line[column] ?? '')).join(','))
  return [...(piece.isFirst ? [columns.join(',')] : []), ...lines].map((line) => `${line}\r\n`).join('')
}

function linesOf(alert: Alert): Line[] {
  const { rule, ruleId, scope, scopeLabel, currency } = alert
  const about: Line = { alert: alert.id, rule, ruleId, scope, scopeLabel }
  return [
    ...alert.history.map((change) => ({ ...about, ...changeLine(change) })),
    ...alert.verdicts.map(({ at, verdict, prevented, by, via, note }) => ({
      ...about,
      at,
      what: 'verdict',
      state: verdict,
      by,
      via,
      note,
      amount: prevented,
      currency,
    })),
    ...alert.deliveries.flatMap(deliveryLines).map((line) => ({ ...about, ...line })),
  ]
}

function changeLine({ at, state, by, via, note, saw }: AlertChange): Line {
  const line: Line = { at, what: 'change', state, by, via, note }
  if (!saw) return line
  const { severity, amount, limit, currency, since, asOf, pattern } = saw
  return {
    ...line,
    severity,
    amount,
    limit,
    currency,
    since,
    asOf,
    pattern,
    newSteps: saw.newSteps.join('; '),
    causes: saw.causes.join(' '),
    contributors: saw.contributors.map((one) => `${one.dimension} ${one.name}: ${one.amount}`).join('; '),
  }
}

/** Where nothing was tried, what became of the delivery itself. */
function deliveryLines(delivery: Delivery): Line[] {
  const { channel, channelId, occasion, tries, sentAt, state, failure } = delivery
  const told: Line = { what: 'delivery', channel, channelId, occasion }
  const attempts = tries.length > 0 ? tries : [{ at: sentAt, outcome: state, failure }]
  return attempts.map((one) => ({
    ...told,
    at: one.at,
    outcome: one.outcome,
    failure: one.failure && `${one.failure.kind}: ${one.failure.message}`,
  }))
}
