import type { Plan } from '../../shared/plans.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import { iso } from '../../shared/time.ts'
import type { Db } from './database.ts'

export type PlansTable = ReturnType<typeof createPlansTable>

type Row = Omit<Plan, 'limit' | 'createdAt'> & { limitNanos: bigint; createdAtMs: bigint }

export function createPlansTable(db: Db) {
  const all = db
    .prepare(`SELECT id, scope, limit_nanos AS limitNanos, currency, from_day AS "from", to_day AS "to", zone, note,
    created_at_ms AS createdAtMs FROM plans ORDER BY from_day, created_at_ms, id`)
    .safeIntegers()
  const insert = db.prepare(
    'INSERT INTO plans VALUES (@id, @scope, @limitNanos, @currency, @from, @to, @zone, @note, @createdAtMs)',
  )
  const end = db.prepare('UPDATE plans SET to_day = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM plans WHERE id = ?')
  const read = (): Plan[] =>
    (all.all() as Row[]).map(({ limitNanos, createdAtMs, ...row }) => ({
      ...row,
      limit: nanosToDecimal(limitNanos),
      createdAt: iso(Number(createdAtMs)),
    }))
  // Every look at spend asks for all of them.
  let known: readonly Plan[] | null = null
  return {
    /** Also those that are over; by their first day. */
    all: (): readonly Plan[] => (known ??= read()),
    insert({ limit, createdAt, ...row }: Plan): void {
      known = null
      insert.run({ ...row, limitNanos: parseNanos(limit), createdAtMs: Date.parse(createdAt) })
    },
    /** What has passed of it stays true. */
    end(id: string, lastDay: string): void {
      known = null
      end.run(lastDay, id)
    },
    remove(id: string): void {
      known = null
      remove.run(id)
    },
  }
}
