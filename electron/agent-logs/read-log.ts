import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import type { ReadLog } from '../storage/agent-calls.ts'
import { readAgentDatabase } from '../storage/agent-databases.ts'
import { claudeFolder, openClaude } from './claude.ts'
import { openCodex } from './codex.ts'
import { openCopilot } from './copilot.ts'
import { openGemini } from './gemini.ts'
import { openGoose } from './goose.ts'
import { createJsonSearch } from './json-search.ts'
import { isDatabase, type Listed } from './listing.ts'
import { openKilo, openOpenCode } from './opencode.ts'
import { openPi } from './pi.ts'
import { createPieces } from './pieces.ts'
import { openQwen } from './qwen.ts'
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
/** A line or two: those of an agent may end alike, and be as long. */
const tailBytes = 1_024
const space = 32

/** A log that has something new, and how far it was read before. */
export interface DueLog {
  log: Listed
  before: ReadLog | undefined
}

export interface LogResult {
  log: Listed
  bytes: number
  /** Null when there may be more, or when it could not be read. */
  after: ReadLog | null
  /** Why it could not be read; null if it was. */
  reason: string | null
}

/** Reads what is new in logs, one after the other. */
export function createLogReading(see: (sighting: Sighting) => void) {
  let reader: LogReader | null = null
  const search = createJsonSearch()
  const pieces = createPieces(search, (bytes, at) => reader?.lines(bytes, at))

  async function readNew({ log, before }: DueLog, isGlance: boolean): Promise<Omit<LogResult, 'log' | 'reason'>> {
    const { size, mtimeMs: changedMs, ino: inode } = log.stats
    const file: LogFile = {
      path: log.path,
      folder: sorting.has(log.agent) ? claudeFolder(log.root, log.path) : '',
      changedMs: Math.floor(changedMs),
    }
    const open = (state: unknown) => {
      reader = readers[log.agent](file, state, see, search)
      return reader
    }
    const { offset, tail, bytes } = await wayTo(log)({ log, before, isGlance, pieces, open })
    if (offset === null) return { bytes, after: null }
    const state = JSON.stringify(reader?.state() ?? null)
    return { bytes, after: { path: log.path, size, changedMs, inode, offset, tail, state } }
  }

  /** A glance may leave something to the next look at everything. */
  return async function read(due: DueLog, isGlance: boolean): Promise<LogResult> {
    try {
      return { log: due.log, ...(await readNew(due, isGlance)), reason: null }
    } catch (error) {
      return { log: due.log, bytes: 0, after: null, reason: (error as Error).message }
    }
  }
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

/** Behind NUL bytes or a byte order mark as well: they are no torn object that this may be the inside of. */
const isObject = (text: string) => parsed(text.slice(Math.max(0, text.search(/\{\s*"/)))) !== null

/** From where the last scan ended, if the bytes before that are still the same; otherwise all of it. */
const readPlain: Way = ({ log, before, pieces, open }) => {
  const fd = openSync(log.actual, 'r')
  try {
    const isSame = before !== undefined && before.tail === tailBefore(fd, before.offset)
    const from = isSame ? before.offset : 0
    open(isSame ? JSON.parse(before.state) : null)
    pieces.start(from)
    let at = from
    // What is written meanwhile changes the log again.
    while (at < log.stats.size) {
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
  await pipeline(createReadStream(log.actual), zlib.createZstdDecompress(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.length;) {
        const bytes = chunk.copy(pieces.room(), 0, from)
        pieces.filled(bytes)
        from += bytes
      }
      at += chunk.length
      last = Buffer.concat([last, chunk]).subarray(-tailBytes)
    }
  })
  const offset = pieces.end(isObject)
  return { offset, tail: hashAt(last, 0, last.length), bytes: at }
}

/**
 * A log that is one JSON document is written anew as a whole, and read so. Nothing in JSON needs an end of line, and no
 * string can hold one: without them the document is a line.
 */
const readWhole: Way = ({ log, open }) => {
  const read = readFileSync(log.actual)
  // There may be a byte order mark before it.
  const bytes = read.subarray(Math.max(0, read.indexOf('{')))
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
