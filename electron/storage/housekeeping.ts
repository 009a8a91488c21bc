import type { Clock } from '../../shared/clock.ts'
import { dayMs, hourMs, secondMs } from '../../shared/time.ts'
import type { Logger } from '../logging/logger.ts'
import { backupAtMs } from './backup-list.ts'
import { backups, backUpInSteps, type Db } from './database.ts'
import { createRetention } from './retention.ts'

/**
 * Once an hour, and after a poll on the command line: fold what is old, a little at a time, and keep a backup that is at
 * most a day old, and never older than the newest account, budget or channel: unlike spend, those come back from nobody.
 * The whole file is checked before each backup, so that a damaged one never takes the place of a sound
 * one, and soon after each start of a guard that stays.
 */
export function createHousekeeping(parts: {
  db: Db
  dataDir: string
  clock: Clock
  /** What is wrong with the database, or null. */
  check(): Promise<string | null>
  /** When the newest account, budget or channel was made. */
  setUpAtMs(): number
  keep(): { keepMinutesDays: number; keepHoursDays: number }
  log: Logger
}) {
  const { db, clock } = parts
  const fold = createRetention(db)
  let cancel: (() => void) | null = null
  let stopped = false
  let checked = false
  let backedUpAtMs = backupAtMs(backups(parts.dataDir).at(-1) ?? '')

  const again = (delayMs: number) => {
    if (!stopped) cancel = clock.after(delayMs, () => void step().then((more) => again(more ? secondMs / 5 : hourMs)))
  }

  /** One step; answers whether there is more to do now. */
  async function step(): Promise<boolean> {
    const keep = parts.keep()
    try {
      if (fold({ minutesDays: keep.keepMinutesDays, hoursDays: keep.keepHoursDays }, clock.now())) return true
      const backUpNow = clock.now() - backedUpAtMs >= dayMs || parts.setUpAtMs() >= backedUpAtMs
      if (backUpNow || !checked) {
        checked = true
        const problem = await parts.check()
        if (problem !== null) parts.log.error('the database is damaged', { problem })
        else if (backUpNow && !stopped) {
          // What is made while the copy is written may not be in it.
          const atMs = clock.now()
          await backUpInSteps(db, parts.dataDir, atMs)
          backedUpAtMs = atMs
        }
      }
    } catch (error) {
      parts.log.warn('housekeeping failed', { message: (error as Error).message })
    }
    return false
  }

  return {
    start: () => again(5 * 60 * secondMs),
    /** A backup that a person asked for. Null, or what is wrong with the database: then there is none. */
    async backUpNow(): Promise<string | null> {
      const problem = await parts.check()
      if (problem !== null) return problem
      const atMs = clock.now()
      await backUpInSteps(db, parts.dataDir, atMs)
      backedUpAtMs = atMs
      return null
    },
    /** All of it now, for a guard that ends after one poll. */
    async tidy(): Promise<void> {
      checked = true
      while (await step());
    },
    stop(): void {
      stopped = true
      cancel?.()
    },
  }
}
