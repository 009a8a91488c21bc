import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { backups, backUp, schemaVersion, type Db } from './database.ts'
import { isDamage, isWhole } from './integrity.ts'
import { migrations } from './migrations/index.ts'
import { i18n } from '../../shared/words.ts'

/**
 * Writes a backup beside the database, ready to take its place, and then the database as it is now to a backup of its own:
 * in this order, because the oldest backup makes room for the newest. Nothing is changed yet.
 */
export function prepareRestore(db: Db, dataDir: string, name: string, nowMs: number): Result<null> {
  const backup = backups(dataDir).find((file) => path.basename(file) === name)
  if (!backup)
    return err(fail('not-found', i18n.t('There is no backup {name}. "spend-guard backups list" shows them.', { name })))
  const draft = draftOf(dataDir)
  rmSync(draft, { force: true })
  let chosen: Db | null = null
  try {
    chosen = new Database(backup)
    if (!isWhole(chosen)) return err(damaged(name))
    if (schemaVersion(chosen) > migrations.length)
      return err(
        fail(
          'invalid-input',
          i18n.t('{name} was written by a newer version of API Spend Guard. Please update first.', { name }),
        ),
      )
    chosen.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`)
  } catch (error) {
    rmSync(draft, { force: true })
    if (isDamage(error)) return err(damaged(name))
    throw error
  } finally {
    chosen?.close()
  }
  bringUpToNow(draft)
  backUp(db, dataDir, nowMs)
  return ok(null)
}

/** The database is closed by now, and in a backup: a crash in here leaves the one or the other, whole. */
export function completeRestore(dataDir: string): void {
  const file = path.join(dataDir, 'spend.sqlite')
  // What is written ahead belongs to the database that goes.
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
  renameSync(draftOf(dataDir), file)
}

/** What came after the backup is read again from the providers; what it was about to send then is old news. */
function bringUpToNow(draft: string): void {
  const db = new Database(draft)
  const stale = fail(
    'clock-set-back',
    i18n.t('It was about to be sent when the backup was made, which was restored since.'),
  )
  db.exec('UPDATE feeds SET filled_at_ms = NULL, deep_read_at_ms = NULL')
  db.prepare("UPDATE deliveries SET state = 'dropped', failure = ? WHERE state IN ('pending', 'accepted')").run(
    JSON.stringify(stale),
  )
  db.close()
}

function draftOf(dataDir: string): string {
  return path.join(dataDir, 'spend.sqlite.restored')
}

function damaged(name: string) {
  return fail(
    'database-damaged',
    i18n.t('The backup {name} is damaged. Choose another; nothing was changed.', { name }),
  )
}
