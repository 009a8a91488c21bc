import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { recordBuckets } from '../../electron/ledger/record-buckets.ts'
import type { CostBucket, Width } from '../../electron/providers/adapter.ts'
import { createCostRowsTable, widthSeconds } from '../../electron/storage/cost-rows.ts'
import { openDatabase } from '../../electron/storage/database.ts'
import { createFeedsTable } from '../../electron/storage/feeds.ts'
import { createRollupsTable } from '../../electron/storage/rollups.ts'
import { dayMs, hourMs } from '../../shared/time.ts'
import { median, timed, type Say, type Scale } from './measured.ts'
import { bucketsOf, linesOf } from './traffic.ts'

const startMs = Date.UTC(2026, 10, 2)
const goal = 0.5

/**
 * Rows a second through `recordBuckets`, roll-ups included, against prepared inserts of the same rows into the same
 * table without them. New files each round, taken in turns, so that both meet the same machine.
 */
export function measureIngest(say: Say, { quick }: Scale): void {
  const rounds = quick ? 3 : 9
  const shapes: { width: Width; series: number; batches: CostBucket[][] }[] = [
    { width: 'minute', series: 50, batches: batchesOf('minute', 50, quick ? hourMs : 6 * hourMs, quick ? 2 : 12) },
    { width: 'hour', series: 50, batches: batchesOf('hour', 50, quick ? dayMs : 7 * dayMs, quick ? 2 : 26) },
  ]
  for (const { width, series, batches } of shapes) {
    const rows = batches.flat().reduce((sum, bucket) => sum + bucket.lines.length, 0)
    const seconds = { ours: [] as number[], raw: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      seconds.raw.push(inNewFolder((folder) => insertRaw(folder, batches)))
      seconds.ours.push(inNewFolder((folder) => recordOurs(folder, batches)))
    }
    const ours = rows / median(seconds.ours)
    const raw = rows / median(seconds.raw)
    say({
      what: `ledger ingest, ${width} rows with roll-ups`,
      value: ours,
      unit: 'rows/s',
      baseline: { what: 'raw inserts', value: raw, unit: 'rows/s' },
      goal: '>= 50 % of raw',
      met: ours / raw >= goal,
      detail: `${rows} rows of ${series} series in ${batches.length} transactions, median of ${rounds}`,
    })
  }
}

function batchesOf(width: Width, series: number, spanMs: number, count: number): CostBucket[][] {
  const lines = linesOf(series)
  return Array.from({ length: count }, (_, index) =>
    bucketsOf(lines, { fromMs: startMs + index * spanMs, toMs: startMs + (index + 1) * spanMs, width }),
  )
}

/** Answers seconds. */
function recordOurs(folder: string, batches: readonly CostBucket[][]): number {
  const opened = openDatabase(folder, startMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const { db } = opened.value
  db.prepare("INSERT INTO accounts VALUES ('a', 'openai', 'A', NULL, NULL, '{}', 's', NULL, 0, NULL)").run()
  const feed = createFeedsTable(db).declare('a', {
    id: 'usage',
    plane: 'estimate',
    widths: ['minute', 'hour'],
    latencyMs: 0,
  })
  const tables = { rows: createCostRowsTable(db), rollups: createRollupsTable(db) }
  const record = db.transaction((buckets: CostBucket[]) => void recordBuckets(tables, feed, buckets))
  const took = timed(() => batches.forEach((buckets) => record(buckets)))
  opened.value.close()
  return took / 1_000
}

/** The most that better-sqlite3 can do with these rows: the same table and settings, and values that wait in arrays. */
function insertRaw(folder: string, batches: readonly CostBucket[][]): number {
  const db = new Database(path.join(folder, 'raw.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(`CREATE TABLE cost_rows (feed_id INTEGER NOT NULL, start_s INTEGER NOT NULL, width_s INTEGER NOT NULL,
    series_id INTEGER NOT NULL, cost_nanos INTEGER NOT NULL, quantity REAL,
    PRIMARY KEY (feed_id, start_s, width_s, series_id)) STRICT, WITHOUT ROWID`)
  const insert = db.prepare('INSERT INTO cost_rows VALUES (?, ?, ?, ?, ?, ?)')
  const ready = batches.map((buckets) =>
    buckets.flatMap((bucket) =>
      bucket.lines.map((line, index) => [
        1,
        bucket.startMs / 1_000,
        widthSeconds(bucket.width),
        index + 1,
        line.costNanos,
        line.quantity,
      ]),
    ),
  )
  const write = db.transaction((rows: unknown[][]) => rows.forEach((row) => insert.run(...row)))
  const took = timed(() => ready.forEach((rows) => write(rows)))
  db.close()
  return took / 1_000
}

function inNewFolder(work: (folder: string) => number): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-bench-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
