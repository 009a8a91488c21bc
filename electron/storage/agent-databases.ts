import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { AgentId } from '../agent-logs/sighting.ts'

/** What an agent's database tells of calls: rows, each as a line of JSON. */
interface Calls {
  /** `@since` is how far an earlier read came, `@after` the last row of the page before. */
  sql: string
  lastRow: string
  /** How far a read came is told by when a row was written last, or by the number of the last row if rows stay as they are. */
  mark: 'time' | 'row'
}

/** By time every row has to be looked at: a tenth of a second for 200 MB. A glance looks at the latest only, in no time. */
const glanceRows = 500
/** Programs write side by side, and not in the order of their clocks. */
const overlapMs = 10_000
/** Each page is a read of its own, and short: nobody waits for it to end. */
const pageRows = 2_000

const messages: Calls = {
  sql: `
SELECT rowid AS row, time_updated AS mark, '{"id":' || json_quote(id) || ',' || substr(data, 2) AS line
FROM message WHERE time_updated >= @since AND rowid > @after AND instr(data, '"tokens"') > 0
ORDER BY rowid LIMIT ${pageRows}`,
  lastRow: 'SELECT coalesce(max(rowid), 0) FROM message',
  mark: 'time',
}

/** What a session had used before there was a ledger is carried into it with its next call: it is no call of that time. */
const ledger: Calls = {
  sql: `
SELECT l.id AS row, l.id AS mark, json_object(
  'id', l.id, 'session_id', l.session_id, 'created_timestamp', l.created_timestamp, 'model', l.model,
  'working_dir', s.working_dir, 'input_tokens', l.input_tokens, 'output_tokens', l.output_tokens,
  'cache_read_tokens', l.cache_read_tokens, 'cache_write_tokens', l.cache_write_tokens) AS line
FROM usage_ledger l LEFT JOIN sessions s ON s.id = l.session_id
WHERE l.id >= @since AND l.id > @after AND coalesce(l.cost_source, '') <> 'carried_forward'
ORDER BY l.id LIMIT ${pageRows}`,
  lastRow: 'SELECT coalesce(max(id), 0) FROM usage_ledger',
  mark: 'row',
}

const callsOf: Partial<Record<AgentId, Calls>> = { opencode: messages, kilo: messages, goose: ledger }

const busyMs = 1_000

interface Row {
  row: number
  mark: number
  line: string
}

export interface DatabaseRead {
  file: string
  agent: AgentId
  /** What the last read answered; 0 for reading all. */
  from: number
  /** Is it enough to see what an agent that is at work just wrote? */
  isGlance: boolean
}

/** `at` is the number of the first row. */
export type TakeLines = (lines: readonly string[], at: number) => void

/**
 * Reads what is new in the database of another program, page by page, and answers how far it came; null when it only
 * glanced. It is opened read-only, and only for as long: as SQLite means it for a second reader, who sees what is in the write-ahead log, is in nobody's
 * way and writes nothing. A copy would be gigabytes of conversations, and torn unless SQLite made it.
 */
export function readAgentDatabase({ file, agent, from, isGlance }: DatabaseRead, take: TakeLines): number | null {
  const calls = callsIn(file, agent)
  const startedMs = Date.now()
  const db = open(file, busyMs)
  try {
    const byTime = calls.mark === 'time'
    const lastRow = db.prepare(calls.lastRow).pluck().get() as number
    // Fewer rows than there were: it was begun anew.
    const since = byTime ? from - overlapMs : lastRow < from ? 0 : from
    const select = db.prepare<{ since: number; after: number }, Row>(calls.sql)
    let upTo = Math.max(since, 0)
    let after = isGlance && byTime ? lastRow - glanceRows : -1
    for (;;) {
      const rows = select.all({ since, after })
      const [first] = rows
      if (first)
        take(
          rows.map(({ line }) => line),
          first.row,
        )
      for (const { row, mark } of rows) [after, upTo] = [row, Math.max(upTo, mark)]
      if (rows.length < pageRows) break
    }
    if (!byTime) return upTo
    // A clock that was ahead is set right some day, and what is written from then on is not older for that.
    return isGlance ? null : Math.min(Math.max(upTo, from), startedMs)
  } catch (error) {
    throw new Error(reasonOf(error as Error), { cause: error })
  } finally {
    db.close()
  }
}

/** Why that database cannot be read, as far as a quick look tells; null if it can. */
export function unreadable(file: string, agent: AgentId): string | null {
  let db: Database.Database | null = null
  try {
    const { sql } = callsIn(file, agent)
    db = open(file, 0)
    db.prepare(sql)
    return null
  } catch (error) {
    return reasonOf(error as Error)
  } finally {
    db?.close()
  }
}

const open = (file: string, timeout: number) => new Database(file, { readonly: true, fileMustExist: true, timeout })

function callsIn(file: string, agent: AgentId): Calls {
  const calls = callsOf[agent]
  if (!calls) throw new Error('this agent keeps no database that is known')
  if (wouldLeaveFiles(file)) throw new Error('this database belongs to somebody else, and is read while its agent runs')
  return calls
}

function reasonOf({ message }: Error): string {
  const isStrange = /^no such (table|column)/.test(message)
  return isStrange ? `this database is of a version that is not known (${message})` : message
}

/** Where the header says 2 if there is a write-ahead log. */
const modeInHeader = 18

/**
 * Whoever opens a database with a write-ahead log that nobody has open makes the two files beside it, which stay until its
 * agent closes it next. Made by another person they might keep the agent from writing.
 */
function wouldLeaveFiles(file: string): boolean {
  const user = process.geteuid?.() ?? 0
  if (user === 0 || existsSync(`${file}-wal`) || statSync(file).uid === user) return false
  const header = Buffer.alloc(modeInHeader + 1)
  const fd = openSync(file, 'r')
  try {
    readSync(fd, header, 0, header.length, 0)
    return header[modeInHeader] === 2
  } finally {
    closeSync(fd)
  }
}
