import type { AgentCalls, ReadLog, SeenCall } from '../storage/agent-calls.ts'
import type { Listed, Mark } from './listing.ts'
import { createLogReading, type DueLog, type LogResult } from './read-log.ts'
import { countedOf, including } from './same-call.ts'
import type { Sighting } from './sighting.ts'

/** Groups kept in memory before they are written; some hundred bytes each. */
const mostGroups = 200_000

export interface ScanReport {
  /** Logs that had something new. */
  logs: number
  bytes: number
  /** Logs that could not be read, with the reason; the others were. */
  failed: { path: string; reason: string }[]
  /** Nothing had been read before. */
  isFirst: boolean
  /** The time that changed calls belong to; null if none changed. */
  changed: { fromMs: number; toMs: number } | null
}

/** Of the logs that have something new. */
export interface Progress {
  doneBytes: number
  allBytes: number
}
/** Between two words on how far it has come. */
const progressBytes = 16_000_000

const none: readonly Sighting[] = []

export type Scanner = ReturnType<typeof createScanner>

/** Reads what is new in logs and settles which calls count. */
export function createScanner(store: AgentCalls, onProgress: (progress: Progress) => void = () => undefined) {
  const known = store.logs()
  /** Sightings of calls of which something new was seen, and what of them counted until now. */
  let changed = new Map<number, readonly Sighting[]>()
  let countedBefore = new Map<number, readonly Sighting[]>()
  let read: ReadLog[] = []
  /** Logs that could not be read, as they were then: there is no use in trying again before they change. */
  const failures = new Map<string, { log: Listed; reason: string }>()
  /**
   * Logs that were only glanced at, as they were then. The system tells of a database that is opened as of one that changed,
   * so that each glance would lead to the next.
   */
  const glances = new Map<string, Mark>()
  const readLog = createLogReading(see)

  function see(sighting: Sighting): void {
    const { call } = sighting
    const known = changed.get(call)
    const before = known ?? store.sightings(call)
    const sightings = including(before, sighting)
    if (sightings === before) return
    if (!known && before.length > 0) countedBefore.set(call, countedOf(before))
    changed.set(call, sightings)
  }

  /** Null when there is nothing new in it. */
  function dueOf(log: Listed, report: ScanReport, isGlance: boolean): DueLog | null {
    const { size, mtimeMs, ino } = log.stats
    const before = known.get(log.path)
    if (before && before.size === size && before.changedMs === mtimeMs && before.inode === ino) return null
    if (isGlance && isSame(glances.get(log.path), log.stats)) return null
    const failure = failures.get(log.path)
    if (!failure || !isSame(failure.log.stats, log.stats)) return { log, before }
    report.failed.push({ path: log.path, reason: failure.reason })
    return null
  }

  function take({ log, bytes, after, reason }: LogResult, report: ScanReport): void {
    if (reason !== null) {
      failures.set(log.path, { log, reason })
      report.failed.push({ path: log.path, reason })
      return
    }
    failures.delete(log.path)
    report.logs++
    report.bytes += bytes
    if (!after) return void glances.set(log.path, log.stats)
    known.set(log.path, after)
    read.push(after)
  }

  function save(report: ScanReport): void {
    const calls = function* (): Iterable<SeenCall> {
      for (const [call, sightings] of changed) {
        const before = countedBefore.get(call) ?? none
        const counted = countedOf(sightings)
        for (const one of counted) if (!before.includes(one)) widen(report, one.atMs)
        for (const one of before) if (!counted.includes(one)) widen(report, one.atMs)
        yield { call, sightings, counted, before }
      }
    }
    // Of logs that are read anew nothing is known to have changed, and some that are gone are in the ledger still.
    store.save(read, calls(), () => (report.isFirst ? null : report.changed))
    read = []
    changed = new Map()
    countedBefore = new Map()
  }

  return {
    /** A glance is for logs that just changed: it may leave something to the next look at everything. */
    async scan(logs: readonly Listed[], isGlance = false): Promise<ScanReport> {
      const report: ScanReport = { logs: 0, bytes: 0, failed: [], isFirst: known.size === 0, changed: null }
      const due = logs.map((log) => dueOf(log, report, isGlance)).filter((one) => one !== null)
      const allBytes = due.reduce((sum, { log }) => sum + log.stats.size, 0)
      let doneBytes = 0
      let toldBytes = -progressBytes
      for (const one of due) {
        if (doneBytes - toldBytes >= progressBytes) onProgress({ doneBytes: (toldBytes = doneBytes), allBytes })
        take(await readLog(one, isGlance), report)
        doneBytes += one.log.stats.size
        if (changed.size > mostGroups) save(report)
      }
      if (read.length > 0 || changed.size > 0) save(report)
      return report
    },
  }
}

function isSame(then: Mark | undefined, now: Mark): boolean {
  return then?.size === now.size && then.mtimeMs === now.mtimeMs && then.ctimeMs === now.ctimeMs
}

function widen(report: ScanReport, atMs: number): void {
  const { fromMs, toMs } = report.changed ?? { fromMs: atMs, toMs: atMs + 1 }
  report.changed = { fromMs: Math.min(fromMs, atMs), toMs: Math.max(toMs, atMs + 1) }
}
