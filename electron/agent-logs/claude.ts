import { type Counts, type LogFile, type OpenReader, type Sighting, tokensOf } from './sighting.ts'
import { countOf, createNames, hashOf, isJson, textOf, timeOf, type Json, type Names } from './values.ts'
import { parsed, wholeObjects } from './whole-objects.ts'

/** Stands in every line that tells of a call, and is rare elsewhere. */
const marker = Buffer.from('"input_tokens"')
const newline = 10
/** Around the answer itself, which is most of a line and nothing to us. */
const contentOpens = Buffer.from('"content":[')
const contentCloses = Buffer.from('],"stop_reason":')
/** The counts stand closer to the end of the content than this. */
const nearBytes = 400
const message = Buffer.from('"message":')
/** Snapshots of one answer stand close together. */
const remembered = 8

interface Snapshot {
  call: number
  inputs: string
  output: number
  firstMs: number
}

interface State {
  /** When the last call was first told of, which one that was. */
  lastMs: number | null
  lastCall: number
  recent: Snapshot[]
}

/** What a line tells of a call. */
interface Telling {
  /** Hashes of the ids; 0 for none. */
  message: number
  request: number
  session: string
  side: boolean
  /** Null for a time that cannot be read. */
  atMs: number | null
  model: string
  mode: string
  counts: Counts
  /** Calls of an advisor model, which the counts leave out. */
  advice: { model: string; mode: string; counts: Counts }[]
}

/**
 * Claude Code: `<project>/<session>.jsonl` and `<project>/<session>/subagents/agent-<id>.jsonl`, one object a line. The
 * format is nowhere documented; what is relied on is `message.usage`.
 */
export const openClaude: OpenReader = (file, state, see) => {
  let { lastMs, lastCall, recent } = (state as State | null) ?? { lastMs: null, lastCall: 0, recent: [] }

  const names = createNames()

  function sight(
    { message, request, session, side, atMs: told, model, mode, counts, advice }: Telling,
    at: number,
  ): void {
    const call = message || hashOf(`${file.path}#${at}`)
    const atMs = told ?? lastMs ?? file.changedMs
    if (call !== lastCall) lastMs = atMs
    lastCall = call
    const sighting: Sighting = {
      agent: 'claude',
      call,
      request: message === 0 ? 0 : request || firstSeen(call, counts, atMs),
      session,
      parent: '',
      side,
      atMs,
      model: model || null,
      mode,
      ...counts,
      path: file.path,
      at,
      project: file.folder,
    }
    if (hasCounted(counts)) see(sighting)
    for (const [part, { model, mode, counts }] of advice.entries())
      see({ ...sighting, ...counts, model: model || null, mode, call: hashOf(`${call}/${part + 1}`) })
  }

  /**
   * Gateways leave out the request id, write snapshots of a growing answer under times of their own, and may use a
   * message id for another answer later. Snapshots agree in all but the output. The time of the first is the identity.
   */
  function firstSeen(call: number, counts: Counts, atMs: number): number {
    const inputs = [counts.input, counts.cachedInput, counts.cacheWrite, counts.cacheWrite1h].join()
    const known = recent.find((one) => one.call === call && one.inputs === inputs)
    if (known && counts.output >= known.output && inputs !== '0,0,0,0') {
      known.output = counts.output
      return known.firstMs
    }
    recent = [{ call, inputs, output: counts.output, firstMs: atMs }, ...recent].slice(0, remembered)
    return atMs
  }

  function readUnusual(text: string, at: number): void {
    const line = parsed(text)
    const found = line ? [{ value: line, at: 0 }] : wholeObjects(text)
    for (const { value, at: inside } of found) {
      const telling = line || typeof value['timestamp'] === 'string' ? tellingOf(value, names) : null
      if (telling) sight(telling, at + inside)
    }
  }

  return {
    lines(bytes, at) {
      let hit = bytes.indexOf(marker)
      while (hit >= 0) {
        const start = bytes.lastIndexOf(newline, hit) + 1
        const end = bytes.indexOf(newline, hit)
        const usual = parsed(withoutContent(bytes, start, end, hit))
        const telling = usual && tellingOf(usual, names)
        if (telling) sight(telling, at + start)
        else readUnusual(bytes.toString('latin1', start, end), at + start)
        hit = bytes.indexOf(marker, end)
      }
    },
    state: (): State => ({ lastMs, lastCall, recent }),
  }
}

/** The line without the answer; empty if it is no usual one. `hit` is where the counts are. */
function withoutContent(bytes: Buffer, start: number, end: number, hit: number): string {
  const near = Math.max(start, hit - nearBytes)
  const close = near + bytes.subarray(near, hit).lastIndexOf(contentCloses)
  if (close < near) return ''
  // The text of the content is not made: it would be most of what is thrown away.
  const before = bytes.subarray(start, close)
  const open = before.indexOf(contentOpens) + contentOpens.length
  // A second message would be another object, glued to a torn one.
  if (open < contentOpens.length || before.indexOf(message, open) >= 0) return ''
  return before.toString('latin1', 0, open) + bytes.toString('latin1', close, end)
}

/** A progress line repeats an answer of a sub-agent, maybe before it was whole: a copy of a side chain. */
function tellingOf(line: Json, names: Names): Telling | null {
  const data = line['type'] === 'progress' && isJson(line['data']) ? line['data'] : null
  const teller = data ? data['message'] : line
  if (!isJson(teller) || !isJson(teller['message']) || teller['isApiErrorMessage'] === true) return null
  const { message } = teller
  const { usage } = message
  if (!isJson(usage) || message['model'] === '<synthetic>') return null
  return {
    message: hashOf(textOf(message['id'])),
    request: hashOf(textOf(teller['requestId'])),
    session: names.same(textOf(line['sessionId'])),
    side: data !== null || line['isSidechain'] === true,
    atMs: timeOf(teller['timestamp'] ?? line['timestamp']),
    model: names.same(textOf(message['model'])),
    mode: modeOf(usage, names),
    counts: countsOf(usage),
    advice: adviceIn(usage, names),
  }
}

function countsOf(usage: Json): Counts {
  const split = isJson(usage['cache_creation']) ? usage['cache_creation'] : {}
  const hour = countOf(split['ephemeral_1h_input_tokens'])
  const minutes = countOf(split['ephemeral_5m_input_tokens'])
  const tools = isJson(usage['server_tool_use']) ? usage['server_tool_use'] : {}
  return {
    input: countOf(usage['input_tokens']),
    cachedInput: countOf(usage['cache_read_input_tokens']),
    // The sum of cache writes and its parts are the same tokens. Where they differ, the larger is the careful choice.
    cacheWrite: Math.max(minutes, countOf(usage['cache_creation_input_tokens']) - hour),
    cacheWrite1h: hour,
    output: countOf(usage['output_tokens']),
    reasoning: 0,
    webSearches: countOf(tools['web_search_requests']),
  }
}

/** Calls of an advisor model are listed here only; the other entries repeat what stands above them. */
const none: Telling['advice'] = []

function adviceIn({ iterations }: Json, names: Names): Telling['advice'] {
  if (!Array.isArray(iterations)) return none
  return iterations
    .filter((one): one is Json => isJson(one) && one['type'] === 'advisor_message')
    .map((one) => ({ model: textOf(one['model']), mode: modeOf(one, names), counts: countsOf(one) }))
    .filter(({ counts }) => hasCounted(counts))
}

function modeOf(usage: Json, names: Names): string {
  return names.joined(textOf(usage['service_tier']), textOf(usage['speed']), textOf(usage['inference_geo']))
}

function hasCounted(counts: Counts): boolean {
  return tokensOf(counts) + counts.webSearches > 0
}

/** `<root>/projects/<folder>/...`: the first folder is the working folder, with every odd character as a dash. */
export function claudeFolder(root: string, path: string): LogFile['folder'] {
  return path.slice(root.length + 1).split(/[\\/]/, 1)[0] ?? ''
}

/** What Claude Code calls the folder of a working folder. */
export function claudeFolderOf(cwd: string): string {
  return cwd.replace(/[^a-zA-Z0-9]/g, '-')
}
