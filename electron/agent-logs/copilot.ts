import { callsById } from './calls-by-id.ts'
import type { Counts } from './sighting.ts'
import { countOf, isJson, textOf, type Json } from './values.ts'

/**
 * Copilot CLI, told to write OpenTelemetry to a file: a span a line, in the attributes of the GenAI conventions. A `chat`
 * span is one call; `invoke_agent` sums up those below it, and metrics repeat their totals again and again.
 */
export const openCopilot = callsById('copilot', '"gen_ai.usage.', (span) => {
  const { attributes } = span
  if (span['type'] !== 'span' || !isJson(attributes) || attributes['gen_ai.operation.name'] !== 'chat') return []
  const ids = [span['traceId'], span['spanId']].map(textOf)
  const model = textOf(attributes['gen_ai.response.model']) || textOf(attributes['gen_ai.request.model'])
  const time = secondsOf(span['endTime']) ?? secondsOf(span['startTime'])
  return [{ id: ids.join(' ').trim(), time, model, project: '', counts: countsOf(attributes) }]
})

/** Input is with what was cached and what was written to a cache, output with the reasoning. */
function countsOf(attributes: Json): Partial<Counts> {
  const count = (name: string) => countOf(attributes[`gen_ai.usage.${name}`])
  const cachedInput = count('cache_read.input_tokens')
  const cacheWrite = count('cache_creation.input_tokens')
  const input = Math.max(0, count('input_tokens') - cachedInput - cacheWrite)
  return { input, cachedInput, cacheWrite, output: count('output_tokens'), reasoning: count('reasoning.output_tokens') }
}

/** Seconds since 1970, and nanoseconds of the next. */
function secondsOf(value: unknown): number | null {
  const [seconds, nanos] = Array.isArray(value) ? (value as unknown[]) : []
  return typeof seconds === 'number' ? seconds + (typeof nanos === 'number' ? nanos / 1e9 : 0) : null
}
