import type { Plane } from '../providers/adapter.ts'
import type { Db } from './database.ts'

/** A change of one series' total over an hour or a day. */
export interface TotalChange {
  startS: number
  seriesId: number
  costNanos: bigint
  quantity: number
  lines: number
}

export type RollupsTable = ReturnType<typeof createRollupsTable>

/** Sums over cost_rows by hour and day, and per account, plane and day. Written only together with the rows. */
export function createRollupsTable(db: Db) {
  const add = (table: 'hour_totals' | 'day_totals', column: 'hour_s' | 'day_s') => ({
    upsert: db.prepare(`INSERT INTO ${table} VALUES (@startS, @seriesId, @costNanos, @quantity, @lines)
      ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos, quantity = quantity + excluded.quantity, lines = lines + excluded.lines`),
    prune: db.prepare(`DELETE FROM ${table} WHERE ${column} = ? AND series_id = ? AND lines = 0`),
  })
  const hours = add('hour_totals', 'hour_s')
  const days = add('day_totals', 'day_s')
  const planeDay = db.prepare(`INSERT INTO plane_days VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos`)
  const estimateHour = db.prepare(`INSERT INTO estimate_hours VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos`)
  const reading = db.prepare(`INSERT INTO day_readings VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET observed_at_ms = excluded.observed_at_ms, mature = excluded.mature WHERE mature <> excluded.mature`)
  const apply = (statements: typeof hours) => (change: TotalChange) => {
    statements.upsert.run(change)
    if (change.lines < 0) statements.prune.run(change.startS, change.seriesId)
  }
  return {
    addToHour: apply(hours),
    addToDay: apply(days),
    addToPlaneDay: (dayS: number, accountId: string, plane: Plane, currency: string, costNanos: bigint) =>
      void planeDay.run(dayS, accountId, plane, currency, costNanos),
    addToEstimateHour: (hourS: number, accountId: string, currency: string, costNanos: bigint) =>
      void estimateHour.run(hourS, accountId, currency, costNanos),
    /** Notes that a day has been read; written only when that changes what is known of it. */
    observeDay: (dayS: number, accountId: string, plane: Plane, nowMs: number, mature: boolean) =>
      void reading.run(dayS, accountId, plane, nowMs, mature ? 1 : 0),
  }
}
