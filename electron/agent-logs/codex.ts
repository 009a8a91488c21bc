import path from 'node:path'
import type { Slots } from './json-search.ts'
import type { LogFile, OpenReader } from './sighting.ts'
import { createModes, hashOf, timeOf } from './values.ts'

/** How every line begins; one further on stands behind a torn write. */
const opening = '{"timestamp":'
/** What stands behind the time, which is in milliseconds, of most lines. They tell of nothing. */
const typeAt = '{"timestamp":"2026-09-01T10:00:00.000Z"'.length
const answering = ',"type":"response_item",'
const telling = /"type":\s*"(?:token_count|turn_context|session_meta|thread_settings_applied)"/
/** Behind the counts of an event. */
const limits = '},"rate_limits"'
/** Long enough for the time, the type and the type of an event. */
const headLength = 128

const usageFields = {
  input_tokens: 'value',
  cached_input_tokens: 'value',
  cache_write_input_tokens: 'value',
  output_tokens: 'value',
  reasoning_output_tokens: 'value',
} as const
const lineFields = {
  timestamp: 'value',
  type: 'value',
  payload: {
    type: 'value',
    id: 'value',
    cwd: 'value',
    model: 'value',
    forked_from_id: 'value',
    source: { subagent: { thread_spawn: { parent_thread_id: 'value' } } },
    thread_settings: { service_tier: 'value' },
    info: { model: 'value', total_token_usage: usageFields, last_token_usage: usageFields },
  },
} as const

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
  /** Counts of the event before that came without a total: many events are written again. */
  before: string
}

/** Codex CLI: `rollout-<local time>-<session>.jsonl`, lines of `{timestamp, type, payload}`, totals that only grow. */
export const openCodex: OpenReader = (file, saved, see, search) => {
  const state: State = { ...fresh(), ...(saved as Partial<State> | null) }

  const sameMode = createModes()
  const line = search.table(lineFields)
  const { payload } = line.slots
  const opens = search.marker(opening, [0, 4])

  function take(at: number): void {
    const atMs = search.time(line.slots.timestamp)
    const type = search.name(line.slots.type)
    if (type === 'session_meta') return begin(atMs)
    if (type === 'turn_context') {
      state.model = search.name(payload.model) || state.model
      state.project ||= search.text(payload.cwd)
      return
    }
    const event = search.name(payload.type)
    if (event === 'thread_settings_applied' && search.isObject(payload.thread_settings.self))
      state.tier = search.text(payload.thread_settings.service_tier)
    else if (event === 'token_count' && search.isObject(payload.info.self)) count(atMs, at)
  }

  /** The first one is the log's own; further ones belong to the history that follows. */
  function begin(atMs: number | null): void {
    if (state.session) return
    state.session = search.text(payload.id) || sessionIn(file)
    state.parent =
      search.text(payload.forked_from_id) || search.text(payload.source.subagent.thread_spawn.parent_thread_id)
    state.project = search.text(payload.cwd)
    if (state.parent === state.session) state.parent = ''
    state.replayMs = state.parent === '' ? null : atMs
  }

  function count(time: number | null, at: number): void {
    const total = usageIn(payload.info.total_token_usage)
    const atMs = time ?? state.lastMs ?? startIn(file) ?? file.changedMs
    const isReplay = isReplayed(atMs)
    const last = usageIn(payload.info.last_token_usage)
    const model = search.name(payload.info.model) || state.model
    if (!total) {
      const counts = last ? joined(last) : ''
      if (last && !isReplay && counts !== state.before) tell(`at ${atMs}`, last, model, atMs, at)
      state.before = counts
      return
    }
    state.before = ''
    if (state.totals.some((known) => isSame(known, total))) return
    state.lastMs = atMs
    const { calls, totals } = callsBetween(state.totals, total, last)
    state.totals = totals
    if (isReplay) return
    for (const { usage, upTo } of calls) tell(joined(upTo), usage, model, atMs, at)
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
      call: hashOf(`codex ${upTo}|${joined(usage)}`),
      request: 0,
      session: state.session || sessionIn(file),
      parent: state.parent,
      side: false,
      atMs,
      model: model || null,
      mode: sameMode(state.tier, '', ''),
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

  /** Takes the objects of a line that begins at byte `at` of the file. False if it is none, and has none in it. */
  function takeAll(start: number, end: number, at: number): boolean {
    let isWhole = false
    search.eachObject(start, end, line, (object) => {
      const hasPayload = search.isObject(payload.self)
      if (hasPayload) take(at + object - start)
      // Others may be parts of an object that was torn.
      isWhole ||= hasPayload || object === start
    })
    return isWhole
  }

  function usageIn(usage: Slots<typeof usageFields>): Usage | null {
    if (!search.isObject(usage.self)) return null
    return [
      search.count(usage.input_tokens),
      search.count(usage.cached_input_tokens),
      search.count(usage.cache_write_input_tokens),
      search.count(usage.output_tokens),
      search.count(usage.reasoning_output_tokens),
    ]
  }

  return {
    lines(bytes, at) {
      const from = bytes.byteOffset
      const to = from + bytes.length
      for (let start = from; start < to;) {
        const end = search.endOfLine(start)
        const text = bytes.subarray(start - from, end - from)
        const isGlued = search.find(start + 1, end, opens) > 0
        if ((isGlued || mayTell(text)) && !takeAll(start, end, at + start - from) && cutLimits(text))
          takeAll(start, end, at + start - from)
        start = end + 1
      }
    },
    state: () => state,
  }
}

function mayTell(line: Buffer): boolean {
  const head = line.toString('latin1', 0, Math.min(line.length, headLength))
  if (!head.startsWith(opening)) return true
  return !head.startsWith(answering, typeAt) && telling.test(head)
}

/** Ends an event behind its counts that is torn or broken there. False for any other line. */
function cutLimits(line: Buffer): boolean {
  const end = line.indexOf(limits) + 1
  if (end > 0) line.fill(' ', end).write('}}', end)
  return end > 0
}

function fresh(): State {
  return {
    session: '',
    parent: '',
    project: '',
    model: '',
    tier: '',
    lastMs: null,
    totals: [],
    replayMs: null,
    before: '',
  }
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

/** Not by `join`, which takes five times as long. */
function joined([input, cached, written, output, reasoning]: Usage): string {
  return `${input},${cached},${written},${output},${reasoning}`
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

const name = /^rollout-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(.+)\.jsonl$/

function sessionIn({ path: file }: LogFile): string {
  return name.exec(path.basename(file))?.[5] ?? file
}

/** In the local time of whoever ran it, so about a day at worst. */
function startIn({ path: file }: LogFile): number | null {
  const match = name.exec(path.basename(file))
  return match && timeOf(`${match[1]}T${match[2]}:${match[3]}:${match[4]}.000Z`)
}
