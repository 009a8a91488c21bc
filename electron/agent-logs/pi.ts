import { callsById } from './calls-by-id.ts'
import type { Counts } from './sighting.ts'
import { countOf, isJson, textOf, timeOf, type Json } from './values.ts'

/**
 * Pi: `--<working folder>--/<time>_<session>.jsonl`, documented in its docs/session.md. A branch or fork begins with copies
 * of its parent's entries, and an old log is written anew with other ids: times and counts stay.
 */
export const openPi = callsById('pi', '"usage"', (entry, folder) => {
  const { message } = entry
  if (!isJson(message) || message['role'] !== 'assistant' || !isJson(message['usage'])) return []
  const time = entry['timestamp']
  const part = textOf(entry['id'])
  const model = textOf(message['model'])
  const id = timeOf(time) === null ? part : `${String(time)} ${model}`
  return [{ id, part, time, model, project: folderIn(folder), counts: countsOf(message['usage']) }]
})

/** Disjoint but for what was kept for an hour, a part of what was written, and reasoning, a part of the output. */
function countsOf(usage: Json): Partial<Counts> {
  const cacheWrite1h = countOf(usage['cacheWrite1h'])
  return {
    input: countOf(usage['input']),
    cachedInput: countOf(usage['cacheRead']),
    cacheWrite: Math.max(0, countOf(usage['cacheWrite']) - cacheWrite1h),
    cacheWrite1h,
    output: countOf(usage['output']),
    reasoning: countOf(usage['reasoning']),
  }
}

/** `--home-ann-shop--` is `/home/ann/shop`, `--C--shop--` is `C:\\shop`; empty where logs lie in no such folder. */
function folderIn(name: string): string {
  const inner = /^--(.+)--$/.exec(name)?.[1] ?? ''
  return inner === '' || /^[A-Za-z]--/.test(inner) ? inner : `-${inner}`
}
