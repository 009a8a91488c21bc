import type { Failure } from '../../shared/failures.ts'
import { dayMs } from '../../shared/time.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

export type NoticesTable = ReturnType<typeof createNoticesTable>

/** What a person must be told once about the guard itself, such as a restored database. Shown for a week. */
export function createNoticesTable(db: Db, damage: () => Failure | null) {
  const recent = db.prepare('SELECT failure FROM notices WHERE at_ms > ? ORDER BY at_ms DESC LIMIT 5').pluck()
  const add = db.prepare('INSERT INTO notices VALUES (?, ?)')
  return {
    add: (nowMs: number, failure: Failure) => void add.run(nowMs, JSON.stringify(failure)),
    /** Newest first; before them what is wrong just now. */
    recent: (nowMs: number): Failure[] => {
      const told = (recent.all(nowMs - 7 * dayMs) as string[]).map((text) => readFailure(text))
      const now = damage()
      return now ? [now, ...told] : told
    },
  }
}
