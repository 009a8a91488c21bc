import { callsById } from './calls-by-id.ts'
import type { Counts, OpenReader } from './sighting.ts'
import { countOf, isJson, textOf, timeOf, type Json } from './values.ts'

/**
 * OpenCode: until version 1.2 `message/<session>/msg_<id>.json`, one JSON document for each message, written anew as the
 * answer grows; since then rows of a database, with the same JSON in them. A fork copies messages under ids of its own,
 * with their times and counts: by these they are known, and so are documents that were taken over into the database.
 */
export const openOpenCode = messagesOf('opencode')
/** Kilo was made from OpenCode and kept its database. */
export const openKilo = messagesOf('kilo')

function messagesOf(agent: 'opencode' | 'kilo'): OpenReader {
  return callsById(agent, '"tokens"', (message) => {
    const { tokens } = message
    if (message['role'] !== 'assistant' || !isJson(tokens)) return []
    const part = textOf(message['id'])
    const model = textOf(message['modelID'])
    const created = isJson(message['time']) ? message['time']['created'] : null
    const id = timeOf(created) === null ? part : `${String(created)} ${model}`
    const project = isJson(message['path']) ? textOf(message['path']['cwd']) : ''
    return [{ id, part, time: created, model, project, counts: countsOf(tokens) }]
  })
}

/** Input is without what was cached. The output has the reasoning in it or not, by version and vendor: the total tells. */
function countsOf(tokens: Json): Partial<Counts> {
  const cache = isJson(tokens['cache']) ? tokens['cache'] : {}
  const input = countOf(tokens['input'])
  const cachedInput = countOf(cache['read'])
  const cacheWrite = countOf(cache['write'])
  const answer = countOf(tokens['output'])
  const reasoning = countOf(tokens['reasoning'])
  const total = countOf(tokens['total'])
  const output = total === 0 ? answer + reasoning : Math.max(answer, total - input - cachedInput - cacheWrite)
  return { input, cachedInput, cacheWrite, output, reasoning }
}
