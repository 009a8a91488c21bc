import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { checkInThread, clearSuspect, isDamage, isSound, isWhole, markSuspect } from './integrity.ts'
import { migrations } from './migrations/index.ts'
import { i18n, sentences } from '../../shared/words.ts'

export type Db = Database.Database

export interface OpenedDatabase {
  db: Db
  /** What a person should know of how it was opened: set aside, restored, re-filled. */
  notice: Failure | null
  /** Reads the whole file in the background. Answers what is wrong with it, or null. */
  check(): Promise<string | null>
  /** Takes a fault that was met in use. Damage is remembered, so that the next start recovers from it. */
  met(error: unknown): void
  /** What a person must do now, since damage was found while the guard runs. */
  damage(): Failure | null
  close(): void
}

const keptBackups = 5

/**
 * Opens `<dataDir>/spend.sqlite`, migrates it forward after a backup, and checks it. A damaged file is set aside and
 * the newest backup that is sound takes its place; what is younger comes back from the providers' own history.
 */
export function openDatabase(dataDir: string, nowMs: number): Result<OpenedDatabase> {
  const file = path.join(dataDir, 'spend.sqlite')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    // Backups without a database: it was lost, or a recovery was cut short. A guard that starts anew would be blind.
    const lost = isEmpty(file) && backups(dataDir).length > 0
    const sound = lost ? null : openSound(file, isSound)
    if (sound) return ok(finish(sound, dataDir, nowMs, null))
    return ok(finish(...recover(file, dataDir, nowMs)))
  } catch (error) {
    return err(openFailure(error, file))
  }
}

/** A database in memory, for tests and trial runs. */
export function openMemoryDatabase(): Db {
  const db = new Database(':memory:')
  configure(db)
  migrate(db)
  return db
}

/** Null when the file is there but not a sound database. Faults of the disk or of permissions are thrown on. */
function openSound(file: string, check: (db: Db, file: string) => boolean): Db | null {
  let db: Db | null = null
  try {
    db = new Database(file)
    configure(db)
    if (check(db, file)) return db
    db.close()
    return null
  } catch (error) {
    db?.close()
    if (isDamage(error)) return null
    throw error
  }
}

function isEmpty(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0
}

/** The new database is made under another name first, so that a crash leaves the damaged one, or none, but not half. */
function recover(file: string, dataDir: string, nowMs: number): [Db, string, number, Failure] {
  const aside = `${file}.damaged-${stamp(nowMs)}`
  const draft = `${file}.restored`
  const gone = !existsSync(file)
  const setAside = () => {
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  }
  rmSync(draft, { force: true })
  for (const backup of backups(dataDir).reverse()) {
    const candidate = openSound(backup, isWhole)
    if (!candidate) continue
    candidate.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`)
    candidate.close()
    setAside()
    renameSync(draft, file)
    const db = new Database(file)
    configure(db)
    // What came after the backup is read again from the providers.
    db.exec('UPDATE feeds SET filled_at_ms = NULL, deep_read_at_ms = NULL')
    return [
      db,
      dataDir,
      nowMs,
      damaged(
        sentences(
          gone
            ? i18n.t('The database was gone.')
            : i18n.t('The database was damaged and was set aside as {file}.', { file: path.basename(aside) }),
          i18n.t(
            'The backup {file} took its place; newer history is being read again from the providers. Please check that your accounts, budgets and channels are all there.',
            { file: path.basename(backup) },
          ),
        ),
      ),
    ]
  }
  setAside()
  const db = new Database(file)
  configure(db)
  return [
    db,
    dataDir,
    nowMs,
    damaged(
      i18n.t(
        'The database was damaged and there was no sound backup. It was set aside as {file}. Please add your accounts, budgets and channels again; history comes back from the providers.',
        { file: path.basename(aside) },
      ),
    ),
  ]
}

function damaged(message: string): Failure {
  return fail('database-damaged', message)
}

function finish(db: Db, dataDir: string, nowMs: number, notice: Failure | null): OpenedDatabase {
  if (schemaVersion(db) > migrations.length) {
    db.close()
    throw new NewerDatabase()
  }
  if (schemaVersion(db) > 0 && schemaVersion(db) < migrations.length) backUp(db, dataDir, nowMs)
  migrate(db)
  if (notice) db.prepare('INSERT INTO notices (at_ms, failure) VALUES (?, ?)').run(nowMs, JSON.stringify(notice))
  const file = path.join(dataDir, 'spend.sqlite')
  clearSuspect(file)
  let found: Failure | null = null
  const suspect = (problem: string) => {
    markSuspect(file)
    found = damaged(
      i18n.t(
        'The database is damaged ({problem}). Start API Spend Guard again: the newest sound backup takes its place, and newer history is read again.',
        { problem },
      ),
    )
  }
  return {
    db,
    notice,
    async check() {
      const answer = await checkInThread(file)
      if (answer === 'ok') return null
      suspect(answer)
      return answer
    },
    met(error) {
      if (isDamage(error)) suspect((error as Error).message)
    },
    damage: () => found,
    close: () => db.close(),
  }
}

class NewerDatabase extends Error {}

function configure(db: Db): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  db.pragma('temp_store = MEMORY')
}

export function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }))
}

function migrate(db: Db): void {
  for (let next = schemaVersion(db); next < migrations.length; next++) {
    db.transaction(() => {
      db.exec(migrations[next] ?? '')
      db.pragma(`user_version = ${next + 1}`)
    })()
  }
}

/** Writes a sound copy beside the database and forgets all but the newest few. */
export function backUp(db: Db, dataDir: string, nowMs: number): string {
  const file = newBackupFile(dataDir, nowMs)
  db.exec(`VACUUM INTO '${`${file}.part`.replaceAll("'", "''")}'`)
  renameSync(`${file}.part`, file)
  forgetOldBackups(dataDir)
  return file
}

/** The same while the guard runs: page by page, so that nothing waits for it. */
export async function backUpInSteps(db: Db, dataDir: string, nowMs: number): Promise<void> {
  const file = newBackupFile(dataDir, nowMs)
  await db.backup(`${file}.part`, { progress: () => 200 })
  renameSync(`${file}.part`, file)
  forgetOldBackups(dataDir)
}

function newBackupFile(dataDir: string, nowMs: number): string {
  const folder = path.join(dataDir, 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `spend-${stamp(nowMs)}.sqlite`)
  rmSync(file, { force: true })
  // Of a backup that was cut short.
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(path.join(folder, name))
  return file
}

function forgetOldBackups(dataDir: string): void {
  for (const old of backups(dataDir).slice(0, -keptBackups)) rmSync(old, { force: true })
}

/** Oldest first: the names sort by time. */
export function backups(dataDir: string): string[] {
  const folder = path.join(dataDir, 'backups')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^spend-.*\.sqlite$/.test(name))
    .sort()
    .map((name) => path.join(folder, name))
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[:.]/g, '-')
}

function openFailure(error: unknown, file: string): Failure {
  const code = (error as { code?: string }).code ?? ''
  if (error instanceof NewerDatabase) {
    return fail(
      'invalid-input',
      i18n.t(
        'This data folder was written by a newer version of API Spend Guard. Please update, or choose another folder with --data-dir.',
      ),
    )
  }
  if (code.startsWith('SQLITE_FULL'))
    return fail('disk-full', i18n.t('The disk is full. Free some space; nothing was lost.'))
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fail(
      'data-folder-busy',
      i18n.t('Another process is using the database. Close it, or wait a moment and try again.'),
    )
  }
  return fail(
    'database-damaged',
    i18n.t('Cannot open {file} ({code}). Check that the folder is writable and on a local disk.', {
      file,
      code: code || (error as Error).message,
    }),
  )
}
