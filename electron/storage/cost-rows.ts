import { widths, type CostLine, type Plane, type Width } from '../providers/adapter.ts'
import type { Db } from './database.ts'
import { createManyWriter } from './write-many.ts'

export interface Series {
  id: number
  feedId: number
  currency: string
  model: string | null
  project: string | null
  apiKey: string | null
  lineItem: string | null
  tier: string | null
  pricing: CostLine['pricing']
}

export interface StoredRow {
  startS: number
  widthS: number
  seriesId: number
  costNanos: bigint
  quantity: number | null
}

export type CostRowsTable = ReturnType<typeof createCostRowsTable>

/** The fine rows and the series they belong to; roll-ups are in rollups.ts. */
export function createCostRowsTable(db: Db) {
  const insertSeries = db
    .prepare(`INSERT INTO series (feed_id, fingerprint, currency, model, project, api_key, line_item, tier, pricing)
    VALUES (@feedId, @fingerprint, @currency, @model, @project, @apiKey, @lineItem, @tier, @pricing) RETURNING id`)
    .pluck()
  const selectSeries =
    db.prepare(`SELECT id, feed_id AS feedId, fingerprint, currency, model, project, api_key AS apiKey,
    line_item AS lineItem, tier, pricing FROM series`)
  const rows = db
    .prepare(`SELECT start_s, width_s, series_id, cost_nanos, quantity FROM cost_rows
    WHERE feed_id = ? AND start_s >= ? AND start_s < ?`)
    .raw()
    .safeIntegers()
  const insert = createManyWriter(db, 'cost_rows', 6)
  const remove = db.prepare('DELETE FROM cost_rows WHERE feed_id = ? AND start_s = ? AND width_s = ? AND series_id = ?')
  const update = db.prepare(
    'UPDATE cost_rows SET cost_nanos = ?, quantity = ? WHERE feed_id = ? AND start_s = ? AND width_s = ? AND series_id = ?',
  )

  const byFeed = new Map<number, Map<string, number>>()
  const byId = new Map<number, Series>()
  let loaded = false
  const load = () => {
    loaded = true
    for (const row of selectSeries.all() as (Series & { fingerprint: string })[]) remember(row, row.fingerprint)
  }
  const remember = ({ ...series }: Series, print: string) => {
    const known = byFeed.get(series.feedId) ?? new Map<string, number>()
    byFeed.set(series.feedId, known.set(print, series.id))
    byId.set(series.id, series)
  }

  return {
    /** The id of the series a line belongs to, if there has ever been a line like it. */
    knownSeries(feedId: number, line: CostLine): number | undefined {
      if (!loaded) load()
      return byFeed.get(feedId)?.get(fingerprint(line))
    },
    /** The same, made on first sight. */
    seriesOf(feedId: number, line: CostLine): number {
      if (!loaded) load()
      const print = fingerprint(line)
      const known = byFeed.get(feedId)?.get(print)
      if (known !== undefined) return known
      const { costNanos: _cost, quantity: _quantity, ...dimensions } = line
      const id = insertSeries.get({ feedId, fingerprint: print, ...dimensions }) as number
      remember({ id, feedId, ...dimensions }, print)
      return id
    },
    series: (): ReadonlyMap<number, Series> => {
      if (!loaded) load()
      return byId
    },
    /** After a rolled-back transaction the series made in it are gone. */
    forget(): void {
      loaded = false
      byFeed.clear()
      byId.clear()
    },
    /** Rows that start in the range, of every width. */
    between(feedId: number, fromS: number, toS: number): StoredRow[] {
      return (rows.all(feedId, fromS, toS) as [bigint, bigint, bigint, bigint, number | null][]).map(
        ([startS, widthS, seriesId, costNanos, quantity]) => ({
          startS: Number(startS),
          widthS: Number(widthS),
          seriesId: Number(seriesId),
          costNanos,
          quantity,
        }),
      )
    },
    insert: (feedId: number, added: readonly StoredRow[]) =>
      insert(added.map((row) => [feedId, row.startS, row.widthS, row.seriesId, row.costNanos, row.quantity])),
    update: (feedId: number, row: StoredRow) =>
      void update.run(row.costNanos, row.quantity, feedId, row.startS, row.widthS, row.seriesId),
    remove: (feedId: number, row: StoredRow) => void remove.run(feedId, row.startS, row.widthS, row.seriesId),
  }
}

function fingerprint(line: CostLine): string {
  return JSON.stringify([line.currency, line.model, line.project, line.apiKey, line.lineItem, line.tier, line.pricing])
}

export function widthSeconds(width: Width): number {
  return widths[width] / 1_000
}

export function widthOf(seconds: number): Width {
  return (Object.keys(widths) as Width[]).find((width) => widthSeconds(width) === seconds) ?? 'day'
}

export type { Plane }
