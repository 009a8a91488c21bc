import { dayMs, floorTo } from '../../shared/time.ts'
import type { Db } from './database.ts'

/** Hours or days folded per pass, and days of one feed looked at, so that no pass keeps the process busy for long. */
const perPass = 50
const daysPerPass = 30
const daySeconds = dayMs / 1_000

/**
 * Keeps resolution by age: minutes for days, hours for about a year, days for ever. Old rows are folded into the next
 * coarser width, not dropped: totals stay what they are, and reading the same stretch again still changes nothing.
 */
export function createRetention(db: Db) {
  const fold = (width: number, into: number) => ({
    due: db
      .prepare(`SELECT DISTINCT start_s / ${into} * ${into} FROM cost_rows
      WHERE feed_id = ? AND start_s >= ? AND start_s < ? AND width_s = ${width} LIMIT ${perPass}`)
      .pluck(),
    /** By feed: what starts before is folded. Rows this fine and this old do not come any more. */
    doneS: new Map<number, number>(),
    sum: db.prepare(`INSERT INTO cost_rows SELECT feed_id, @startS, ${into}, series_id, SUM(cost_nanos), SUM(quantity) FROM cost_rows
      WHERE feed_id = @feedId AND start_s >= @startS AND start_s < @startS + ${into} AND width_s = ${width} GROUP BY series_id`),
    lines:
      db.prepare(`UPDATE day_totals SET lines = lines + 1 - c.n FROM (SELECT series_id, COUNT(*) AS n FROM cost_rows
      WHERE feed_id = @feedId AND start_s >= @startS AND start_s < @startS + ${into} AND width_s = ${width} GROUP BY series_id) c
      WHERE day_totals.day_s = CAST(@startS AS INTEGER) / 86400 * 86400 AND day_totals.series_id = c.series_id`),
    hourLines:
      db.prepare(`UPDATE hour_totals SET lines = 1 WHERE hour_s = @startS AND series_id IN (SELECT series_id FROM cost_rows
      WHERE feed_id = @feedId AND start_s = @startS AND width_s = 3600)`),
    remove: db.prepare(
      `DELETE FROM cost_rows WHERE feed_id = @feedId AND start_s >= @startS AND start_s < @startS + ${into} AND width_s = ${width}`,
    ),
  })
  const feeds = db.prepare('SELECT id FROM feeds ORDER BY id').pluck()
  const oldest = db.prepare('SELECT MIN(start_s) FROM cost_rows WHERE feed_id = ?').pluck()
  const minutes = fold(60, 3_600)
  const hours = fold(3_600, 86_400)
  const forgetHours = db.prepare('DELETE FROM hour_totals WHERE hour_s < ?')
  const forgetShape = db.prepare('DELETE FROM estimate_hours WHERE hour_s < ?')

  /** Looks at a stretch of one feed, and answers whether there is more to look at. */
  function run(step: typeof minutes, beforeS: number): boolean {
    for (const feedId of feeds.all() as number[]) {
      const fromS = step.doneS.get(feedId) ?? (oldest.get(feedId) as number | null) ?? beforeS
      if (fromS >= beforeS) continue
      const toS = Math.min(beforeS, floorTo(fromS, daySeconds) + daysPerPass * daySeconds)
      const due = step.due.all(feedId, fromS, toS) as number[]
      for (const startS of due) foldInto(step, { feedId, startS })
      // Of a full pass the same stretch is looked at again: what was folded is no longer due.
      if (due.length < perPass) step.doneS.set(feedId, toS)
      return true
    }
    return false
  }

  function foldInto(step: typeof minutes, span: { feedId: number; startS: number }): void {
    step.sum.run(span)
    step.lines.run(span)
    step.remove.run(span)
    if (step === minutes) step.hourLines.run(span)
  }

  /** One pass; answers whether there is more to do. */
  return db.transaction((keep: { minutesDays: number; hoursDays: number }, nowMs: number): boolean => {
    const beforeS = (days: number) => floorTo(nowMs - days * dayMs, dayMs) / 1_000
    if (run(minutes, beforeS(keep.minutesDays)) || run(hours, beforeS(keep.hoursDays))) return true
    forgetHours.run(beforeS(keep.hoursDays))
    forgetShape.run(beforeS(keep.hoursDays))
    return false
  })
}
