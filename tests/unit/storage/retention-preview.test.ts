import { expect, it } from 'vitest'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createRetention } from '../../../electron/storage/retention.ts'
import { createRetentionPreview } from '../../../electron/storage/retention-preview.ts'
import { dayMs } from '../../../shared/time.ts'

const now = Date.UTC(2026, 10, 18, 15)
const kept = { keepMinutesDays: 7, keepHoursDays: 400 }

/** A row a minute apart on each of the last days, and one each hour further back. */
function stage() {
  const db = openMemoryDatabase()
  db.exec(`INSERT INTO accounts (id, provider, label, options, secret_name, created_at_ms) VALUES ('a', 'openai', 'A', '{}', '', 0);
    INSERT INTO feeds (id, account_id, feed, plane, mature_after_ms) VALUES (1, 'a', 'usage', 'estimate', 0);
    INSERT INTO series (id, feed_id, fingerprint, currency, pricing) VALUES (1, 1, 'f', 'USD', 'listed')`)
  const insert = db.prepare('INSERT INTO cost_rows VALUES (1, ?, ?, 1, 5, 1)')
  for (let days = 0; days < 7; days++)
    for (let minute = 0; minute < 10; minute++) insert.run((now - days * dayMs) / 1_000 - minute * 60, 60)
  for (let days = 8; days < 40; days++) insert.run((now - days * dayMs) / 1_000, 3_600)
  return { db, preview: createRetentionPreview(db) }
}

it('nothing goes where days are kept as long as now, or longer', () => {
  const { preview } = stage()
  expect(preview(kept, kept, now)).toMatchObject({ minutes: { rows: 0 }, hours: { rows: 0 } })
  expect(preview(kept, { keepMinutesDays: 30, keepHoursDays: 800 }, now)).toMatchObject({ minutes: { rows: 0 } })
})

it('what is told to go is what goes', () => {
  const { db, preview } = stage()
  const asked = { keepMinutesDays: 3, keepHoursDays: 31 }
  const told = preview(kept, asked, now)
  // Of days 4, 5 and 6; of days 32 to 39.
  expect(told).toEqual({
    minutes: { rows: 30, isMore: false, to: '2026-11-14' },
    hours: { rows: 8, isMore: false, to: '2026-10-17' },
  })
  const rows = (width: number) =>
    db.prepare('SELECT COUNT(*) FROM cost_rows WHERE width_s = ?').pluck().get(width) as number
  const [minutes, hours] = [rows(60), rows(3_600)]
  const fold = createRetention(db)
  while (fold({ minutesDays: asked.keepMinutesDays, hoursDays: asked.keepHoursDays }, now));
  expect(minutes - rows(60)).toBe(told.minutes.rows)
  // The minutes of a day lie in two hours.
  expect(hours + 6 - rows(3_600)).toBe(told.hours.rows)
})
