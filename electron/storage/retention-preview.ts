import type { RetentionPreview } from '../../shared/data.ts'
import { dayMs, floorTo, utcDay } from '../../shared/time.ts'
import type { Db } from './database.ts'

/** Counting more would take long, and nobody needs to know it more exactly. */
const mostCounted = 50_000

/** What would be folded if fine rows were kept for so many days; nothing is. */
export function createRetentionPreview(db: Db) {
  const count = db
    .prepare(`SELECT COUNT(*) FROM (SELECT 1 FROM cost_rows
    WHERE feed_id = ? AND start_s >= ? AND start_s < ? AND width_s = ? LIMIT ?)`)
    .pluck()
  const feeds = db.prepare('SELECT id FROM feeds').pluck()

  /** Older ones than are kept now are folded already. */
  function folding(widthS: number, days: { kept: number; asked: number }, nowMs: number) {
    const beforeS = (many: number) => floorTo(nowMs - many * dayMs, dayMs) / 1_000
    const [fromS, toS] = [beforeS(days.kept) - dayMs / 1_000, beforeS(days.asked)]
    let rows = 0
    for (const feedId of toS > fromS ? (feeds.all() as number[]) : []) {
      rows += count.get(feedId, fromS, toS, widthS, mostCounted - rows) as number
      if (rows >= mostCounted) break
    }
    return { rows, isMore: rows >= mostCounted, to: utcDay(toS * 1_000 - dayMs) }
  }

  type Days = { keepMinutesDays: number; keepHoursDays: number }
  return (kept: Days, asked: Days, nowMs: number): RetentionPreview => ({
    minutes: folding(60, { kept: kept.keepMinutesDays, asked: asked.keepMinutesDays }, nowMs),
    hours: folding(3_600, { kept: kept.keepHoursDays, asked: asked.keepHoursDays }, nowMs),
  })
}
