import { tokensOf, type AgentId, type Sighting } from './sighting.ts'

/**
 * Which sightings of one call count. A rule is a function of the set: totals do not depend on the order in which files
 * were met, nor on where one scan ended and the next began.
 */
interface SameCall {
  /** Of two sightings in one session: whether the second is the better one. */
  isBetter(known: Sighting, next: Sighting): boolean
  counted(sightings: readonly Sighting[]): Sighting[]
}

function isFirst(a: Sighting, b: Sighting): boolean {
  return a.path === b.path ? a.at < b.at : a.path < b.path
}

/** Earlier lines of an answer hold a part of its output: the one with the most tokens is whole. */
function isFuller(known: Sighting, next: Sighting): boolean {
  const more = tokensOf(next) - tokensOf(known)
  return more > 0 || (more === 0 && isFirst(next, known))
}

/**
 * Claude Code. `call` is the message id, `request` the request id. A side chain repeats messages of its session under new
 * request ids, so there the message id alone tells.
 */
const claude: SameCall = {
  isBetter: isFuller,
  counted(sightings) {
    const main = sightings.filter(({ side }) => !side)
    const side = sightings.filter((one) => one.side && !main.some((other) => isTold(one, other)))
    return [...bestOf(main, (a, b) => a.request === b.request), ...bestOf(side, isTold)]
  },
}

function isTold(a: Sighting, b: Sighting): boolean {
  return a.request === b.request || a.session === b.session
}

/** The fullest of each set of sightings that are the same, directly or by way of others. */
function bestOf(sightings: readonly Sighting[], isSame: (a: Sighting, b: Sighting) => boolean): Sighting[] {
  let sets: Sighting[][] = []
  for (const one of sightings) {
    const touched = sets.filter((set) => set.some((other) => isSame(one, other)))
    sets = [...sets.filter((set) => !touched.includes(set)), [one, ...touched.flat()]]
  }
  return sets.map((set) => set.reduce((best, next) => (isFuller(best, next) ? next : best)))
}

function isEarlier(known: Sighting, next: Sighting): boolean {
  return next.atMs < known.atMs || (next.atMs === known.atMs && isFirst(next, known))
}

/**
 * Codex. `call` is what was used and the total it led to, which nothing but a copy shares within a session or between a
 * fork and its parent. Two sessions may well begin with the same counts, but not in the same moment with the same model.
 */
const codex: SameCall = {
  isBetter: isEarlier,
  counted(sightings) {
    const own = sightings.filter(({ parent }) => !sightings.some(({ session }) => session === parent))
    const best = new Map<string, Sighting>()
    for (const one of own) {
      const moment = `${one.atMs} ${one.model}`
      const known = best.get(moment)
      if (!known || isEarlier(known, one)) best.set(moment, one)
    }
    return [...best.values()]
  },
}

/** Agents whose calls have an id, which is all that `call` is: what is told of one lies in one sighting, the fullest. */
const byId: SameCall = { isBetter: isFuller, counted: (sightings) => bestOf(sightings, () => true) }

/** Agents that copy a message under another id. `call` is when and by which model, `request` the id; a copy has the same counts. */
const byCounts: SameCall = {
  isBetter: isFuller,
  counted: (sightings) => bestOf(sightings, (a, b) => countNames.every((name) => a[name] === b[name])),
}
const countNames = ['input', 'cachedInput', 'cacheWrite', 'output'] as const

const rules: Record<AgentId, SameCall> = {
  claude,
  codex,
  gemini: byId,
  qwen: byId,
  opencode: byCounts,
  kilo: byCounts,
  goose: byId,
  copilot: byId,
  pi: byCounts,
}

/** With one more sighting; the same list if that told nothing new. */
export function including(sightings: readonly Sighting[], next: Sighting): readonly Sighting[] {
  if (sightings.length === 0) return [next]
  const known = sightings.find(
    (one) => one.request === next.request && one.session === next.session && one.side === next.side,
  )
  if (!known) return [...sightings, next]
  return rules[next.agent].isBetter(known, next) ? sightings.map((one) => (one === known ? next : one)) : sightings
}

/** Those that count, of sightings of one call by one agent. */
export function countedOf(sightings: readonly Sighting[]): readonly Sighting[] {
  const [first] = sightings
  return first && sightings.length > 1 ? rules[first.agent].counted(sightings) : sightings
}
