import type { Failure } from '../../shared/failures.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

export type Occasion = 'fired' | 'grew' | 'acknowledged' | 'resolved'

/** One message that is owed to one channel, and what became of it. */
export interface DeliveryRow {
  id: number
  alertId: string
  channelId: string
  occasion: Occasion
  state: 'pending' | 'delivered' | 'failed'
  attempts: number
  nextAttemptAtMs: number
  deliveredAtMs: number | null
  failure: Failure | null
  /** What the channel needs to edit its message later. */
  receipt: string | null
}

export type DeliveriesTable = ReturnType<typeof createDeliveriesTable>

const columns = `id, alert_id AS alertId, channel_id AS channelId, occasion, state, attempts,
  next_attempt_at_ms AS nextAttemptAtMs, delivered_at_ms AS deliveredAtMs, failure, receipt`

export function createDeliveriesTable(db: Db) {
  const read = (row: unknown): DeliveryRow => {
    const stored = row as Omit<DeliveryRow, 'failure'> & { failure: string | null }
    return { ...stored, failure: stored.failure ? readFailure(stored.failure) : null }
  }
  const byAlert = db.prepare(`SELECT ${columns} FROM deliveries WHERE alert_id = ? ORDER BY id`)
  const due = db.prepare(
    `SELECT ${columns} FROM deliveries WHERE state = 'pending' AND next_attempt_at_ms <= ? ORDER BY id LIMIT 100`,
  )
  const nextDue = db.prepare("SELECT MIN(next_attempt_at_ms) FROM deliveries WHERE state = 'pending'").pluck()
  const insert = db.prepare(`INSERT INTO deliveries (alert_id, channel_id, occasion, state, next_attempt_at_ms)
    VALUES (?, ?, ?, 'pending', ?)`)
  const save =
    db.prepare(`UPDATE deliveries SET state = @state, attempts = @attempts, next_attempt_at_ms = @nextAttemptAtMs,
    delivered_at_ms = @deliveredAtMs, failure = @failure, receipt = @receipt WHERE id = @id`)
  const receipt = db
    .prepare(`SELECT receipt FROM deliveries WHERE alert_id = ? AND channel_id = ? AND receipt IS NOT NULL
    ORDER BY id DESC LIMIT 1`)
    .pluck()
  const rewind = db.prepare(
    "UPDATE deliveries SET next_attempt_at_ms = @nowMs WHERE state = 'pending' AND next_attempt_at_ms > @nowMs",
  )
  return {
    byAlert: (alertId: string): DeliveryRow[] => byAlert.all(alertId).map(read),
    due: (nowMs: number): DeliveryRow[] => due.all(nowMs).map(read),
    nextDueMs: (): number | null => nextDue.get() as number | null,
    owe: (alertId: string, channelId: string, occasion: Occasion, atMs: number) =>
      void insert.run(alertId, channelId, occasion, atMs),
    /** Nothing waits for a time that was noted by a clock that ran ahead. */
    rewind: (nowMs: number) => void rewind.run({ nowMs }),
    save: (delivery: DeliveryRow) =>
      void save.run({ ...delivery, failure: delivery.failure && JSON.stringify(delivery.failure) }),
    receipt: (alertId: string, channelId: string) => (receipt.get(alertId, channelId) as string | undefined) ?? null,
  }
}
