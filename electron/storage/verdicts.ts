import type { Via } from '../../shared/alerts.ts'
import type { Verdict } from '../../shared/verdicts.ts'
import type { Db } from './database.ts'

/** What a person made of an alert. */
export interface VerdictRow {
  alertId: string
  atMs: number
  verdict: Verdict
  /** By the person's own estimate, in the currency of the alert. */
  preventedNanos: bigint | null
  actor: string
  via: Via
  note: string
}

export function createVerdictsTable(db: Db) {
  const insert = db.prepare(`INSERT INTO alert_verdicts (alert_id, at_ms, verdict, prevented_nanos, actor, via, note)
    VALUES (@alertId, @atMs, @verdict, @preventedNanos, @actor, @via, @note)`)
  const byAlert = db.prepare(`SELECT alert_id AS alertId, at_ms AS atMs, verdict,
    CAST(prevented_nanos AS TEXT) AS preventedNanos, actor, via, note FROM alert_verdicts WHERE alert_id = ? ORDER BY rowid`)
  return {
    add: (row: VerdictRow) => void insert.run(row),
    /** Oldest first: the last one counts. */
    byAlert: (alertId: string): VerdictRow[] =>
      (byAlert.all(alertId) as (Omit<VerdictRow, 'preventedNanos'> & { preventedNanos: string | null })[]).map(
        ({ preventedNanos, ...row }) => ({
          ...row,
          preventedNanos: preventedNanos === null ? null : BigInt(preventedNanos),
        }),
      ),
  }
}
