import type { Result } from '../shared/result.ts'
import { dayMs, isRecent, minuteMs } from '../shared/time.ts'
import { parseNanos } from '../shared/money.ts'
import type { PrepaidMoney } from './detection/balances.ts'
import type { ReadContext } from './providers/adapter.ts'
import { adapters } from './providers/registry.ts'
import type { AccountRow } from './storage/accounts.ts'
import type { BalancesTable } from './storage/balances.ts'

export type Balances = ReturnType<typeof createBalances>

const everyMs = 5 * minuteMs
const habitMs = 14 * dayMs

/** Prepaid money that is left, of the providers that show it, and when it was topped up: a balance that rose was. */
export function createBalances(parts: {
  table: BalancesTable
  context(account: AccountRow): Promise<Result<ReadContext>>
  transaction<T>(change: () => T): T
  now(): number
}) {
  const { table } = parts
  const askedAtMs = new Map<string, number>()

  return {
    of: table.of,

    /** Beside the spend, every few minutes. One that may not be read is no failure of the account. */
    async refresh(account: AccountRow): Promise<void> {
      const { balances, balancesEveryMs } = adapters[account.provider]
      const nowMs = parts.now()
      const restMs = Math.max(everyMs, balancesEveryMs?.(account.options) ?? 0)
      if (!balances || isRecent(askedAtMs.get(account.id) ?? -Infinity, nowMs, restMs)) return
      askedAtMs.set(account.id, nowMs)
      const context = await parts.context(account)
      const found = context.ok ? await balances(context.value) : context
      if (!found.ok) return
      parts.transaction(() => {
        const before = new Map(table.of(account.id).map((row) => [row.currency, row.leftNanos]))
        for (const { currency, leftNanos } of found.value) {
          const left = before.get(currency)
          if (left !== undefined && leftNanos > left)
            table.addTopUp(account.id, currency, { atMs: nowMs, nanos: leftNanos - left })
          table.save({ accountId: account.id, currency, readAtMs: nowMs, leftNanos })
        }
        // A currency that is no longer named has no money that could run out.
        const named = new Set(found.value.map(({ currency }) => currency))
        for (const currency of before.keys()) if (!named.has(currency)) table.forget(account.id, currency)
      })
    },

    /** What the judge looks at; `spentOfDay` is what an account spent in the last 24 hours, null where not known. */
    prepaid(account: AccountRow, spentOfDay: (currency: string) => bigint | null): PrepaidMoney[] {
      return table.of(account.id).map(({ currency, leftNanos, readAtMs }) => ({
        accountId: account.id,
        label: account.label,
        currency,
        leftNanos,
        readAtMs,
        lowNanos: parseNanos(account.options['low_balance'] ?? ''),
        spentOfDayNanos: spentOfDay(currency),
        topUps: table.topUps(account.id, currency, parts.now() - habitMs),
      }))
    },
  }
}
