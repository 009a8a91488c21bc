import { threshold, type Budget } from '../../shared/budgets.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import { iso, type Period } from '../../shared/time.ts'
import type { Db } from './database.ts'

export type BudgetsTable = ReturnType<typeof createBudgetsTable>

interface Row {
  id: string
  limitNanos: bigint
  currency: string
  period: Period
  scope: string
  zone: string | null
  thresholds: string
  createdAtMs: bigint
}

export function createBudgetsTable(db: Db) {
  const all = db
    .prepare(`SELECT id, limit_nanos AS limitNanos, currency, period, scope, zone, thresholds,
    created_at_ms AS createdAtMs FROM budgets ORDER BY created_at_ms, id`)
    .safeIntegers()
  const upsert =
    db.prepare(`INSERT INTO budgets VALUES (@id, @limitNanos, @currency, @period, @scope, @zone, @thresholds, @createdAtMs)
    ON CONFLICT (id) DO UPDATE SET limit_nanos = excluded.limit_nanos, currency = excluded.currency, period = excluded.period,
    scope = excluded.scope, zone = excluded.zone, thresholds = excluded.thresholds`)
  const remove = db.prepare('DELETE FROM budgets WHERE id = ?')
  const read = (): Budget[] => {
    // Most budgets have the same ones.
    const parsed = new Map<string, Budget['thresholds']>()
    const thresholdsOf = (text: string): Budget['thresholds'] => {
      const thresholds = parsed.get(text) ?? threshold.array().parse(JSON.parse(text))
      parsed.set(text, thresholds)
      return thresholds
    }
    return (all.all() as Row[]).map(({ limitNanos, createdAtMs, thresholds, ...row }) => ({
      ...row,
      limit: nanosToDecimal(limitNanos),
      thresholds: thresholdsOf(thresholds),
      createdAt: iso(Number(createdAtMs)),
    }))
  }
  // Every look at spend asks for all of them.
  let known: readonly Budget[] | null = null
  return {
    all: (): readonly Budget[] => (known ??= read()),
    save({ limit, thresholds, createdAt, ...budget }: Budget): void {
      known = null
      upsert.run({
        ...budget,
        limitNanos: parseNanos(limit),
        thresholds: JSON.stringify(thresholds),
        createdAtMs: Date.parse(createdAt),
      })
    },
    remove(id: string): boolean {
      known = null
      return remove.run(id).changes > 0
    },
  }
}
