import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { threadFile } from '../thread-file.ts'

/** A file up to this size is read whole in some 50 ms, so that it is checked at every start. */
const quicklyRead = 16_000_000
/** These hold nearly all of a long history, and their rows come back from the providers. */
const growing = new Set(['cost_rows', 'hour_totals', 'day_totals', 'plane_days', 'estimate_hours', 'day_readings'])

const suspectMark = (file: string) => `${file}.suspect`

/** Damage was met while the file was in use, or by the check in the background: the next start reads it whole. */
export function markSuspect(file: string): void {
  writeFileSync(suspectMark(file), '')
}

export function clearSuspect(file: string): void {
  rmSync(suspectMark(file), { force: true })
}

/**
 * Whether a database may be used. A small or suspect file is read whole. Of a large one everything is read but the
 * long tables, of which the first page: the whole takes seconds, and is done in the background once the guard runs.
 */
export function isSound(db: Database.Database, file: string): boolean {
  if (statSync(file).size <= quicklyRead || existsSync(suspectMark(file))) return isWhole(db)
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
  return tables.every((table) => {
    if (!growing.has(table)) return db.pragma(`quick_check(${table})`, { simple: true }) === 'ok'
    db.prepare(`SELECT * FROM ${table} LIMIT 1`).get()
    return true
  })
}

export function isWhole(db: Database.Database): boolean {
  return db.pragma('quick_check(1)', { simple: true }) === 'ok'
}

/** Reads the whole file in a thread of its own, while the guard goes on. Answers `ok`, or what is wrong. */
export function checkInThread(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(threadFile('integrity-thread', import.meta.url), { workerData: { file } })
    thread.once('message', resolve)
    thread.once('error', (error) => (isDamage(error) ? resolve((error as Error).message) : reject(error)))
    thread.once('exit', () => reject(new Error('the check of the database ended early')))
  })
}

export function isDamage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
}
