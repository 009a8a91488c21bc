import { dayMs, floorTo } from '../../shared/time.ts'
import type { Db } from './database.ts'

/** Hours or days folded per pass, so that no pass keeps the process busy for long. */
const perPass = 50

/**
 * Keeps resolution by age: minutes for days, hours for about a year, days for ever. Old rows are folded into the next
 * coarser width, not dropped: totals stay what they are, and reading the same stretch again still changes nothing.
 */
export function createRetention(db: Db) {
  const fold = (width: number, into: number) => ({
    due: db.prepare(`SELECT r.feed_id AS feedId, r.start_s / ${into} * ${into} AS startS FROM feeds f JOIN cost_rows r ON r.feed_id = f.id
      WHERE r.start_s < ? AND r.width_s = ${width} GROUP BY 1, 2 LIMIT ${perPass}`),
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
  const minutes = fold(60, 3_600)
  const hours = fold(3_600, 86_400)
  const forgetHours = db.prepare('DELETE FROM hour_totals WHERE hour_s < ?')
  const forgetShape = db.prepare('DELETE FROM estimate_hours WHERE hour_s < ?')

  function run(step: typeof minutes, beforeS: number): number {
    const due = step.due.all(beforeS) as { feedId: number; startS: number }[]
    for (const span of due) {
      step.sum.run(span)
      step.lines.run(span)
      step.remove.run(span)
      if (step === minutes) step.hourLines.run(span)
    }
    return due.length
  }

  /** One pass; answers how much it did. Call again until that is 0. */
  return db.transaction((keep: { minutesDays: number; hoursDays: number }, nowMs: number): number => {
    const beforeS = (days: number) => floorTo(nowMs - days * dayMs, dayMs) / 1_000
    const folded = run(minutes, beforeS(keep.minutesDays)) + run(hours, beforeS(keep.hoursDays))
    if (folded === 0) {
      forgetHours.run(beforeS(keep.hoursDays))
      forgetShape.run(beforeS(keep.hoursDays))
    }
    return folded
  })
}
