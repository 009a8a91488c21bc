import { claudeCounts, glanceAt, isRepeated, withoutContent, type Short, type Telling } from './claude-glance.ts'
import { type Counts, type LogFile, type OpenReader, type Sighting, tokensOf } from './sighting.ts'
import { countOf, createInterning, hashOf, isJson, textOf, timeOf, type Json } from './values.ts'
import { parsed, wholeObjects } from './whole-objects.ts'

/** Stands in every line that tells of a call, and is rare elsewhere. */
const marker = Buffer.from('"input_tokens"')
const newline = 10
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

/**
 * Claude Code: `<project>/<session>.jsonl` and `<project>/<session>/subagents/agent-<id>.jsonl`, one object a line. The
 * format is nowhere documented; what is relied on is `message.usage`.
 */
export const openClaude: OpenReader = (file, state, see) => {
  let { lastMs, lastCall, recent } = (state as State | null) ?? { lastMs: null, lastCall: 0, recent: [] }

  let before: Short | null = null
  const same = createInterning()

  function sight({ id, requestId, session, side, timestamp, model, mode, counts, advice }: Telling, at: number): void {
    const atMs = timeOf(timestamp) ?? lastMs ?? file.changedMs
    const call = hashOf(id || `${file.path}#${at}`)
    if (call !== lastCall) lastMs = atMs
    lastCall = call
    const sighting: Sighting = {
      agent: 'claude',
      call,
      request: id === '' ? 0 : requestId === '' ? firstSeen(call, counts, atMs) : hashOf(requestId),
      session: same(session),
      parent: '',
      side,
      atMs,
      model: same(model) || null,
      mode: same(mode),
      ...counts,
      path: file.path,
      at,
      project: file.folder,
    }
    if (hasCounted(counts)) see(sighting)
    for (const [part, { model, mode, counts }] of advice.entries())
      see({ ...sighting, ...counts, model, mode, call: hashOf(`${sighting.call}/${part + 1}`) })
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

  return {
    lines(bytes, at) {
      let hit = bytes.indexOf(marker)
      while (hit >= 0) {
        const start = bytes.lastIndexOf(newline, hit) + 1
        const end = bytes.indexOf(newline, hit)
        const short = withoutContent(bytes, start, end, hit)
        if (!short || !before || !isRepeated(before, short))
          readLine(bytes, start, end, short, (telling, inside) => sight(telling, at + start + inside))
        before = short
        hit = bytes.indexOf(marker, end)
      }
    },
    state: (): State => ({ lastMs, lastCall, recent }),
  }
}

type Take = (telling: Telling, at: number) => void

function readLine(bytes: Buffer, start: number, end: number, short: Short | null, take: Take): void {
  const seen = short && glanceAt(short)
  if (seen) return take(seen, 0)
  const text = bytes.toString('latin1', start, end)
  const line = parsed(text)
  const found = line ? [{ value: line, at: 0 }] : wholeObjects(text)
  for (const { value, at } of found) {
    const telling = line || typeof value['timestamp'] === 'string' ? tellingOf(value) : null
    if (telling) take(telling, at)
  }
}

/** A progress line repeats an answer of a sub-agent, maybe before it was whole: a copy of a side chain. */
function tellingOf(line: Json): Telling | null {
  const data = line['type'] === 'progress' && isJson(line['data']) ? line['data'] : null
  const teller = data ? data['message'] : line
  if (!isJson(teller) || !isJson(teller['message']) || teller['isApiErrorMessage'] === true) return null
  const { message } = teller
  const { usage } = message
  if (!isJson(usage) || message['model'] === '<synthetic>') return null
  return {
    id: textOf(message['id']),
    requestId: textOf(teller['requestId']),
    session: textOf(line['sessionId']),
    side: data !== null || line['isSidechain'] === true,
    timestamp: teller['timestamp'] ?? line['timestamp'],
    model: textOf(message['model']),
    mode: modeOf(usage),
    counts: countsOf(usage),
    advice: adviceIn(usage),
  }
}

function countsOf(usage: Json): Counts {
  const split = isJson(usage['cache_creation']) ? usage['cache_creation'] : {}
  const hour = countOf(split['ephemeral_1h_input_tokens'])
  const minutes = countOf(split['ephemeral_5m_input_tokens'])
  const tools = isJson(usage['server_tool_use']) ? usage['server_tool_use'] : {}
  return claudeCounts(
    countOf(usage['input_tokens']),
    countOf(usage['cache_read_input_tokens']),
    countOf(usage['cache_creation_input_tokens']),
    minutes,
    hour,
    countOf(usage['output_tokens']),
    countOf(tools['web_search_requests']),
  )
}

/** Calls of an advisor model are listed here only; the other entries repeat what stands above them. */
function adviceIn(usage: Json): Telling['advice'] {
  const iterations = Array.isArray(usage['iterations']) ? usage['iterations'] : []
  return iterations
    .filter((one): one is Json => isJson(one) && one['type'] === 'advisor_message')
    .map((one) => ({ model: textOf(one['model']) || null, mode: modeOf(one), counts: countsOf(one) }))
    .filter(({ counts }) => hasCounted(counts))
}

function modeOf(usage: Json): string {
  return [usage['service_tier'], usage['speed'], usage['inference_geo']].map(textOf).join('/')
}

function hasCounted(counts: Counts): boolean {
  return tokensOf(counts) + counts.webSearches > 0
}

/** `<root>/projects/<folder>/...`: the first folder is the working folder, with every odd character as a dash. */
export function claudeFolder(root: string, path: string): LogFile['folder'] {
  return path.slice(root.length + 1).split(/[\\/]/, 1)[0] ?? ''
}
