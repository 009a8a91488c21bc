import type { Db } from './database.ts'

/** What the anomaly judge remembers of what an account spends in one currency. */
export interface WatchRow {
  accountId: string
  currency: string
  /** Up to where the ledger was shown to it. */
  fedToMs: number
  /** JSON; whose shape is the judge's business. */
  state: string
}

export type WatchesTable = ReturnType<typeof createWatchesTable>

export function createWatchesTable(db: Db) {
  const all = db.prepare('SELECT account_id AS accountId, currency, fed_to_ms AS fedToMs, state FROM watches')
  const save = db.prepare(`INSERT INTO watches VALUES (@accountId, @currency, @fedToMs, @state)
    ON CONFLICT DO UPDATE SET fed_to_ms = excluded.fed_to_ms, state = excluded.state`)
  return {
    all: (): WatchRow[] => all.all() as WatchRow[],
    save: (row: WatchRow) => void save.run(row),
  }
}
