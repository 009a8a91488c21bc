import { noCounts, tokensOf, type AgentId, type Counts, type OpenReader } from './sighting.ts'
import { createNames, hashOf, timeOf, type Json } from './values.ts'
import { parsed, wholeObjects } from './whole-objects.ts'

const newline = 10

/** What an object in a log tells of a call. */
export interface ToldCall {
  /** What all that is told of this call has in common, and nothing else; empty where the log does not say. */
  id: string
  /** Tells apart what `id` does not. */
  part?: string
  time: unknown
  model: string
  project: string
  counts: Partial<Counts>
}

interface State {
  lastMs: number | null
}

/**
 * For agents that write JSON objects and give each call an id: an object that repeats the id tells of the same call,
 * later or in another file. Only lines with `marker` in them are looked at.
 */
export function callsById(
  agent: AgentId,
  marker: string,
  callsIn: (value: Json, folder: string) => readonly ToldCall[],
): OpenReader {
  const marked = Buffer.from(marker)
  return (file, state, see) => {
    const sameName = createNames()
    /** Stands in for a time that cannot be read. */
    let lastMs = (state as State | null)?.lastMs ?? null

    function take(value: Json, at: number): void {
      for (const [index, { id, part, time, model, project, counts }] of callsIn(value, file.folder).entries()) {
        const atMs = timeOf(time) ?? lastMs ?? file.changedMs
        lastMs = atMs
        const all = { ...noCounts, ...counts }
        if (tokensOf(all) === 0) continue
        see({
          agent,
          call: hashOf(id === '' ? `${file.path}#${at}#${index}` : `${agent} ${id}`),
          request: hashOf(part ?? ''),
          session: '',
          parent: '',
          side: false,
          atMs,
          model: sameName(model) || null,
          mode: '//',
          ...all,
          path: file.path,
          at,
          project: sameName(project),
        })
      }
    }

    return {
      lines(bytes, at) {
        let hit = bytes.indexOf(marked)
        while (hit >= 0) {
          const start = bytes.lastIndexOf(newline, hit) + 1
          const end = bytes.indexOf(newline, hit)
          const text = bytes.toString('latin1', start, end)
          const line = parsed(text)
          const found = line ? [{ value: line, at: 0 }] : wholeObjects(text)
          for (const { value, at: inside } of found) take(value, at + start + inside)
          hit = bytes.indexOf(marked, end)
        }
      },
      state: (): State => ({ lastMs }),
    }
  }
}
