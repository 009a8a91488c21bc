import path from 'node:path'
import type { LogFile, OpenReader } from './sighting.ts'
import { countOf, createNames, hashOf, isJson, textOf, timeOf, type Json } from './values.ts'
import { parsed, wholeObjects } from './whole-objects.ts'

const newline = 10
/** How every line begins; one further on stands behind a torn write. */
const opening = Buffer.from('{"timestamp":')
/** What most lines are, and tell nothing of. */
const answering = Buffer.from(',"type":"response_item",')
/** Where the type of a usual line begins, behind a time with milliseconds. */
const typeAt = '{"timestamp":"2026-09-01T10:00:00.000Z"'.length
const telling = /"type":"(?:token_count|turn_context|session_meta|thread_settings_applied)"/
const counting = /^\{"timestamp":"([^"\\]*)","type":"event_msg","payload":\{"type":"token_count","info":/
/** Long enough for the time, the type and the type of an event. */
const headLength = 128
/** A fork's log begins with its parent's history, written within a moment of the fork; no answer comes that fast. */
const momentMs = 1_000

/** As Codex counts: input with what was cached and written, output with the reasoning. */
type Usage = [input: number, cached: number, written: number, output: number, reasoning: number]

interface State {
  session: string
  parent: string
  project: string
  model: string
  tier: string
  lastMs: number | null
  /** The totals that the next call may be counted on, the larger first: after a fall, the one before it too. */
  totals: Usage[]
  /** When the last piece of the parent's history was written; null once it is over. */
  replayMs: number | null
}

/** Codex CLI: `rollout-<local time>-<session>.jsonl`, lines of `{timestamp, type, payload}`, totals that only grow. */
export const openCodex: OpenReader = (file, saved, see) => {
  const state: State = (saved as State | null) ?? fresh()

  /** The counts of the event before: a third of all events repeat them. */
  let before: string | null = null
  const names = createNames()

  function take(line: Json, at: number): void {
    const payload = line['payload']
    if (!isJson(payload)) return
    const atMs = timeOf(line['timestamp'])
    if (line['type'] === 'session_meta') return begin(payload, atMs)
    if (line['type'] === 'turn_context') {
      state.model = textOf(payload['model']) || state.model
      state.project ||= textOf(payload['cwd'])
    } else if (payload['type'] === 'thread_settings_applied' && isJson(payload['thread_settings'])) {
      state.tier = textOf(payload['thread_settings']['service_tier'])
    } else if (payload['type'] === 'token_count' && isJson(payload['info'])) count(payload['info'], atMs, at)
  }

  /** The first one is the log's own; further ones belong to the history that follows. */
  function begin(meta: Json, atMs: number | null): void {
    if (state.session) return
    state.session = textOf(meta['id']) || sessionIn(file)
    state.parent = textOf(meta['forked_from_id']) || spawnedBy(meta['source'])
    state.project = textOf(meta['cwd'])
    if (state.parent === state.session) state.parent = ''
    state.replayMs = state.parent === '' ? null : atMs
  }

  function count(info: Json, time: number | null, at: number): void {
    const total = usageIn(info['total_token_usage'])
    const atMs = time ?? state.lastMs ?? startIn(file) ?? file.changedMs
    const isReplay = isReplayed(atMs)
    const last = usageIn(info['last_token_usage'])
    const model = textOf(info['model']) || state.model
    if (!total) {
      if (last) tell(`at ${atMs}`, last, model, atMs, at)
      return
    }
    if (state.totals.some((known) => isSame(known, total))) return
    state.lastMs = atMs
    const { calls, totals } = callsBetween(state.totals, total, last)
    state.totals = totals
    if (isReplay) return
    for (const { usage, upTo } of calls) tell(upTo.join(), usage, model, atMs, at)
  }

  function isReplayed(atMs: number): boolean {
    if (state.replayMs === null) return false
    const isReplay = Math.abs(atMs - state.replayMs) <= momentMs
    state.replayMs = isReplay ? atMs : null
    return isReplay
  }

  function tell(upTo: string, usage: Usage, model: string, atMs: number, at: number): void {
    const [input, cached, written, output, reasoning] = usage
    see({
      agent: 'codex',
      call: hashOf(`codex ${upTo}|${usage.join()}`),
      request: 0,
      session: state.session || sessionIn(file),
      parent: state.parent,
      side: false,
      atMs,
      model: model || null,
      mode: names.joined(state.tier, '', ''),
      input: Math.max(0, input - cached - written),
      cachedInput: cached,
      cacheWrite: written,
      cacheWrite1h: 0,
      output,
      reasoning,
      webSearches: 0,
      path: file.path,
      at,
      project: state.project,
    })
  }

  return {
    lines(bytes, at) {
      let second = -1
      for (let start = 0; start < bytes.length;) {
        const end = bytes.indexOf(newline, start)
        if (second <= start) second = bytes.indexOf(opening, start + 1)
        const isGlued = second >= 0 && second < end
        if (isGlued || mayTell(bytes, start, end)) {
          const text = bytes.toString('latin1', start, end)
          const info = isGlued ? null : infoIn(text)
          if (info === null || info !== before || state.replayMs !== null)
            readLine(text, info, (line, inside) => take(line, at + start + inside))
          before = info ?? before
        }
        start = end + 1
        if (second < 0) second = bytes.length
      }
    },
    state: () => state,
  }
}

function mayTell(bytes: Buffer, start: number, end: number): boolean {
  if (standsAt(bytes, start, opening) && standsAt(bytes, start + typeAt, answering)) return false
  const head = bytes.toString('latin1', start, Math.min(end, start + headLength))
  return telling.test(head) || !head.startsWith('{"timestamp":')
}

function standsAt(bytes: Buffer, at: number, what: Buffer): boolean {
  for (let index = 0; index < what.length; index++) if (bytes[at + index] !== what[index]) return false
  return true
}

function fresh(): State {
  return { session: '', parent: '', project: '', model: '', tier: '', lastMs: null, totals: [], replayMs: null }
}

/** The counts of a usual event, without the rate limits that follow them; null for any other line. */
function infoIn(text: string): string | null {
  const from = text.indexOf('"info":{')
  const to = text.indexOf('},"rate_limits"', from)
  return from < 0 || to < 0 || !counting.test(text) ? null : text.slice(from, to + 1)
}

function readLine(text: string, info: string | null, take: (line: Json, at: number) => void): void {
  const counts = info === null ? null : parsed(`{"type":"token_count",${info}}`)
  const timestamp = counting.exec(text)?.[1]
  if (counts) return take({ timestamp, payload: counts }, 0)
  const line = parsed(text)
  if (line) return take(line, 0)
  for (const { value, at } of wholeObjects(text)) take(value, at)
}

interface Step {
  calls: { usage: Usage; upTo: Usage }[]
  totals: Usage[]
}

/**
 * What was used between the totals known so far and the next. A total that does not build on one of them by `last` tells
 * of calls whose lines were lost. One that fell is late, or begins a new series: the next will build on it or not.
 */
export function callsBetween(known: readonly Usage[], total: Usage, last: Usage | null): Step {
  const [latest] = known
  if (!latest) return { calls: [{ usage: last ?? total, upTo: total }], totals: [total] }
  const base = last && known.find((one) => isSame(plus(one, last), total))
  if (base) return { calls: [{ usage: last, upTo: total }], totals: [total] }
  const below = known.find((one) => isWithin(one, total))
  if (!below || (last && isSame(last, total))) {
    const totals = isWithin(total, latest) ? [latest, total] : [total, latest]
    return { calls: [{ usage: last ?? total, upTo: total }], totals }
  }
  if (!last) return { calls: [{ usage: minus(total, below), upTo: total }], totals: [total] }
  const before = minus(total, last)
  const calls = [{ usage: last, upTo: total }]
  if (isWithin(below, before)) calls.unshift({ usage: minus(before, below), upTo: before })
  return { calls, totals: [total] }
}

function usageIn(value: unknown): Usage | null {
  if (!isJson(value)) return null
  const names = ['input_tokens', 'cached_input_tokens', 'cache_write_input_tokens', 'output_tokens']
  const [input = 0, cached = 0, written = 0, output = 0] = names.map((name) => countOf(value[name]))
  return [input, cached, written, output, countOf(value['reasoning_output_tokens'])]
}

function isSame(a: Usage, b: Usage): boolean {
  return a.every((count, index) => count === b[index])
}

function isWithin(a: Usage, b: Usage): boolean {
  return a.every((count, index) => count <= (b[index] ?? 0))
}

function plus(a: Usage, b: Usage): Usage {
  return a.map((count, index) => count + (b[index] ?? 0)) as Usage
}

function minus(a: Usage, b: Usage): Usage {
  return a.map((count, index) => count - (b[index] ?? 0)) as Usage
}

function spawnedBy(source: unknown): string {
  const subagent = isJson(source) ? source['subagent'] : null
  const spawn = isJson(subagent) ? subagent['thread_spawn'] : null
  return isJson(spawn) ? textOf(spawn['parent_thread_id']) : ''
}

const name = /^rollout-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(.+)\.jsonl$/

function sessionIn({ path: file }: LogFile): string {
  return name.exec(path.basename(file))?.[5] ?? file
}

/** In the local time of whoever ran it, so about a day at worst. */
function startIn({ path: file }: LogFile): number | null {
  const match = name.exec(path.basename(file))
  return match && timeOf(`${match[1]}T${match[2]}:${match[3]}:${match[4]}.000Z`)
}
