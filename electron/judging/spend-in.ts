import { utcDays, type TimeRange } from '../../shared/time.ts'
import type { DaySpend, SpendIn } from '../detection/finding.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import type { Spending } from '../ledger/spend.ts'

/**
 * What was read of a range, as rules look at it; null where nothing was. Its days are read when they are asked for: by
 * rules that count another currency, at the rate of each day.
 */
export function spendIn(
  spending: Spending,
  { ledger, owners }: { ledger: Ledger; owners: Owners },
  nowMs: number,
): SpendIn | null {
  if (spending.read.size === 0) return null
  const own = (read: Spending) => read.parts.filter((part) => part.effectiveNanos !== 0n).map(owners.own)
  const parts = own(spending)
  const dayOf = ({ utcDay, ...span }: TimeRange & { utcDay: string }): DaySpend => ({
    utcDay,
    parts: own(ledger.step(span, nowMs)),
  })
  let days: readonly DaySpend[] | null = null
  return {
    parts,
    accounts: new Set(spending.read.keys()),
    days() {
      if (days) return days
      const spans = utcDays(spending.range)
      const [only] = spans
      return (days = only && spans.length === 1 ? [{ utcDay: only.utcDay, parts }] : spans.map(dayOf))
    },
  }
}
