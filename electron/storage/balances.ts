import type { Db } from './database.ts'

export interface BalanceRow {
  accountId: string
  currency: string
  readAtMs: number
  leftNanos: bigint
}

export interface TopUp {
  atMs: number
  nanos: bigint
}

export type BalancesTable = ReturnType<typeof createBalancesTable>

export function createBalancesTable(db: Db) {
  const of = db
    .prepare('SELECT currency, read_at_ms, left_nanos FROM balances WHERE account_id = ? ORDER BY currency')
    .raw()
    .safeIntegers()
  const save = db.prepare(`INSERT INTO balances VALUES (@accountId, @currency, @readAtMs, @leftNanos)
    ON CONFLICT DO UPDATE SET read_at_ms = excluded.read_at_ms, left_nanos = excluded.left_nanos`)
  const forget = db.prepare('DELETE FROM balances WHERE account_id = ? AND currency = ?')
  const topUps = db
    .prepare('SELECT at_ms, nanos FROM top_ups WHERE account_id = ? AND currency = ? AND at_ms >= ? ORDER BY at_ms')
    .raw()
    .safeIntegers()
  const addTopUp = db.prepare('INSERT OR REPLACE INTO top_ups VALUES (?, ?, ?, ?)')
  return {
    of: (accountId: string): BalanceRow[] =>
      (of.all(accountId) as [string, bigint, bigint][]).map(([currency, readAtMs, leftNanos]) => ({
        accountId,
        currency,
        readAtMs: Number(readAtMs),
        leftNanos,
      })),
    save: (row: BalanceRow) => void save.run(row),
    forget: (accountId: string, currency: string) => void forget.run(accountId, currency),
    /** Since an instant, oldest first. */
    topUps: (accountId: string, currency: string, sinceMs: number): TopUp[] =>
      (topUps.all(accountId, currency, sinceMs) as [bigint, bigint][]).map(([atMs, nanos]) => ({
        atMs: Number(atMs),
        nanos,
      })),
    addTopUp: (accountId: string, currency: string, { atMs, nanos }: TopUp) =>
      void addTopUp.run(accountId, currency, atMs, nanos),
  }
}
