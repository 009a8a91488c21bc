import type { Plane } from '../providers/adapter.ts'
import type { Db } from './database.ts'
import { createManyWriter } from './write-many.ts'

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
  const totals = (table: 'hour_totals' | 'day_totals', column: 'hour_s' | 'day_s') => {
    const upsert = createManyWriter(
      db,
      `${table} (${column}, series_id, cost_nanos, quantity, lines)`,
      5,
      `ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos, quantity = quantity + excluded.quantity,
        lines = lines + excluded.lines`,
    )
    const prune = db.prepare(`DELETE FROM ${table} WHERE ${column} = ? AND series_id = ? AND lines = 0`)
    return (changes: readonly TotalChange[]): void => {
      upsert(changes.map((one) => [one.startS, one.seriesId, one.costNanos, one.quantity, one.lines]))
      for (const one of changes) if (one.lines < 0) prune.run(one.startS, one.seriesId)
    }
  }
  const planeDay = db.prepare(`INSERT INTO plane_days VALUES (?, ?, ?, ?, ?, 0)
    ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos`)
  const emptyPlaneDay = db.prepare(`DELETE FROM plane_days
    WHERE day_s = @dayS AND account_id = @accountId AND plane = @plane AND currency = @currency AND NOT EXISTS (
      SELECT 1 FROM day_totals d JOIN series s ON s.id = d.series_id JOIN feeds f ON f.id = s.feed_id
      WHERE d.day_s = @dayS AND f.account_id = @accountId AND f.plane = @plane AND s.currency = @currency)`)
  const estimateHour = db.prepare(`INSERT INTO estimate_hours VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos`)
  const reading = db.prepare(`INSERT INTO day_readings VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET observed_at_ms = excluded.observed_at_ms, mature = excluded.mature WHERE mature <> excluded.mature`)
  const standPlane = db.prepare(`UPDATE plane_days SET stands = (plane = @plane)
    WHERE day_s = @dayS AND account_id = @accountId AND currency = @currency AND stands <> (plane = @plane)`)
  const standSeries = db.prepare(`UPDATE day_totals SET effective_nanos = wanted.nanos FROM (
      SELECT d.series_id, CASE WHEN f.plane = @plane THEN d.cost_nanos ELSE 0 END AS nanos
      FROM day_totals d JOIN series s ON s.id = d.series_id JOIN feeds f ON f.id = s.feed_id
      WHERE d.day_s = @dayS AND f.account_id = @accountId AND s.currency = @currency) wanted
    WHERE day_totals.day_s = @dayS AND day_totals.series_id = wanted.series_id AND effective_nanos <> wanted.nanos`)
  return {
    /**
     * Makes a plane the one that counts for a day; null for none. To be called after every change of the day.
     * Answers whether anything changed by it.
     */
    letStand(dayS: number, accountId: string, currency: string, plane: Plane | null): boolean {
      const choice = { dayS, accountId, currency, plane: plane ?? '' }
      const planes = standPlane.run(choice).changes
      return standSeries.run(choice).changes + planes > 0
    },
    /** Each series once per call and hour. */
    addToHours: totals('hour_totals', 'hour_s'),
    addToDays: totals('day_totals', 'day_s'),
    addToPlaneDay: (dayS: number, accountId: string, plane: Plane, currency: string, costNanos: bigint) =>
      void planeDay.run(dayS, accountId, plane, currency, costNanos),
    /** A plane whose last line of a day is gone is as if it had never had one: no lines and a sum of 0 are not the same. */
    prunePlaneDay: (dayS: number, accountId: string, plane: Plane, currency: string) =>
      void emptyPlaneDay.run({ dayS, accountId, plane, currency }),
    addToEstimateHour: (hourS: number, accountId: string, currency: string, costNanos: bigint) =>
      void estimateHour.run(hourS, accountId, currency, costNanos),
    /** Notes that a day has been read; written only when that changes what is known of it. Answers whether it did. */
    observeDay: (dayS: number, accountId: string, plane: Plane, nowMs: number, mature: boolean): boolean =>
      reading.run(dayS, accountId, plane, nowMs, mature ? 1 : 0).changes > 0,
  }
}
