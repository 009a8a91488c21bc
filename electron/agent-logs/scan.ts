import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs'
import zlib from 'node:zlib'
import type { AgentCalls, ReadLog, SeenCall } from '../storage/agent-calls.ts'
import { readAgentDatabase } from '../storage/agent-databases.ts'
import { claudeFolder, openClaude } from './claude.ts'
import { openCodex } from './codex.ts'
import { openCopilot } from './copilot.ts'
import { openGemini } from './gemini.ts'
import { openGoose } from './goose.ts'
import { isDatabase, type Listed } from './listing.ts'
import { openKilo, openOpenCode } from './opencode.ts'
import { openPi } from './pi.ts'
import { createPieces } from './pieces.ts'
import { openQwen } from './qwen.ts'
import { countedOf, including } from './same-call.ts'
import type { AgentId, LogFile, LogReader, OpenReader, Sighting } from './sighting.ts'
import { hashAt } from './values.ts'
import { parsed } from './whole-objects.ts'

const readers: Record<AgentId, OpenReader> = {
  claude: openClaude,
  codex: openCodex,
  gemini: openGemini,
  qwen: openQwen,
  opencode: openOpenCode,
  kilo: openKilo,
  goose: openGoose,
  copilot: openCopilot,
  pi: openPi,
}
/** Agents that name the project by the folder of a log, if at all. */
const sorting: ReadonlySet<AgentId> = new Set<AgentId>(['claude', 'gemini', 'pi'])
const tailBytes = 64
const space = 32
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

/** Of the logs that one scan looks at. */
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
  let reader: LogReader | null = null
  const pieces = createPieces((bytes, at) => reader?.lines(bytes, at))

  function see(sighting: Sighting): void {
    const { call } = sighting
    const known = changed.get(call) ?? store.sightings(call)
    const sightings = including(known, sighting)
    if (sightings === known) return
    if (known.length > 0 && !changed.has(call)) countedBefore.set(call, countedOf(known))
    changed.set(call, sightings)
  }

  async function readLog(log: Listed, isGlance: boolean, report: ScanReport): Promise<void> {
    const { size, mtimeMs: changedMs, ino: inode } = log.stats
    const before = known.get(log.path)
    if (before && before.size === size && before.changedMs === changedMs && before.inode === inode) return
    const failure = failures.get(log.path)
    if (failure?.log.stats.size === size && failure.log.stats.mtimeMs === changedMs) throw new Error(failure.reason)
    const file: LogFile = {
      path: log.path,
      folder: sorting.has(log.agent) ? claudeFolder(log.root, log.path) : '',
      changedMs: Math.floor(changedMs),
    }
    const open = (state: unknown) => {
      reader = readers[log.agent](file, state, see)
      return reader
    }
    const { offset, tail, bytes } = await wayTo(log)({ log, before, isGlance, pieces, open })
    failures.delete(log.path)
    report.logs++
    report.bytes += bytes
    if (offset === null) return
    const state = JSON.stringify(reader?.state() ?? null)
    const after: ReadLog = { path: log.path, size, changedMs, inode, offset, tail, state }
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
    store.save(read, calls())
    read = []
    changed = new Map()
    countedBefore = new Map()
  }

  return {
    /** A glance is for logs that just changed: it may leave something to the next look at everything. */
    async scan(logs: readonly Listed[], isGlance = false): Promise<ScanReport> {
      const report: ScanReport = { logs: 0, bytes: 0, failed: [], isFirst: known.size === 0, changed: null }
      const allBytes = logs.reduce((sum, { stats }) => sum + stats.size, 0)
      let doneBytes = 0
      let toldBytes = -progressBytes
      for (const log of logs) {
        if (doneBytes - toldBytes >= progressBytes) onProgress({ doneBytes: (toldBytes = doneBytes), allBytes })
        doneBytes += log.stats.size
        try {
          await readLog(log, isGlance, report)
        } catch (error) {
          const reason = (error as Error).message
          failures.set(log.path, { log, reason })
          report.failed.push({ path: log.path, reason })
        }
        if (changed.size > mostGroups) save(report)
      }
      if (read.length > 0 || changed.size > 0) save(report)
      return report
    },
  }
}

function widen(report: ScanReport, atMs: number): void {
  const { fromMs, toMs } = report.changed ?? { fromMs: atMs, toMs: atMs + 1 }
  report.changed = { fromMs: Math.min(fromMs, atMs), toMs: Math.max(toMs, atMs + 1) }
}

interface Reading {
  log: Listed
  before: ReadLog | undefined
  isGlance: boolean
  pieces: ReturnType<typeof createPieces>
  open: (state: unknown) => LogReader
}

/** The offset is null when there may be more. */
type Way = (reading: Reading) => Promise<{ offset: number | null; tail: number; bytes: number }>

function wayTo({ actual, path }: Listed): Way {
  if (isDatabase(path)) return readRows
  if (actual !== path) return readPacked
  return path.endsWith('.json') ? readWhole : readPlain
}

const isObject = (text: string) => parsed(text) !== null

/** From where the last scan ended, if the bytes before that are still the same; otherwise all of it. */
const readPlain: Way = ({ log, before, pieces, open }) => {
  const fd = openSync(log.actual, 'r')
  try {
    const isSame = before !== undefined && before.tail === tailBefore(fd, before.offset)
    const from = isSame ? before.offset : 0
    open(isSame ? JSON.parse(before.state) : null)
    pieces.start(from)
    let at = from
    for (;;) {
      const bytes = readSync(fd, pieces.room(), { position: at })
      if (bytes === 0) break
      at += bytes
      pieces.filled(bytes)
    }
    const offset = pieces.end(isObject)
    return Promise.resolve({ offset, tail: tailBefore(fd, offset), bytes: at - from })
  } finally {
    closeSync(fd)
  }
}

/** A packed log can only be read from its beginning, and is packed once it grows no more. */
const readPacked: Way = async ({ log, pieces, open }) => {
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- not every Node has it
  if (zlib.createZstdDecompress === undefined) throw new Error('this log is packed, and only Node 22.15 can unpack it')
  open(null)
  pieces.start(0)
  let at = 0
  let last = Buffer.alloc(0)
  for await (const chunk of createReadStream(log.actual).pipe(zlib.createZstdDecompress()) as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length;) {
      const bytes = chunk.copy(pieces.room(), 0, from)
      pieces.filled(bytes)
      from += bytes
    }
    at += chunk.length
    last = Buffer.concat([last, chunk]).subarray(-tailBytes)
  }
  const offset = pieces.end(isObject)
  return { offset, tail: hashAt(last, 0, last.length), bytes: at }
}

/**
 * A log that is one JSON document is written anew as a whole, and read so. Nothing in JSON needs an end of line, and no
 * string can hold one: without them the document is a line.
 */
const readWhole: Way = ({ log, open }) => {
  const bytes = readFileSync(log.actual)
  const end = Buffer.from('\n')
  if (!isObject(bytes.toString('latin1'))) throw new Error('this log is torn; it is read again when it changes')
  for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, at)) bytes[at] = space
  open(null).lines(Buffer.concat([bytes, end]), 0)
  return Promise.resolve({ offset: 0, tail: 0, bytes: bytes.length })
}

/** The rows written since the last scan, if it is still the same database; how far that came stands for the offset. */
const readRows: Way = ({ log, before, isGlance, open }) => {
  const { actual: file, agent } = log
  const known = before?.inode === log.stats.ino ? before : null
  const reader = open(known && JSON.parse(known.state))
  let bytes = 0
  const read = { file, agent, from: known?.offset ?? 0, isGlance: isGlance && known !== null }
  const offset = readAgentDatabase(read, (lines, at) => {
    const text = Buffer.from(lines.map((line) => `${line.replaceAll('\n', ' ')}\n`).join(''))
    bytes += text.length
    reader.lines(text, at)
  })
  return Promise.resolve({ offset, tail: 0, bytes })
}

/** A hash: the bytes themselves may be a conversation. */
function tailBefore(fd: number, offset: number): number {
  const bytes = Buffer.alloc(Math.min(tailBytes, offset))
  const got = readSync(fd, bytes, 0, bytes.length, offset - bytes.length)
  return hashAt(bytes, 0, got)
}
