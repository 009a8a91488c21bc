import type { Plan } from '../../shared/plans.ts'
import { parseNanos, shareOf } from '../../shared/money.ts'
import { inScope, parseScope } from '../../shared/scope.ts'
import { addDays, startOfLocalDay, type TimeRange } from '../../shared/time.ts'
import { i18n, moneyInWords } from '../../shared/words.ts'
import { allowancesOf, plannedIn, type PlannedDay } from '../detection/planned.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Spending } from '../ledger/spend.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { PlansTable } from '../storage/plans.ts'

export type Plans = ReturnType<typeof createPlans>

/** What people announced, against what the ledger knows. Usage alone counts: the bill is hours late. */
export function createPlans({
  ledger,
  table,
  accounts,
}: {
  ledger: Ledger
  table: PlansTable
  accounts: AccountsTable
}) {
  function plansOf(account: AccountRow, currency: string, range: TimeRange): { plan: Plan; days: PlannedDay[] }[] {
    return table.all().flatMap((plan) => {
      if (plan.currency !== currency || !holds(plan, account)) return []
      const days = daysOf(plan, range)
      return days.length === 0 ? [] : [{ plan, days }]
    })
  }

  /** Accounts whose spend uses up the amount of a plan; removed ones too, because their money is gone all the same. */
  const spendersOf = (plan: Plan) => accounts.all().filter((account) => holds(plan, account))

  return {
    /** The announced part of what an account spent in a range. Of several plans the most generous counts. */
    planned(account: AccountRow, currency: string, range: TimeRange, nowMs: number): bigint {
      let most = 0n
      for (const { plan, days } of plansOf(account, currency, range)) {
        const ids = new Set(spendersOf(plan).map(({ id }) => id))
        const spent = ledger.between(range, nowMs)
        const spentByAll = usageOf(spent, currency, ids)
        if (spentByAll <= 0n) continue
        const own = usageOf(spent, currency, new Set([account.id]))
        const spentIn = (span: TimeRange) => usageOf(ledger.between(span, nowMs), currency, ids)
        const share = shareOf(plannedIn(range, days, spentIn), own, spentByAll)
        if (share > most) most = share
      }
      return most
    },

    /** What was announced for a range; of several plans the most generous counts. */
    announced(account: AccountRow, currency: string, range: TimeRange): bigint {
      return plansOf(account, currency, range)
        .map(({ plan }) => parseNanos(plan.limit) ?? 0n)
        .reduce((most, limit) => (limit > most ? limit : most), 0n)
    },

    /** How much more than usual a slot of an account may hold; null where nothing was announced for the range. */
    allowances(account: AccountRow, currency: string, range: TimeRange): ((slotMs: number) => number) | null {
      const known = plansOf(account, currency, range).map(({ plan, days }) => {
        const fromMs = Math.min(...days.map((day) => day.fromMs))
        const spent = new Map<number, bigint>()
        for (const { id } of spendersOf(plan))
          for (const slot of ledger.queries.estimateSlots(id, fromMs / 1_000, range.toMs / 1_000))
            if (slot.currency === currency) spent.set(slot.startMs, (spent.get(slot.startMs) ?? 0n) + slot.costNanos)
        return allowancesOf(days, spent)
      })
      if (known.length === 0) return null
      return (slotMs) => Math.max(...known.map((allowanceAt) => Number(allowanceAt(slotMs)) / 1e9))
    },

    /** What was announced for an account just now; null where nothing was. */
    words(account: AccountRow, currency: string, nowMs: number): string | null {
      const plan = plansOf(account, currency, { fromMs: nowMs, toMs: nowMs + 1 })[0]?.plan
      return plan ? i18n.t('Planned were up to {limit} a day.', { limit: moneyInWords(plan.limit, currency) }) : null
    },
  }
}

function usageOf({ parts }: Spending, currency: string, accountIds: ReadonlySet<string>): bigint {
  return parts
    .filter(
      ({ plane, series, accountId }) =>
        plane === 'estimate' && series.currency === currency && accountIds.has(accountId),
    )
    .reduce((sum, { nanos }) => sum + nanos, 0n)
}

function holds(plan: Plan, { provider, id, workspace }: AccountRow): boolean {
  const scope = parseScope(plan.scope)
  return scope !== null && inScope(scope, { provider, account: id, workspace, project: [], model: null, key: [] })
}

/** The days of a plan that touch a range. */
function daysOf(plan: Plan, range: TimeRange): PlannedDay[] {
  const limitNanos = parseNanos(plan.limit) ?? 0n
  const firstMs = startOfLocalDay(plan.from, plan.zone)
  const endMs = startOfLocalDay(addDays(plan.to, 1), plan.zone)
  if (firstMs >= range.toMs || endMs <= range.fromMs) return []
  const days: PlannedDay[] = []
  for (let day = plan.from; day <= plan.to; day = addDays(day, 1)) {
    const fromMs = startOfLocalDay(day, plan.zone)
    const toMs = startOfLocalDay(addDays(day, 1), plan.zone)
    if (fromMs < range.toMs && toMs > range.fromMs) days.push({ fromMs, toMs, limitNanos })
  }
  return days
}
