import { mkdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { openCodeMessage, type OpenCodeCall } from './agent-logs.ts'

/** Databases of the agents that keep one, with the tables and in the mode in which these agents make them. */

export const databases = { opencode: '.local/share/opencode/opencode.db', kilo: '.local/share/kilo/kilo.db' } as const
export const gooseDatabase = '.local/share/goose/sessions/sessions.db'

function open(file: string, tables: string, mode: string): Database.Database {
  mkdirSync(path.dirname(file), { recursive: true })
  const db = new Database(file, { timeout: 0 })
  db.pragma(`journal_mode = ${mode}`)
  db.pragma('synchronous = OFF')
  db.exec(tables)
  return db
}

export type OpenCodeDatabase = ReturnType<typeof openCodeDatabase>

export function openCodeDatabase(file: string, mode = 'WAL') {
  const tables = `
CREATE TABLE IF NOT EXISTS session (id text PRIMARY KEY, directory text NOT NULL);
CREATE TABLE IF NOT EXISTS message (
  id text PRIMARY KEY, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL
);
CREATE INDEX IF NOT EXISTS message_session_time_created_id_idx ON message (session_id, time_created, id);`
  const db = open(file, tables, mode)
  const upsert = db.prepare(
    `INSERT INTO message VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET data = excluded.data, time_updated = excluded.time_updated`,
  )
  return {
    db,
    /** The same JSON as in the documents of before, without the ids, which are columns. */
    write(call: OpenCodeCall & { updatedMs?: number } = {}): void {
      const { id, sessionID, ...data } = JSON.parse(openCodeMessage(call)) as Record<'id' | 'sessionID', string>
      this.row(id, sessionID, JSON.stringify(data), call.updatedMs)
    },
    row(id: string, session: string, data: string, updatedMs = Date.now()): void {
      upsert.run(id, session, updatedMs, updatedMs, data)
    },
    remove: (id: string) => void db.prepare('DELETE FROM message WHERE id = ?').run(id),
    close: () => void db.close(),
  }
}

export interface GooseCall {
  session?: string
  atSeconds?: number
  model?: string | null
  input?: number | null
  output?: number | null
  cached?: number | null
  written?: number | null
  source?: string | null
  compaction?: 0 | 1
}

export function gooseSessions(file: string) {
  const tables = `
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, working_dir TEXT NOT NULL, accumulated_input_tokens INTEGER, accumulated_output_tokens INTEGER
);
CREATE TABLE IF NOT EXISTS usage_ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
  created_timestamp INTEGER NOT NULL, model TEXT, input_tokens INTEGER, output_tokens INTEGER, total_tokens INTEGER,
  cache_read_tokens INTEGER, cache_write_tokens INTEGER, cost REAL, cost_source TEXT, is_compaction INTEGER DEFAULT 0
);`
  const db = open(file, tables, 'WAL')
  db.pragma('foreign_keys = ON')
  const begin = db.prepare('INSERT OR IGNORE INTO sessions VALUES (?, ?, 999999, 999999)')
  const insert = db.prepare(
    `INSERT INTO usage_ledger (session_id, created_timestamp, model, input_tokens, output_tokens, total_tokens,
       cache_read_tokens, cache_write_tokens, cost_source, is_compaction) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    db,
    write(call: GooseCall = {}): void {
      const { session = '20260901_1', atSeconds = Date.UTC(2026, 8, 1, 10) / 1000, input = 1040, output = 50 } = call
      const { model = 'claude-sonnet-4-5', cached = 800, written = 40, source = 'estimated', compaction = 0 } = call
      begin.run(session, '/home/dev/shop')
      const total = (input ?? 0) + (output ?? 0)
      insert.run(session, atSeconds, model, input, output, total, cached, written, source, compaction)
    },
    removeSession: (id: string) => void db.prepare('DELETE FROM sessions WHERE id = ?').run(id),
    close: () => void db.close(),
  }
}
