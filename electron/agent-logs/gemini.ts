import { callsById } from './calls-by-id.ts'
import type { Counts } from './sighting.ts'
import { countOf, isJson, textOf, type Json } from './values.ts'

/**
 * Gemini CLI: `<project>/chats/session-<time>-<id>.jsonl`, those of sub-agents a folder below. A message is written anew
 * whenever something of it is added, under the same id; its tokens come some time after its text. Until 2026 a session
 * was one JSON document, `.json`, written anew as a whole; resumed, its messages are copied into a `.jsonl`.
 */
export const openGemini = callsById('gemini', '"tokens"', (value, project) =>
  messagesIn(value).flatMap((message) => {
    const { tokens } = message
    if (message['type'] !== 'gemini' || !isJson(tokens)) return []
    const told = { id: textOf(message['id']), time: message['timestamp'], model: textOf(message['model']) }
    return [{ ...told, project, counts: countsOf(tokens) }]
  }),
)

/** A document, or a change of the whole history (`$set`), holds many; any other line is one. */
function messagesIn(value: Json): Json[] {
  const { messages } = isJson(value['$set']) ? value['$set'] : value
  return Array.isArray(messages) ? messages.filter(isJson) : [value]
}

/** As the API counts: input with what was cached, output without thoughts, and what tools gave apart from both. */
function countsOf(tokens: Json): Partial<Counts> {
  const cachedInput = countOf(tokens['cached'])
  const reasoning = countOf(tokens['thoughts'])
  return {
    input: Math.max(0, countOf(tokens['input']) - cachedInput) + countOf(tokens['tool']),
    cachedInput,
    output: countOf(tokens['output']) + reasoning,
    reasoning,
  }
}
