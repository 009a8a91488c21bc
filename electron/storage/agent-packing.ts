import type { Sighting } from '../agent-logs/sighting.ts'
import { countNames, countsOf, createSums, type AgentUsage } from './agent-sums.ts'
import type { AgentTexts } from './agent-texts.ts'

/** Sightings as they are kept: two lists of numbers as text. Writing a column for each took three times as long. */
export function createPacking(id: (text: string) => number) {
  // Most calls come with the same names as the one before.
  let latest: Sighting | null = null
  let names = ''
  let place = ''

  function look(one: Sighting): void {
    const { agent, project, model, mode, session, parent, side, path } = one
    if (latest?.agent !== agent || latest.project !== project || latest.model !== model || latest.mode !== mode)
      names = `${id(agent)},${id(project)},${id(model ?? '')},${id(mode)}`
    if (latest?.session !== session || latest.parent !== parent || latest.side !== side || latest.path !== path)
      place = `${id(session)},${id(parent)},${side ? 1 : 0},${id(path)}`
    latest = one
  }

  return {
    /** `used` is what is needed for sums: agent, project, model, mode, then the counts. `seen` is the rest. */
    pack(one: Sighting): { used: string; seen: string } {
      look(one)
      const { input, cachedInput, cacheWrite, cacheWrite1h, output, reasoning, webSearches } = one
      return {
        used: `${names},${input},${cachedInput},${cacheWrite},${cacheWrite1h},${output},${reasoning},${webSearches}`,
        seen: `${one.atMs},${place},${one.at},${one.request}`,
      }
    },
    /** The names are kept under other numbers from now on. */
    forget: () => void (latest = null),
  }
}

export function unpacked(texts: AgentTexts, call: number, [used, seen]: [string, string]): Sighting {
  const [agent = 0, project = 0, model = 0, mode = 0, ...counts] = used.split(',').map(Number)
  const [atMs = 0, session = 0, parent = 0, side, path = 0, at = 0, request = 0] = seen.split(',').map(Number)
  return {
    ...texts.names(agent, project, model, mode),
    call,
    request,
    session: texts.text(session),
    parent: texts.text(parent),
    side: side === 1,
    atMs,
    ...countsOf(counts),
    path: texts.text(path),
    at,
  }
}

/** For each call its time and what is packed as used. */
const valuesOfCall = 5 + countNames.length

export function summed(values: readonly number[], width: number, texts: AgentTexts): AgentUsage[] {
  const sums = createSums(width)
  for (let at = 0; at < values.length; at += valuesOfCall) {
    const [atMs = 0, agent = 0, project = 0, model = 0, mode = 0, ...counts] = values.slice(at, at + valuesOfCall)
    sums.add({ atMs, ...texts.names(agent, project, model, mode), ...countsOf(counts) })
  }
  return sums.all()
}
