import { isReached, type Budget, type BudgetStatus, type Outlook } from '../../shared/budgets.ts'
import type { Pause } from '../../shared/pause.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import { presentCounted } from '../../shared/rate-notes.ts'
import type { RateBook } from '../../shared/rates.ts'
import { mayHold, parseScope } from '../../shared/scope.ts'
import { ok } from '../../shared/result.ts'
import { addDays, iso, localDay, periodsAt, type TimeRange } from '../../shared/time.ts'
import type { AlertBook } from '../alerts/alert-book.ts'
import { budgetRange, type PeriodOf } from '../detection/budgets.ts'
import { countInScope, type SpendIn } from '../detection/finding.ts'
import type { Forecast } from '../detection/forecast.ts'
import type { Judges } from '../judging/judges.ts'
import type { AccountViews } from '../ledger/account-views.ts'
import type { SpendViews } from '../ledger/spend-views.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { BudgetsTable } from '../storage/budgets.ts'
import type { NoticesTable } from '../storage/notices.ts'
import type { Handlers } from './handlers.ts'

export function statusCalls(parts: {
  views: SpendViews
  accountViews: AccountViews
  accounts: AccountsTable
  budgets: BudgetsTable
  book: AlertBook
  notices: NoticesTable
  judges: Judges
  rates: RateBook
  pause(): Pause | null
  now(): number
  zone(): string
}): Pick<Handlers, 'status:get'> {
  const { views, now, zone } = parts
  /**
   * Up to now, so that a day under way is not spread over hours that are still to come. The same instant cuts the range and
   * the minute under way: a clock that was read again between the two would lose a part of that minute.
   */
  const until = ({ fromMs, toMs }: TimeRange, nowMs: number) => ({
    fromMs,
    toMs: Math.min(toMs, Math.max(nowMs, fromMs + 1)),
  })
  return {
    'status:get': () => {
      const nowMs = now()
      const read = parts.judges.spendReader(nowMs)
      const outlookOf = parts.judges.outlook(nowMs, read)
      const accounts = parts.accounts.list()
      const periodOf = periodsAt(nowMs)
      const today = until(periodOf('day', zone()), nowMs)
      const month = until(periodOf('month', zone()), nowMs)
      return ok({
        at: iso(nowMs),
        zone: zone(),
        today: views.totals(today, nowMs),
        month: views.totals(month, nowMs),
        display: displayIn(views, today, month, nowMs),
        burnPerHour: burn(
          parts.judges,
          accounts.map((account) => account.id),
          nowMs,
        ),
        budgets: parts.budgets.all().map((budget) => ({
          ...budgetStatus(budget, accounts, read(budgetRange(budget, periodOf, nowMs, zone())), {
            rates: parts.rates,
            periodOf,
            zone: zone(),
          }),
          outlook: presentOutlook(outlookOf(budget)?.forecast ?? null, nowMs, budget.zone ?? zone()),
        })),
        accounts: accounts.map((row) => {
          const { id, provider, label, workspace, state, asOf, failure, fill, calibration, unpricedModels } =
            parts.accountViews.present(row)
          return { id, provider, label, workspace, state, asOf, failure, fill, calibration, unpricedModels }
        }),
        pause: parts.pause(),
        alerts: parts.book.list('open', 200),
        notices: parts.notices.recent(nowMs),
      })
    },
  }
}

/** Statistics are rounded to cents: more digits would look like knowledge. */
function presentOutlook(forecast: Forecast | null, nowMs: number, zone: string): Outlook | null {
  if (!forecast) return null
  const { end, low, high, probability, breachInDays } = forecast
  return {
    end: end.toFixed(2),
    low: low.toFixed(2),
    high: high.toFixed(2),
    probability: Math.round(probability * 1_000) / 1_000,
    breachOn: breachInDays === null ? null : addDays(localDay(nowMs, zone), breachInDays),
  }
}

function budgetStatus(
  budget: Budget,
  accounts: readonly AccountRow[],
  spent: SpendIn | null,
  { rates, periodOf, zone }: { rates: RateBook; periodOf: PeriodOf; zone: string },
): Omit<BudgetStatus, 'outlook'> {
  const period = periodOf(budget.period, budget.zone ?? zone)
  const scope = parseScope(budget.scope)
  const limit = parseNanos(budget.limit) ?? 0n
  const counted = spent && scope ? countInScope(spent, scope, budget.currency, rates) : null
  // What others were read of says nothing of an account that was not.
  const isRead = scope && accounts.some((account) => spent?.accounts.has(account.id) && mayHold(scope, account))
  // A sum of nothing but what has no rate is not 0.
  const isCounted = counted !== null && (counted.nanos !== 0n || (isRead && counted.missing.length === 0))
  const nanos = isCounted ? counted.nanos : null
  return {
    id: budget.id,
    scope: budget.scope,
    period: budget.period,
    limit: budget.limit,
    spent: nanos === null ? null : nanosToDecimal(nanos),
    currency: budget.currency,
    state:
      nanos === null
        ? 'unknown'
        : nanos >= limit
          ? 'breached'
          : budget.thresholds.some((threshold) => isReached(nanos, threshold, limit))
            ? 'near'
            : counted?.missing.length
              ? 'unknown'
              : 'ok',
    from: iso(period.fromMs),
    to: iso(period.toMs),
    zone: budget.zone ?? zone,
    ...(counted ? presentCounted(counted) : { exchanges: [], missing: [] }),
  }
}

function displayIn(views: SpendViews, today: TimeRange, month: TimeRange, nowMs: number) {
  const inToday = views.display(today, nowMs)
  const inMonth = views.display(month, nowMs)
  return inToday && inMonth && { currency: inToday.currency, today: inToday, month: inMonth }
}

function burn(judges: Judges, accountIds: readonly string[], nowMs: number) {
  const lastHour = judges.lastHour(nowMs)
  const sums = new Map<string, bigint>()
  for (const id of accountIds) {
    for (const part of lastHour.of(id)) sums.set(part.currency, (sums.get(part.currency) ?? 0n) + part.nanos)
  }
  // Bills are of days: they say nothing of an hour.
  const isKnown = [...lastHour.spending.read.values()].some((planes) => planes.has('estimate'))
  if (sums.size === 0 && isKnown) sums.set('USD', 0n)
  return [...sums].map(([currency, nanos]) => ({ currency, amount: nanosToDecimal(nanos) }))
}
