import { callsById } from './calls-by-id.ts'
import type { Counts } from './sighting.ts'
import { countOf, textOf, type Json } from './values.ts'

/** Goose: a row of the table `usage_ledger` for each call; versions before 2026 kept sums of sessions only. */
export const openGoose = callsById('goose', '"input_tokens"', (row) => {
  const time = row['created_timestamp']
  // A database that is begun anew counts its rows, and the sessions of a day, from 1 again.
  const id = [row['session_id'], row['id'], time].join(' ')
  return [{ id, time, model: textOf(row['model']), project: textOf(row['working_dir']), counts: countsOf(row) }]
})

/** Input is with what was cached and what was written to a cache. */
function countsOf(row: Json): Partial<Counts> {
  const cachedInput = countOf(row['cache_read_tokens'])
  const cacheWrite = countOf(row['cache_write_tokens'])
  const input = Math.max(0, countOf(row['input_tokens']) - cachedInput - cacheWrite)
  return { input, cachedInput, cacheWrite, output: countOf(row['output_tokens']) }
}
