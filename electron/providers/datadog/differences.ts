import type { CostBucket, CostLine, Dimensions } from '../adapter.ts'
import type { MonthToDate } from './schema.ts'

/** Totals are floats: what is left of them below a millionth is none. */
const smallestNanos = 1_000n

type Totals = Map<string, { line: Dimensions; nanos: bigint }>

/**
 * What each date of one month added to the month so far. The first date has it all since the first of the month, and a date
 * after a gap has the days of the gap too: Datadog does not say more. A date without all its amounts is such a gap. A total
 * that falls was corrected, and takes off.
 */
export function differences(rows: readonly MonthToDate[]): CostBucket[] {
  const dates = new Map<string, Totals>()
  const unknown = new Set(rows.filter(lacksAmounts).map(dateOf))
  for (const row of rows) {
    const date = dateOf(row)
    if (unknown.has(date)) continue
    const totals: Totals = dates.get(date) ?? new Map()
    dates.set(date, totals)
    for (const one of totalsOf(row)) add(totals, one.line, one.nanos)
  }
  let before: Totals = new Map()
  return [...dates]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([date, totals]) => {
      const grown: Totals = new Map(totals)
      for (const { line, nanos } of before.values()) add(grown, line, -nanos)
      before = totals
      const lines = [...grown.values()].filter(({ nanos }) => nanos !== 0n).map(costLine)
      return { startMs: Date.parse(date), width: 'day', lines }
    })
}

function dateOf(row: MonthToDate): string {
  return row.date.slice(0, 10)
}

/** Without the sum there is no telling what a charge that is missing comes to: taken for 0, it would look like a refund. */
function lacksAmounts({ total_cost: total, charges }: MonthToDate): boolean {
  return typeof total !== 'bigint' && (charges === null || charges.some(({ cost }) => typeof cost !== 'bigint'))
}

/**
 * Each product's committed and on-demand charges, of which a row of type `total` is only the sum; and what the charges
 * leave of the row's own total.
 */
function totalsOf(row: MonthToDate): { line: Dimensions; nanos: bigint }[] {
  const project = row.org_name ?? row.public_id
  const charges = (row.charges ?? []).flatMap(({ cost, ...charge }) =>
    typeof cost === 'bigint' ? [{ ...charge, cost }] : [],
  )
  const split = new Set(charges.filter((one) => one.charge_type !== 'total').map((one) => one.product_name))
  const found = charges
    .filter((one) => one.charge_type !== 'total' || !split.has(one.product_name))
    .map((one) => ({
      line: lineOf(project, one.product_name, one.charge_type === 'total' ? null : one.charge_type),
      nanos: one.cost,
    }))
  const rest = (row.total_cost ?? 0n) - found.reduce((sum, one) => sum + one.nanos, 0n)
  const hasRest = typeof row.total_cost === 'bigint' && (rest >= smallestNanos || rest <= -smallestNanos)
  return hasRest ? [...found, { line: lineOf(project, 'not itemised', null), nanos: rest }] : found
}

function lineOf(project: string | null, lineItem: string | null, tier: string | null): Dimensions {
  return { model: null, project, apiKey: null, lineItem, tier }
}

function add(totals: Totals, line: Dimensions, nanos: bigint): void {
  const key = JSON.stringify([line.project, line.lineItem, line.tier])
  totals.set(key, { line, nanos: (totals.get(key)?.nanos ?? 0n) + nanos })
}

function costLine({ line, nanos }: { line: Dimensions; nanos: bigint }): CostLine {
  return { ...line, currency: 'USD', costNanos: nanos, quantity: null, pricing: 'billed' }
}
