import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Sighting } from '../agent-logs/sighting.ts'
import { dayMs, type TimeRange } from '../../shared/time.ts'
import { daysTable, openAgentDays } from './agent-days.ts'
import { createPacking, summed, unpacked } from './agent-packing.ts'
import type { AgentUsage } from './agent-sums.ts'
import { openAgentTexts } from './agent-texts.ts'
import { isDamage } from './integrity.ts'

/** How far a log was read, and what to know for reading on. */
export interface ReadLog {
  path: string
  size: number
  changedMs: number
  inode: number
  /** Bytes of the log as it is unpacked. */
  offset: number
  /** Hash of the bytes before the offset. */
  tail: number
  /** What the reader needs to go on, as JSON. */
  state: string
}

/** All sightings of what may be one call, those of them that count, and those that counted when it was saved before. */
export interface SeenCall {
  call: number
  sightings: readonly Sighting[]
  counted: readonly Sighting[]
  before: readonly Sighting[]
}

/** The time in which calls changed that the ledger does not know of yet, and up to which change that is said. */
export interface Owed extends TimeRange {
  upTo: number
}

export type AgentCalls = ReturnType<typeof openAgentCalls>

/** `used` and `seen` are for agent-packing.ts. */
const tables = `
CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS logs (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed_ms REAL NOT NULL, inode INTEGER NOT NULL,
  offset INTEGER NOT NULL, tail INTEGER NOT NULL, state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sightings (
  call INTEGER NOT NULL, counted_at_ms INTEGER, used TEXT NOT NULL, seen TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS owed (id INTEGER PRIMARY KEY AUTOINCREMENT, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL);
`
/** Made after the first filling, which is faster without them. */
const indexes = `
CREATE INDEX IF NOT EXISTS sightings_of_call ON sightings (call);
CREATE INDEX IF NOT EXISTS counted_sightings ON sightings (counted_at_ms) WHERE counted_at_ms IS NOT NULL;
`
/** Rows that are written by one statement: 40 take half the time of 40 statements, more gain little. */
const together = 40

/**
 * What was read of the logs of coding agents, in a database of its own: counts and names, never what was said. Offsets and
 * calls are written together, so that after a crash nothing is counted twice or missing.
 */
export function openAgentCalls(folder: string) {
  const db = openSound(folder)
  const texts = openAgentTexts(db)
  const logs = db.prepare('SELECT path, size, changed_ms AS changedMs, inode, offset, tail, state FROM logs')
  const saveLog = db.prepare('INSERT OR REPLACE INTO logs VALUES (?, ?, ?, ?, ?, ?, ?)')
  const load = db.prepare('SELECT used, seen FROM sightings WHERE call = ? ORDER BY rowid').raw()
  const drop = db.prepare('DELETE FROM sightings WHERE call = ?')
  const packing = createPacking(texts.id)
  const write = openWriter(db)
  const days = openAgentDays(db, texts)
  const used = db
    .prepare<[number, number]>(
      "SELECT group_concat(counted_at_ms || ',' || used) FROM sightings WHERE counted_at_ms >= ? AND counted_at_ms < ?",
    )
    .pluck()
  // Only so does SQLite look into the index, which has no others.
  const first = db.prepare('SELECT min(counted_at_ms) FROM sightings WHERE counted_at_ms IS NOT NULL').pluck()
  const last = db.prepare('SELECT max(counted_at_ms) FROM sightings WHERE counted_at_ms IS NOT NULL').pluck()
  const owe = db.prepare<[number, number]>('INSERT INTO owed (from_ms, to_ms) VALUES (?, ?)')
  const owed = db.prepare<[], Owed>('SELECT min(from_ms) AS fromMs, max(to_ms) AS toMs, max(id) AS upTo FROM owed')
  const settle = db.prepare<[number]>('DELETE FROM owed WHERE id <= ?')
  let isNew = db.prepare('SELECT 1 FROM sightings LIMIT 1').get() === undefined
  // The first filling is large, and has nothing to lose that a log of changes would keep.
  db.pragma(`journal_mode = ${isNew ? 'TRUNCATE' : 'WAL'}`)

  const save = db.transaction((read: readonly ReadLog[], calls: Iterable<SeenCall>, changed: Changed) => {
    for (const { path, size, changedMs, inode, offset, tail, state } of read)
      saveLog.run(path, size, changedMs, inode, offset, tail, state)
    for (const { call, sightings, counted, before } of calls) {
      if (!isNew) drop.run(call)
      for (const one of counted) if (!before.includes(one)) days.add(one)
      for (const one of before) if (!counted.includes(one)) days.subtract(one)
      for (const one of sightings) {
        const { used, seen } = packing.pack(one)
        write.add(call, counted.includes(one) ? one.atMs : null, used, seen)
      }
    }
    write.finish()
    days.finish()
    const range = changed()
    if (range) owe.run(range.fromMs, range.toMs)
    if (isNew) db.exec(indexes)
  })

  function sums(fromMs: number, toMs: number, width: number): AgentUsage[] {
    const text = used.get(fromMs, toMs) as string | null
    return text === null ? [] : summed(JSON.parse(`[${text}]`) as number[], width, texts)
  }
  /** Whether buckets of this width are made of whole days, all the way. */
  const isWholeDays = (fromMs: number, toMs: number, width: number) =>
    width % dayMs === 0 && fromMs % dayMs === 0 && (toMs % dayMs === 0 || toMs > ((last.get() as number | null) ?? 0))
  // A database of before there were days has none.
  if (!isNew && days.isEmpty()) db.transaction(() => days.fill(sums(0, Number.MAX_SAFE_INTEGER, dayMs)))()

  return {
    logs(): Map<string, ReadLog> {
      const rows = logs.all() as ReadLog[]
      return new Map(rows.map((log) => [log.path, log]))
    },
    sightings: (call: number): Sighting[] =>
      isNew ? [] : (load.all(call) as [string, string][]).map((row) => unpacked(texts, call, row)),
    /** `changed` is asked once all calls were taken. */
    save(read: readonly ReadLog[], calls: Iterable<SeenCall>, changed: Changed = () => null): void {
      try {
        save(read, calls, changed)
      } catch (error) {
        // The transaction is undone, and so must be what was meant for it.
        for (const part of [texts, packing, days, write]) part.forget()
        throw error
      }
      if (isNew) db.pragma('journal_mode = WAL')
      isNew = false
    },
    /** By buckets of `width` milliseconds, oldest first. */
    usage: (fromMs: number, toMs: number, width: number): AgentUsage[] =>
      isWholeDays(fromMs, toMs, width) ? days.usage(fromMs, toMs, width) : sums(fromMs, toMs, width),
    /** When the first call was that counts; null for none. */
    firstMs: (): number | null => first.get() as number | null,
    /** Null when the ledger knows of all changes. */
    owed(): Owed | null {
      const sum = owed.get()
      return sum?.upTo ? sum : null
    },
    /** The ledger knows of them. */
    settle: ({ upTo }: Owed) => void settle.run(upTo),
    close: () => db.close(),
  }
}

/** The time that changed calls belong to, for whoever was told of the calls that were there before. */
type Changed = () => TimeRange | null

const fileIn = (folder: string) => path.join(folder, 'agent-calls.sqlite')

/** One that is damaged is put away and begun anew: the logs are still there, and the ledger keeps what they told before. */
function openSound(folder: string): Database.Database {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    return openTables(folder)
  } catch (error) {
    if (!isDamage(error)) throw error
    setAside(folder)
    return openTables(folder)
  }
}

function openTables(folder: string): Database.Database {
  const db = new Database(fileIn(folder))
  try {
    db.pragma('synchronous = NORMAL')
    db.exec(tables)
    db.exec(daysTable)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Of damaged files the latest is kept, for whoever wants to know what happened. */
export function setAside(folder: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    const file = fileIn(folder) + suffix
    if (existsSync(file)) renameSync(file, `${fileIn(folder)}.damaged${suffix}`)
  }
}

type Value = number | string | null

function openWriter(db: Database.Database) {
  const insert = (rows: number) =>
    db.prepare(`INSERT INTO sightings VALUES ${Array.from({ length: rows }, () => '(?, ?, ?, ?)').join(', ')}`)
  const one = insert(1)
  const many = insert(together)
  let values: Value[] = []
  return {
    add(call: number, countedAtMs: number | null, used: string, seen: string): void {
      values.push(call, countedAtMs, used, seen)
      if (values.length < 4 * together) return
      many.run(values)
      values = []
    },
    finish(): void {
      for (let at = 0; at < values.length; at += 4) one.run(values.slice(at, at + 4))
      values = []
    },
    forget: () => void (values = []),
  }
}
