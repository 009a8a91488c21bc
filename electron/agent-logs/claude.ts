import type { Slots } from './json-search.ts'
import { type Counts, type LogFile, type OpenReader, type Sighting, tokensOf } from './sighting.ts'
import { createModes, hashOf } from './values.ts'

/** Stands in every line that tells of a call, and is rare elsewhere. Few texts have an underscore and a k so close. */
const marker = '"input_tokens"'
const rare = [6, 9] as const

/** Around the answer itself. The counts stand closer to its end than this. */
const answerOpens = '"content":['
const answerCloses = '],"stop_reason":'
const nearBytes = 400
const message = '"message":'

const usageFields = {
  input_tokens: 'value',
  cache_creation_input_tokens: 'value',
  cache_read_input_tokens: 'value',
  cache_creation: { ephemeral_5m_input_tokens: 'value', ephemeral_1h_input_tokens: 'value' },
  output_tokens: 'value',
  server_tool_use: { web_search_requests: 'value' },
  service_tier: 'value',
  speed: 'value',
  inference_geo: 'value',
  iterations: 'value',
} as const
const answerFields = {
  timestamp: 'value',
  requestId: 'value',
  isApiErrorMessage: 'value',
  message: { id: 'value', model: 'value', usage: usageFields },
} as const
/** A progress line repeats an answer of a sub-agent, maybe before it was whole: a copy of a side chain. */
const lineFields = {
  ...answerFields,
  type: 'value',
  sessionId: 'value',
  isSidechain: 'value',
  data: { message: answerFields },
} as const
const iterationFields = { type: 'value', model: 'value', ...usageFields } as const

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

type Usage = Slots<typeof usageFields>

interface Advice {
  model: string
  mode: string
  counts: Counts
}
const none: readonly Advice[] = []

/**
 * Claude Code: `<project>/<session>.jsonl` and `<project>/<session>/subagents/agent-<id>.jsonl`, one object a line. The
 * format is nowhere documented; what is relied on is `message.usage`.
 */
export const openClaude: OpenReader = (file, state, see, search) => {
  let { lastMs, lastCall, recent } = (state as State | null) ?? { lastMs: null, lastCall: 0, recent: [] }

  const sameMode = createModes()
  const marked = search.marker(marker, rare)
  const line = search.table(lineFields)
  const iteration = search.table(iterationFields)

  /** Of the call that was seen last. */
  let latest = { call: 0, request: 0, session: '', side: false, tokens: 0 }

  /** Sees the call that an object in a line tells of. False if it tells of none. */
  function take(at: number): boolean {
    const { type, sessionId, isSidechain, data } = line.slots
    const isProgress = search.isObject(data.self) && search.text(type) === 'progress'
    const { message, requestId, timestamp, isApiErrorMessage } = isProgress ? data.message : line.slots
    const { usage } = message
    const model = search.name(message.model)
    if (!search.isObject(usage.self) || search.isTrue(isApiErrorMessage) || model === '<synthetic>') return false
    const id = search.hash(message.id)
    const request = search.hash(requestId)
    const session = search.name(sessionId)
    const side = isProgress || search.isTrue(isSidechain)
    const counts = countsOf(usage)
    const advice = adviceIn(usage)
    const tokens = tokensOf(counts)
    const isSame =
      latest.call === id && latest.request === request && latest.session === session && latest.side === side
    // Half of all lines are further parts of an answer, most of them with the same counts.
    if (isSame && id > 0 && request > 0 && tokens <= latest.tokens && advice === none) return true

    const call = id || hashOf(`${file.path}#${at}`)
    const atMs = search.time(timestamp) ?? search.time(line.slots.timestamp) ?? lastMs ?? file.changedMs
    if (call !== lastCall) lastMs = atMs
    lastCall = call
    const sighting: Sighting = {
      agent: 'claude',
      call,
      request: id === 0 ? 0 : request || firstSeen(call, counts, atMs),
      session,
      parent: '',
      side,
      atMs,
      model: model || null,
      mode: modeOf(usage),
      ...counts,
      path: file.path,
      at,
      project: file.folder,
    }
    if (hasCounted(counts)) {
      see(sighting)
      latest = { call, request, session, side, tokens }
    }
    for (const [part, { model, mode, counts }] of advice.entries())
      see({ ...sighting, ...counts, model: model || null, mode, call: hashOf(`${call}/${part + 1}`) })
    return true
  }

  /** Takes the objects of a line that begins at byte `at` of the file. False if they tell of no call. */
  function takeAll(start: number, end: number, at: number): boolean {
    let isTold = false
    search.eachObject(start, end, line, (object) => {
      // A part of an object that was torn has no time of its own.
      if (object > start && !search.isText(line.slots.timestamp)) return
      isTold = take(at + object - start) || isTold
    })
    return isTold
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

  function countsOf(usage: Usage): Counts {
    const hour = search.count(usage.cache_creation.ephemeral_1h_input_tokens)
    const minutes = search.count(usage.cache_creation.ephemeral_5m_input_tokens)
    return {
      input: search.count(usage.input_tokens),
      cachedInput: search.count(usage.cache_read_input_tokens),
      // The sum of cache writes and its parts are the same tokens. Where they differ, the larger is the careful choice.
      cacheWrite: Math.max(minutes, search.count(usage.cache_creation_input_tokens) - hour),
      cacheWrite1h: hour,
      output: search.count(usage.output_tokens),
      reasoning: 0,
      webSearches: search.count(usage.server_tool_use.web_search_requests),
    }
  }

  /** Calls of an advisor model are listed here only; the other entries repeat what stands above them. */
  function adviceIn({ iterations }: Usage): readonly Advice[] {
    const { from, to } = search.list(iterations)
    if (from === to) return none
    const found: Advice[] = []
    search.eachObject(from, to, iteration, () => {
      const counts = countsOf(iteration.slots)
      if (search.text(iteration.slots.type) === 'advisor_message' && hasCounted(counts))
        found.push({ model: search.text(iteration.slots.model), mode: modeOf(iteration.slots), counts })
    })
    return found.length > 0 ? found : none
  }

  function modeOf(usage: Usage): string {
    return sameMode(search.name(usage.service_tier), search.name(usage.speed), search.name(usage.inference_geo))
  }

  return {
    lines(bytes, at) {
      const from = bytes.byteOffset
      const to = from + bytes.length
      let end = from
      for (let hit = search.find(from, to, marked); hit > 0; hit = search.find(end, to, marked)) {
        const start = search.startOfLine(hit, end)
        end = search.endOfLine(hit)
        if (takeAll(start, end, at + start - from)) continue
        const cut = cutAnswer(bytes.subarray(start - from, end - from), hit - start)
        if (cut > 0) takeAll(start + cut, end, at + start - from)
      }
    },
    state: (): State => ({ lastMs, lastCall, recent }),
  }
}

/**
 * Leaves the answer out of a line that is broken in it, and returns where the line begins then; 0 for any other line.
 * `hit` is where the counts are.
 */
function cutAnswer(line: Buffer, hit: number): number {
  const opened = line.indexOf(answerOpens) + answerOpens.length
  const closes = line.lastIndexOf(answerCloses, hit)
  if (opened < answerOpens.length || closes < Math.max(opened, hit - nearBytes)) return 0
  // A second message would be another object, glued to a torn one.
  if (line.subarray(opened, closes).includes(message)) return 0
  line.copyWithin(closes - opened, 0, opened)
  return closes - opened
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
