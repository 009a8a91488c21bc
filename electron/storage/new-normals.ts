import type { Db } from './database.ts'

/** A level that a person accepted, for an account and currency. */
export interface NewNormal {
  accountId: string
  currency: string
  atMs: number
  /** What the hour before cost. */
  hourNanos: bigint
}

export type NewNormalsTable = ReturnType<typeof createNewNormalsTable>

export function createNewNormalsTable(db: Db) {
  const of = db
    .prepare('SELECT at_ms, hour_nanos FROM new_normals WHERE account_id = ? AND currency = ? ORDER BY at_ms')
    .raw()
    .safeIntegers()
  const all = db.prepare('SELECT account_id, currency, at_ms, hour_nanos FROM new_normals').raw().safeIntegers()
  const insert = db.prepare(`INSERT INTO new_normals VALUES (@accountId, @currency, @atMs, @hourNanos)
    ON CONFLICT DO UPDATE SET hour_nanos = excluded.hour_nanos`)
  return {
    /** Oldest first. */
    of: (accountId: string, currency: string): NewNormal[] =>
      (of.all(accountId, currency) as [bigint, bigint][]).map(([atMs, hourNanos]) => ({
        accountId,
        currency,
        atMs: Number(atMs),
        hourNanos,
      })),
    all: (): NewNormal[] =>
      (all.all() as [string, string, bigint, bigint][]).map(([accountId, currency, atMs, hourNanos]) => ({
        accountId,
        currency,
        atMs: Number(atMs),
        hourNanos,
      })),
    insert: (row: NewNormal) => void insert.run(row),
  }
}
