import { callsById } from './calls-by-id.ts'
import type { Counts } from './sighting.ts'
import { countOf, isJson, textOf, type Json } from './values.ts'

/** Qwen Code: `<project>/chats/<session>.jsonl`. A branch begins with copies of its parent's lines, under their ids. */
export const openQwen = callsById('qwen', '"usageMetadata"', (line) => {
  const usage = line['usageMetadata']
  if (line['type'] !== 'assistant' || !isJson(usage)) return []
  const told = { id: textOf(line['uuid']), time: line['timestamp'], model: textOf(line['model']) }
  return [{ ...told, project: textOf(line['cwd']), counts: countsOf(usage) }]
})

/**
 * Named as by Gemini, but filled from answers of many vendors: with most, the candidates have the thoughts in them, with
 * Gemini they do not. The total tells.
 */
function countsOf(usage: Json): Partial<Counts> {
  const cachedInput = countOf(usage['cachedContentTokenCount'])
  const reasoning = countOf(usage['thoughtsTokenCount'])
  const prompt = countOf(usage['promptTokenCount'])
  const tool = countOf(usage['toolUsePromptTokenCount'])
  const answer = countOf(usage['candidatesTokenCount'])
  const total = countOf(usage['totalTokenCount'])
  return {
    input: Math.max(0, prompt - cachedInput) + tool,
    cachedInput,
    output: total === 0 ? answer + reasoning : Math.max(answer, total - prompt - tool),
    reasoning,
  }
}
