import type { Counts, Sighting } from './sighting.ts'

/** What a line of Claude Code tells of a call. */
export interface Telling {
  id: string
  requestId: string
  session: string
  side: boolean
  timestamp: unknown
  model: string
  mode: string
  counts: Counts
  /** Calls of an advisor model, which the counts leave out. */
  advice: (Pick<Sighting, 'model' | 'mode'> & { counts: Counts })[]
}

/** A line without the answer itself, which is most of it: up to the bracket that opens the content, and on from its end. */
export interface Short {
  head: string
  tail: string
}

const contentOpens = '"content":['
const contentCloses = '],"stop_reason":'
const message = Buffer.from('"message":')
/** What stands before the content, and between it and the counts, is shorter. */
const nearBytes = 1_000

/** `hit` is where the counts are. Null if a second message stands in between: an object glued to a torn one. */
export function withoutContent(bytes: Buffer, start: number, end: number, hit: number): Short | null {
  const before = bytes.toString('latin1', start, Math.min(start + nearBytes, hit))
  const open = before.indexOf(contentOpens) + contentOpens.length
  if (open < contentOpens.length) return null
  const closeFrom = Math.max(start + open, hit - nearBytes)
  const after = bytes.toString('latin1', closeFrom, end)
  const close = after.lastIndexOf(contentCloses, hit - closeFrom)
  if (close < 0 || bytes.subarray(start + open, closeFrom + close).includes(message)) return null
  return { head: before.slice(0, open), tail: after.slice(close) }
}

/**
 * Whether a line tells what the one before told, as half of all do: the parts of one answer differ in their own ids and
 * time. Without a request id it is the time that tells answers apart.
 */
export function isRepeated(before: Short, { head, tail }: Short): boolean {
  const from = head.indexOf('"isSidechain"')
  const to = tail.lastIndexOf(',"uuid":')
  if (from < 0 || to < 0 || !head.includes('"id":"', from) || tail.lastIndexOf('"requestId":"', to) < 0) return false
  return before.head.endsWith(head.slice(from)) && before.tail.startsWith(tail.slice(0, to))
}

/**
 * Reads a usual line at the places that count, in a third of the time of JSON.parse. Keys are found by their quotes, which
 * are escaped inside a string. Null for everything unusual: then the line is parsed.
 */
export function glanceAt({ head, tail }: Short): Telling | null {
  const at = head.indexOf('"message":{')
  const timed = tail.indexOf('"timestamp":"')
  const main = head.lastIndexOf('"isSidechain":false', at) >= 0
  if (at < 0 || timed < 0 || !closesLine(tail)) return null
  if (!main && head.lastIndexOf('"isSidechain":true', at) < 0) return null
  if (!head.startsWith('{"') || head.indexOf('{"', 1) !== at + 10 || head.lastIndexOf('{"') !== at + 10) return null
  if (tail.includes('"iterations":[{') || tail.includes('"isApiErrorMessage"')) return null

  let isUsual = true
  const text = (where: string, key: string, from: number): string => {
    const start = where.indexOf(key, from) + key.length
    if (start < key.length) return ''
    const value = where.slice(start, where.indexOf('"', start))
    if (!plain.test(value)) isUsual = false
    return value
  }
  const count = (key: string): number => {
    let next = tail.indexOf(key) + key.length
    if (next < key.length) return 0
    let value = 0
    let code = tail.charCodeAt(next)
    if (code < 48 || code > 57) isUsual = false
    for (; code >= 48 && code <= 57; code = tail.charCodeAt(++next)) value = value * 10 + code - 48
    if ((code !== 44 && code !== 125) || value > 1e9) isUsual = false
    return value
  }
  const telling: Telling = {
    id: text(head, '"id":"', at),
    requestId: text(tail, '"requestId":"', 0),
    session: text(head, '"sessionId":"', 0),
    side: !main,
    timestamp: text(tail, '"timestamp":"', timed),
    model: text(head, '"model":"', at),
    mode: `${text(tail, '"service_tier":"', 0)}/${text(tail, '"speed":"', 0)}/${text(tail, '"inference_geo":"', 0)}`,
    counts: claudeCounts(
      count('"input_tokens":'),
      count('"cache_read_input_tokens":'),
      count('"cache_creation_input_tokens":'),
      count('"ephemeral_5m_input_tokens":'),
      count('"ephemeral_1h_input_tokens":'),
      count('"output_tokens":'),
      count('"web_search_requests":'),
    ),
    advice: [],
  }
  return isUsual && telling.id !== '' && telling.model !== '<synthetic>' ? telling : null
}

/** Whether a tail closes the message and the line, and ends with that: nothing is glued to it, and nothing torn off. */
function closesLine(tail: string): boolean {
  let open = 2
  let at = 0
  for (; at < tail.length && open > 0; at++) {
    const code = tail.charCodeAt(at)
    if (code === 123) open++
    else if (code === 125) open--
  }
  return open === 0 && tail.slice(at).trim() === ''
}

/** Nothing escaped, nothing but ASCII, not empty. */
const plain = /^[ !#-[\]-~]+$/

/** The sum of cache writes and its parts are the same tokens. Where they differ, the larger is the careful choice. */
export function claudeCounts(
  input: number,
  cachedInput: number,
  written: number,
  written5m: number,
  written1h: number,
  output: number,
  webSearches: number,
): Counts {
  const cacheWrite = Math.max(written5m, written - written1h)
  return { input, cachedInput, cacheWrite, cacheWrite1h: written1h, output, reasoning: 0, webSearches }
}
