import type { Plane } from '../providers/adapter.ts'
import type { Db } from './database.ts'

export interface PlaneDay {
  dayS: number
  accountId: string
  plane: Plane
  currency: string
  costNanos: bigint
}

export interface DayReading {
  dayS: number
  accountId: string
  plane: Plane
  observedAtMs: number
  mature: boolean
}

export interface SeriesTotal {
  seriesId: number
  costNanos: bigint
}

export interface FineRow extends SeriesTotal {
  startS: number
  widthS: number
}

export type SpendQueries = ReturnType<typeof createSpendQueries>

/** Everything that reads amounts. All ranges are UTC seconds, half-open. */
export function createSpendQueries(db: Db) {
  const raw = (sql: string) => db.prepare(sql).raw().safeIntegers()
  const planeDays = raw(
    'SELECT day_s, account_id, plane, currency, cost_nanos FROM plane_days WHERE day_s >= ? AND day_s < ?',
  )
  const readings = raw(
    'SELECT day_s, account_id, plane, observed_at_ms, mature FROM day_readings WHERE day_s >= ? AND day_s < ?',
  )
  const seriesTotals = raw(
    'SELECT series_id, SUM(cost_nanos) FROM day_totals WHERE day_s >= ? AND day_s < ? GROUP BY series_id',
  )
  const seriesDays = raw('SELECT day_s, series_id, cost_nanos FROM day_totals WHERE day_s >= ? AND day_s < ?')
  const hourTotals = raw('SELECT hour_s, series_id, cost_nanos FROM hour_totals WHERE hour_s >= ? AND hour_s < ?')
  const estimateHours = raw(
    'SELECT hour_s, account_id, currency, cost_nanos FROM estimate_hours WHERE hour_s >= ? AND hour_s < ?',
  )
  const fine =
    raw(`SELECT r.start_s, r.width_s, r.series_id, r.cost_nanos FROM feeds f JOIN cost_rows r ON r.feed_id = f.id
    WHERE f.plane = 'estimate' AND r.start_s >= ? AND r.start_s < ?`)
  const firstDay = db.prepare('SELECT MIN(day_s) FROM day_readings').pluck()
  return {
    planeDays: (fromS: number, toS: number): PlaneDay[] =>
      (planeDays.all(fromS, toS) as [bigint, string, Plane, string, bigint][]).map(
        ([dayS, accountId, plane, currency, costNanos]) => ({
          dayS: Number(dayS),
          accountId,
          plane,
          currency,
          costNanos,
        }),
      ),
    readings: (fromS: number, toS: number): DayReading[] =>
      (readings.all(fromS, toS) as [bigint, string, Plane, bigint, bigint][]).map(
        ([dayS, accountId, plane, at, mature]) => ({
          dayS: Number(dayS),
          accountId,
          plane,
          observedAtMs: Number(at),
          mature: mature === 1n,
        }),
      ),
    seriesTotals: (fromS: number, toS: number): SeriesTotal[] =>
      (seriesTotals.all(fromS, toS) as [bigint, bigint][]).map(([id, costNanos]) => ({
        seriesId: Number(id),
        costNanos,
      })),
    seriesDays: (fromS: number, toS: number) =>
      (seriesDays.all(fromS, toS) as [bigint, bigint, bigint][]).map(([dayS, id, costNanos]) => ({
        dayS: Number(dayS),
        seriesId: Number(id),
        costNanos,
      })),
    hourTotals: (fromS: number, toS: number): FineRow[] =>
      (hourTotals.all(fromS, toS) as [bigint, bigint, bigint][]).map(([hourS, id, costNanos]) => ({
        startS: Number(hourS),
        widthS: 3_600,
        seriesId: Number(id),
        costNanos,
      })),
    /** The estimate of each account by hour: its shape over the day. */
    estimateHours: (fromS: number, toS: number) =>
      (estimateHours.all(fromS, toS) as [bigint, string, string, bigint][]).map(
        ([hourS, accountId, currency, costNanos]) => ({
          startS: Number(hourS),
          accountId,
          currency,
          costNanos,
        }),
      ),
    /** Fine rows of the estimate that start in the range. */
    fineRows: (fromS: number, toS: number): FineRow[] =>
      (fine.all(fromS, toS) as [bigint, bigint, bigint, bigint][]).map(([startS, widthS, id, costNanos]) => ({
        startS: Number(startS),
        widthS: Number(widthS),
        seriesId: Number(id),
        costNanos,
      })),
    firstDayMs: (): number | null => {
      const day = firstDay.get() as number | null
      return day === null ? null : day * 1_000
    },
  }
}
