import type { JsonSearch } from './json-search.ts'

export const agents = {
  claude: 'Claude Code',
  codex: 'Codex',
  gemini: 'Gemini CLI',
  qwen: 'Qwen Code',
  opencode: 'OpenCode',
  kilo: 'Kilo',
  goose: 'Goose',
  copilot: 'Copilot CLI',
  pi: 'Pi',
} as const
export type AgentId = keyof typeof agents

/** Disjoint counts of one call. Only `reasoning` is a part of another: of `output`. */
export interface Counts {
  /** Not from a cache and not written to one. */
  input: number
  cachedInput: number
  /** Kept for five minutes, or for as long as the vendor likes. */
  cacheWrite: number
  cacheWrite1h: number
  output: number
  reasoning: number
  webSearches: number
}

export const noCounts: Counts = {
  input: 0,
  cachedInput: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
  webSearches: 0,
}

/**
 * One place in a log that tells of a call. Several may tell of the same one: an answer is written a line for each of its
 * parts, and again into the logs of resumed, forked and sub-agent sessions. Which of them counts is for same-call.ts.
 */
export interface Sighting extends Counts {
  agent: AgentId
  /**
   * Sightings of one call have this in common: a hash of its id, which is all that is kept. It may be shared by several
   * calls, which then differ in request, session or time.
   */
  call: number
  /** A hash as well; 0 for none. */
  request: number
  session: string
  /** The session whose history this one's log may repeat; empty for none. */
  parent: string
  /** Told by a side chain, or by a copy of one. */
  side: boolean
  atMs: number
  model: string | null
  /** What decides the price besides the model: tier, speed and region as the log names them, with slashes between. */
  mode: string
  /** Where it stands: the file, and the byte its object begins at. Of equals, the first counts. */
  path: string
  at: number
  project: string
}

export function tokensOf({ input, cachedInput, cacheWrite, cacheWrite1h, output }: Counts): number {
  return input + cachedInput + cacheWrite + cacheWrite1h + output
}

/** Reads on in one log. Keeps what a later part of the log needs to be understood. */
export interface LogReader {
  /** Whole lines, the first of which begins at byte `at` of the file. */
  lines(bytes: Buffer, at: number): void
  /** What to hand to the next reader of this file. Never text of a conversation. */
  state(): unknown
}

export interface LogFile {
  path: string
  /** The folder the agent sorted the log into; empty if it does not. */
  folder: string
  /** Stands in for times that cannot be read when the log gives no other. */
  changedMs: number
}

/** `search` is what lines of a plain log lie in. */
export type OpenReader = (
  file: LogFile,
  state: unknown,
  see: (sighting: Sighting) => void,
  search: JsonSearch,
) => LogReader
