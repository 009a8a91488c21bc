import { fail } from '../../shared/failures.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import { parseScope } from '../../shared/scope.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Alert } from '../../shared/alerts.ts'
import { unknownAlert, type AlertBook } from '../alerts/alert-book.ts'
import { acknowledge, resolve, snooze, type AlertStep } from '../alerts/life-cycle.ts'
import type { AlertRow } from '../storage/alerts.ts'
import type { Handlers } from './handlers.ts'
import { i18n, moneyInWords } from '../../shared/words.ts'

export function alertCalls(parts: {
  book: AlertBook
  now(): number
  /** Runs a change in a transaction and sends what it owes. */
  change(id: string, act: (alert: AlertRow) => AlertStep): Result<Alert>
  /** Runs inside that transaction: what an account spends becomes what is usual. */
  accept(accountId: string, currency: string): void
  onAccept(): void
  accountsOf(labels: readonly string[]): readonly { id: string }[]
}): Pick<Handlers, 'alerts:show' | 'alerts:acknowledge' | 'alerts:snooze' | 'alerts:resolve' | 'alerts:accept'> {
  const { book, now, change } = parts
  /** The account whose alert it is, and those that rose together with it. */
  const risenAccounts = (alert: AlertRow): ReadonlySet<string> => {
    const labels = alert.contributors.filter(({ dimension }) => dimension === 'account').map(({ name }) => name)
    const others = parseScope(alert.scope)?.kind === 'all' ? parts.accountsOf(labels).map((account) => account.id) : []
    return new Set([alert.identity.split(':')[1] ?? '', ...others])
  }
  return {
    'alerts:show': ({ id }) => {
      const alert = book.get(id)
      return alert ? ok(alert) : err(unknownAlert(id))
    },
    'alerts:acknowledge': ({ id, by, via }) => {
      const alert = book.get(id)
      if (alert?.state === 'acknowledged') return ok(alert) // two people were quick; nobody is told again
      return change(id, (row) => acknowledge(row, now(), { name: by, via }))
    },
    'alerts:snooze': ({ id, until, untilAmount, by, via }) => {
      const untilMs = Date.parse(until)
      if (untilMs <= now()) return err(fail('invalid-input', i18n.t('A snooze ends in the future.')))
      const untilNanos = untilAmount === null ? null : parseNanos(untilAmount)
      const alert = book.row(id)
      if (alert && untilNanos !== null && alert.amountNanos !== null && untilNanos <= alert.amountNanos) {
        const amount = moneyInWords(nanosToDecimal(alert.amountNanos), alert.currency)
        return err(fail('invalid-input', i18n.t('It stands at {amount} already. Give a larger amount.', { amount })))
      }
      return change(id, (row) => snooze(row, now(), { name: by, via }, untilMs, untilNanos))
    },
    'alerts:resolve': ({ id, by, via }) =>
      change(id, (alert) => resolve(alert, now(), { name: by, via }, i18n.t('Resolved by hand.'))),
    'alerts:accept': ({ id, by, via }) => {
      const rule = book.get(id)?.rule
      if (rule !== undefined && rule !== 'anomaly' && rule !== 'velocity')
        return err(
          fail('invalid-input', i18n.t('Only unusual or fast spend can become the new normal. Resolve this alert.')),
        )
      const accepted = change(id, (alert) => {
        for (const accountId of risenAccounts(alert)) parts.accept(accountId, alert.currency)
        book.judge({
          alertId: id,
          atMs: now(),
          verdict: 'expected',
          preventedNanos: null,
          actor: by,
          via,
          note: i18n.t('The new normal.'),
        })
        return resolve(alert, now(), { name: by, via }, i18n.t('This is the new normal.'))
      })
      if (accepted.ok) parts.onAccept()
      return accepted
    },
  }
}
