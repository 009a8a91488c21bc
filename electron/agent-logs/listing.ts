import { lstatSync, readdirSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { unreadable } from '../storage/agent-databases.ts'
import type { Root } from './roots.ts'
import type { AgentId } from './sighting.ts'

export interface Listed {
  agent: AgentId
  root: string
  /** How the log is called while it is not packed: both forms are one log. */
  path: string
  /** What is there: the log, or the log packed. */
  actual: string
  stats: Mark
}

/** By which a change is seen. */
export interface Mark {
  size: number
  mtimeMs: number
  /** A log that could not be read may be once its owner allows it, which changes this alone. */
  ctimeMs: number
  ino: number
}

interface Folder {
  changedMs: number
  readMs: number
  folders: string[]
  logs: string[]
}

/** A folder's time is coarse: a file that is made right after a look may leave it as it was. */
const settledMs = 2_000
const packed = '.zst'
/** What SQLite keeps beside a database while it is in use: what was written lately stands there. */
const besides = /(?<=\.db)-(?:wal|shm|journal)$/
/** Which files below a root are logs: agents keep other things there as well. */
const logs: Record<AgentId, RegExp> = {
  claude: /\.jsonl(\.zst)?$/,
  codex: /\.jsonl(\.zst)?$/,
  gemini: /[\\/]chats[\\/].+\.jsonl?$/,
  qwen: /[\\/]chats[\\/].+\.jsonl$/,
  opencode: /[\\/]msg_[^\\/]+\.json$|^[\\/]opencode(-[^\\/]+)?\.db$/,
  kilo: /^[\\/]kilo\.db$/,
  goose: /^[\\/]sessions\.db$/,
  copilot: /\.jsonl$/,
  pi: /\.jsonl$/,
}

/** Lists logs. Folders that have not changed since the last listing are not read again. */
export function createListing(roots: readonly Root[]) {
  const folders = new Map<string, Folder>()

  function folder(root: Root, at: string): Folder | null {
    const stats = seen(() => statSync(at, { throwIfNoEntry: false }))
    const known = folders.get(at)
    if (stats && known?.changedMs === stats.mtimeMs && known.readMs - stats.mtimeMs > settledMs) return known
    const entries = stats?.isDirectory() ? seen(() => readdirSync(at, { withFileTypes: true })) : null
    if (!stats || !entries) {
      folders.delete(at)
      return null
    }
    const read: Folder = { changedMs: stats.mtimeMs, readMs: Date.now(), folders: [], logs: [] }
    for (const entry of entries) {
      // Not path.join, which for thousands of logs takes longer than to list them.
      const found = at + path.sep + entry.name
      if (entry.isDirectory() && !root.flat) read.folders.push(found)
      else if (entry.isFile() && isLog(root, found)) read.logs.push(found)
    }
    folders.set(at, read)
    return read
  }

  function visit(root: Root, at: string, see: (log: Listed) => void): void {
    const found = folder(root, at)
    if (!found) return
    for (const actual of found.logs) {
      const log = listed(root, actual)
      if (log) see(log)
    }
    for (const below of found.folders) visit(root, below, see)
  }

  return {
    /** In no order that counts. A packed log whose plain form is there as well is left out. */
    all(): Listed[] {
      const logs = new Map<string, Listed>()
      for (const root of roots)
        visit(root, root.path, (log) => {
          if (log.actual === log.path || !logs.has(log.path)) logs.set(log.path, log)
        })
      return [...logs.values()]
    },
    /** One log of which the system said that it changed; null if it is none, or gone. */
    one(file: string): Listed | null {
      const actual = file.replace(besides, '')
      const root = roots.find((root) => actual.startsWith(root.path + path.sep))
      return root && isLog(root, actual) ? listed(root, actual) : null
    },
    /** Folders of the last listing. */
    folders: () => [...folders.keys()],
  }
}

/** Why a log cannot be read, as far as that can be told before it is tried. */
export async function obstacleTo(file: string, agent: AgentId): Promise<string | null> {
  if (isDatabase(file)) return unreadable(file, agent)
  try {
    await (await open(file)).close()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

export function isDatabase(file: string): boolean {
  return file.endsWith('.db')
}

function withLatest({ size, mtimeMs, ctimeMs, ino }: Mark, database: string): Mark {
  const latest = statSync(`${database}-wal`, { throwIfNoEntry: false })
  return { ino, ctimeMs, size: size + (latest?.size ?? 0), mtimeMs: Math.max(mtimeMs, latest?.mtimeMs ?? 0) }
}

/** Null where there is nothing, or nothing for us to see: one folder of somebody else hides no other. */
function seen<T>(look: () => T | undefined): T | null {
  try {
    return look() ?? null
  } catch {
    return null
  }
}

export function isLog(root: Root, file: string): boolean {
  return logs[root.agent].test(file.slice(root.path.length))
}

function listed(root: Root, actual: string): Listed | null {
  // Links are not followed: what they lead to is listed where it is, or no log of this agent.
  const found = seen(() => lstatSync(actual, { throwIfNoEntry: false }))
  if (!found?.isFile()) return null
  const stats = isDatabase(actual) ? withLatest(found, actual) : found
  const plain = actual.endsWith(packed) ? actual.slice(0, -packed.length) : actual
  return { agent: root.agent, root: root.path, path: plain, actual, stats }
}
