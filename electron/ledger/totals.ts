import type { Spend } from '../../shared/amounts.ts'
import { nanosToDecimal, parseSum } from '../../shared/money.ts'
import type { ReportRow } from '../../shared/spend.ts'
import type { SeriesSpend, Spending } from './spend.ts'

/** What was read of some accounts: what only others have must not make an unknown amount of these a 0. */
export function readOf({ read }: Spending, accounts: ReadonlySet<string>): Spending['read'] {
  return new Map([...read].filter(([account]) => accounts.has(account)))
}

/** What counts, by currency. */
export function sumsOf(spent: readonly SeriesSpend[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { series, effectiveNanos } of spent)
    sums.set(series.currency, (sums.get(series.currency) ?? 0n) + effectiveNanos)
  return sums
}

/**
 * Sums by currency. Every series belongs to one plane; what no plane was read for stays unknown. A plane says something of
 * a currency only where an account has both: an estimate in dollars is no estimate of 0 for the euros of somebody else.
 * What an account without any spend would have been billed in is not known, and counts as dollars.
 */
export function totalsOf(spent: readonly SeriesSpend[], spending: Pick<Spending, 'read'>): Spend[] {
  const sums = new Map<string, Sum>()
  const sumOf = (currency: string) => {
    let sum = sums.get(currency)
    if (!sum) sums.set(currency, (sum = { effective: 0n, billed: 0n, estimate: 0n, accounts: new Set() }))
    return sum
  }
  const withSpend = new Set<string>()
  for (const { series, accountId, plane, nanos, effectiveNanos } of spent) {
    const sum = sumOf(series.currency)
    sum.effective += effectiveNanos
    sum[plane] += nanos
    sum.accounts.add(accountId)
    withSpend.add(accountId)
  }
  if (sums.size === 0 && spending.read.size > 0) sumOf('USD')
  for (const account of spending.read.keys()) if (!withSpend.has(account)) sums.get('USD')?.accounts.add(account)
  return [...sums]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, { effective, billed, estimate, accounts }]) => {
      const read = (plane: 'billed' | 'estimate') =>
        [...accounts].some((account) => spending.read.get(account)?.has(plane))
      return {
        currency,
        effective: nanosToDecimal(effective),
        billed: read('billed') ? nanosToDecimal(billed) : null,
        estimate: read('estimate') ? nanosToDecimal(estimate) : null,
      }
    })
}

interface Sum {
  effective: bigint
  billed: bigint
  estimate: bigint
  accounts: Set<string>
}

/** The total is the sum of the rows, to the nano, also where days were cut in parts and rounded. */
export function totalOfRows(rows: readonly ReportRow[], totals: readonly Spend[]): Spend[] {
  const add = (currency: string, column: 'effective' | 'billed' | 'estimate') => {
    const amounts = rows.filter((row) => row.currency === currency).map((row) => row[column])
    const known = amounts.filter((amount) => amount !== null)
    return known.length === 0 ? null : nanosToDecimal(known.reduce((sum, amount) => sum + (parseSum(amount) ?? 0n), 0n))
  }
  return totals.map((total) => ({
    currency: total.currency,
    effective: add(total.currency, 'effective') ?? total.effective,
    billed: add(total.currency, 'billed') ?? total.billed,
    estimate: add(total.currency, 'estimate') ?? total.estimate,
  }))
}
