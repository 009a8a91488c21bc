import type { Plane } from '../providers/adapter.ts'
import type { Db } from './database.ts'

export interface PlaneDay {
  dayS: number
  currency: string
  plane: Plane
  costNanos: bigint
}

export interface DayReading {
  dayS: number
  plane: Plane
  mature: boolean
}

/** What a series spent over a range, and the part of it that counts. */
export interface SeriesTotal {
  seriesId: number
  costNanos: bigint
  effectiveNanos: bigint
}

/** What a series cost over a range, and how much of its meter that was. */
export interface SeriesUsage {
  seriesId: number
  costNanos: bigint
  quantity: number
}

export interface FineRow {
  seriesId: number
  costNanos: bigint
  startS: number
  widthS: number
}

/** Spend of one feed in five minutes, or in an hour that is not known more finely. */
export interface EstimateSlot {
  currency: string
  startMs: number
  isHour: boolean
  costNanos: bigint
}

export type SpendQueries = ReturnType<typeof createSpendQueries>

const secondsOf = (column: 'day_s' | 'hour_s' | 'month_s') => `${column} >= ? AND ${column} < ?`

/** Everything that reads amounts. All ranges are UTC seconds, half-open. Sums are made by SQLite, which is quicker. */
export function createSpendQueries(db: Db) {
  const raw = (sql: string) => db.prepare(sql).raw().safeIntegers()
  const planeDays = raw(
    `SELECT day_s, currency, plane, cost_nanos FROM plane_days WHERE ${secondsOf('day_s')} AND account_id = ?`,
  )
  const readings = raw(
    `SELECT day_s, plane, mature FROM day_readings WHERE account_id = ? AND plane IN ('billed', 'estimate') AND ${secondsOf('day_s')}`,
  )
  const isRead = db
    .prepare(`SELECT 1 FROM day_readings WHERE account_id = ? AND plane = ? AND ${secondsOf('day_s')} LIMIT 1`)
    .pluck()
  // Each end by itself, which an index answers at once; together they would be a look at every day.
  const known = raw(`SELECT MIN(first_s), MAX(last_s) FROM (
      SELECT (SELECT MIN(day_s) FROM day_readings r WHERE r.account_id = f.account_id AND r.plane = f.plane) AS first_s,
        (SELECT MAX(day_s) FROM day_readings r WHERE r.account_id = f.account_id AND r.plane = f.plane) AS last_s
      FROM (SELECT DISTINCT account_id, plane FROM feeds) f
    UNION ALL SELECT (SELECT MIN(day_s) FROM plane_days), (SELECT MAX(day_s) FROM plane_days))`)
  const days = raw(`SELECT series_id, SUM(cost_nanos), SUM(effective_nanos) FROM day_totals
    WHERE ${secondsOf('day_s')} GROUP BY series_id`)
  const months = raw(`SELECT series_id, SUM(cost_nanos), SUM(effective_nanos) FROM month_totals
    WHERE ${secondsOf('month_s')} GROUP BY series_id`)
  const standing = raw('SELECT account_id, currency, plane FROM plane_days WHERE day_s = ? AND stands = 1')
  const hours = raw(
    `SELECT series_id, SUM(cost_nanos), 0 FROM hour_totals WHERE ${secondsOf('hour_s')} GROUP BY series_id`,
  )
  const estimateHours = raw(
    `SELECT hour_s, account_id, currency, cost_nanos FROM estimate_hours WHERE ${secondsOf('hour_s')}`,
  )
  const estimateFeeds = raw(`SELECT DISTINCT s.feed_id, s.currency FROM feeds f JOIN series s ON s.feed_id = f.id
    WHERE f.plane = 'estimate' AND f.account_id = ?`)
  // Of one feed the rows come in the order of the groups, so that nothing is sorted: five times as quick as a join.
  const slotsOfFeed = raw(`SELECT start_s / 300 * 300, width_s = 3600, SUM(cost_nanos) FROM (
      SELECT start_s, width_s, SUM(cost_nanos) AS cost_nanos FROM cost_rows
      WHERE feed_id = @feedId AND start_s >= @fromS AND start_s < @toS AND (width_s <= 300 OR width_s = 3600)
        AND (@only IS NULL OR series_id IN (SELECT id FROM series WHERE feed_id = @feedId AND currency = @only))
      GROUP BY start_s, width_s)
    GROUP BY 1, 2`)
  // CROSS JOIN: the order of the tables as written, feed by feed along the primary key.
  const fineTotals =
    raw(`SELECT r.series_id, SUM(r.cost_nanos), 0 FROM feeds f CROSS JOIN cost_rows r ON r.feed_id = f.id
    WHERE f.plane = 'estimate' AND r.start_s >= @fromS AND r.start_s < @toS AND r.width_s <= 3600
      AND r.start_s + r.width_s <= @toS GROUP BY r.series_id`)
  const rowsAt = raw(`SELECT r.series_id, r.cost_nanos, r.start_s, r.width_s FROM feeds f CROSS JOIN cost_rows r
    ON r.feed_id = f.id WHERE f.plane = 'estimate' AND r.start_s = ? AND r.width_s = ?`)

  const usageOfHours = raw(`SELECT series_id, SUM(cost_nanos), SUM(quantity) FROM hour_totals
    WHERE ${secondsOf('hour_s')} GROUP BY series_id`)
  const usageOfDays = raw(`SELECT series_id, SUM(cost_nanos), SUM(quantity) FROM day_totals
    WHERE ${secondsOf('day_s')} GROUP BY series_id`)
  const spentDays = raw(`SELECT series_id, MIN(day_s), MAX(day_s) FROM day_totals
    WHERE ${secondsOf('day_s')} AND cost_nanos > 0 GROUP BY series_id`)

  const quantities = (rows: unknown[]): SeriesUsage[] =>
    (rows as [bigint, bigint, number | bigint | null][]).map(([id, costNanos, quantity]) => ({
      seriesId: Number(id),
      costNanos,
      quantity: Number(quantity ?? 0),
    }))
  const totals = (rows: unknown[]): SeriesTotal[] =>
    (rows as [bigint, bigint, bigint][]).map(([id, costNanos, effectiveNanos]) => ({
      seriesId: Number(id),
      costNanos,
      effectiveNanos,
    }))
  const fine = (rows: unknown[]): FineRow[] =>
    (rows as [bigint, bigint, bigint, bigint][]).map(([id, costNanos, startS, widthS]) => ({
      seriesId: Number(id),
      costNanos,
      startS: Number(startS),
      widthS: Number(widthS),
    }))
  return {
    /** Start of the first and of the last UTC day of which anything is known; null where nothing is. */
    knownDays(): { firstS: number; lastS: number } | null {
      const [firstS, lastS] = known.get() as [bigint | null, bigint | null]
      return firstS === null || lastS === null ? null : { firstS: Number(firstS), lastS: Number(lastS) }
    },
    /** Of one account. */
    planeDays: (accountId: string, fromS: number, toS: number): PlaneDay[] =>
      (planeDays.all(fromS, toS, accountId) as [bigint, string, Plane, bigint][]).map(
        ([dayS, currency, plane, costNanos]) => ({ dayS: Number(dayS), currency, plane, costNanos }),
      ),
    readings: (accountId: string, fromS: number, toS: number): DayReading[] =>
      (readings.all(accountId, fromS, toS) as [bigint, Plane, bigint][]).map(([dayS, plane, mature]) => ({
        dayS: Number(dayS),
        plane,
        mature: mature === 1n,
      })),
    /** Whether a plane of an account was read for any of the days. */
    isRead: (accountId: string, plane: Plane, fromS: number, toS: number): boolean =>
      isRead.get(accountId, plane, fromS, toS) !== undefined,
    /** Sums over whole UTC days. */
    days: (fromS: number, toS: number): SeriesTotal[] => totals(days.all(fromS, toS)),
    /** Sums over whole UTC months. */
    months: (fromS: number, toS: number): SeriesTotal[] => totals(months.all(fromS, toS)),
    /** Which plane counts for a day, by account and currency. */
    standing: (dayS: number) =>
      (standing.all(dayS) as [string, string, Plane][]).map(([accountId, currency, plane]) => ({
        accountId,
        currency,
        plane,
      })),
    /** Sums over whole hours, whichever plane counts. */
    hours: (fromS: number, toS: number): SeriesTotal[] => totals(hours.all(fromS, toS)),
    /** The estimate of each account by hour: its shape over the day. */
    estimateHours: (fromS: number, toS: number) =>
      (estimateHours.all(fromS, toS) as [bigint, string, string, bigint][]).map(
        ([hourS, accountId, currency, costNanos]) => ({ startS: Number(hourS), accountId, currency, costNanos }),
      ),
    /** An account's estimate in slots of five minutes, and by the hour where it is not known more finely. */
    estimateSlots(accountId: string, fromS: number, toS: number): EstimateSlot[] {
      const feeds = estimateFeeds.all(accountId) as [bigint, string][]
      return feeds.flatMap(([feedId, currency]) => {
        const isOnly = feeds.every(([id, other]) => id !== feedId || other === currency)
        const slots = slotsOfFeed.all({ feedId, fromS, toS, only: isOnly ? null : currency })
        return (slots as [bigint, bigint, bigint][]).map(([startS, isHour, costNanos]) => ({
          currency,
          startMs: Number(startS) * 1_000,
          isHour: isHour === 1n,
          costNanos,
        }))
      })
    },
    /** Cost and quantity over whole hours, whichever plane. */
    usageOfHours: (fromS: number, toS: number): SeriesUsage[] => quantities(usageOfHours.all(fromS, toS)),
    /** The same over whole UTC days. */
    usageOfDays: (fromS: number, toS: number): SeriesUsage[] => quantities(usageOfDays.all(fromS, toS)),
    /** The first and the last UTC day on which each series spent. */
    spentDays: (fromS: number, toS: number): { seriesId: number; firstS: number; lastS: number }[] =>
      (spentDays.all(fromS, toS) as [bigint, bigint, bigint][]).map(([id, firstS, lastS]) => ({
        seriesId: Number(id),
        firstS: Number(firstS),
        lastS: Number(lastS),
      })),
    /** Sums over the rows of the estimate, up to an hour wide, that lie inside the range. */
    fineTotals: (fromS: number, toS: number): SeriesTotal[] => totals(fineTotals.all({ fromS, toS })),
    /** The rows of the estimate that start then and are that wide. */
    rowsAt: (startS: number, widthS: number): FineRow[] => fine(rowsAt.all(startS, widthS)),
  }
}
