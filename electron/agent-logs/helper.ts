import { Worker } from 'node:worker_threads'
import { threadFile } from '../thread-file.ts'
import type { DueLog, LogResult } from './read-log.ts'
import { unpacked, type Packed } from './packed.ts'
import type { Sighting } from './sighting.ts'

export interface ToHelper {
  id: number
  due: readonly DueLog[]
}

export interface FromHelper {
  id: number
  results: LogResult[]
  sightings: Packed
}

export type Helper = ReturnType<typeof openHelper>

/** As for the thread that is helped, whose heap holds what both saw. */
const youngMb = 16

/** A second thread that reads logs. */
export function openHelper() {
  const thread = new Worker(threadFile('agent-logs-helper-thread', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
  const waiting = new Map<number, (answer: FromHelper | null) => void>()
  let asked = 0
  let isGone = false

  function end(): void {
    isGone = true
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  }

  thread.on('message', (answer: FromHelper) => {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  thread.on('error', end)
  thread.on('exit', end)

  return {
    /** Null if the thread is gone: whatever it was asked for is as unread as before. */
    async read(due: readonly DueLog[]): Promise<{ results: LogResult[]; sightings: Iterable<Sighting> } | null> {
      if (isGone) return null
      const answer = await new Promise<FromHelper | null>((resolve) => {
        const id = asked++
        waiting.set(id, resolve)
        thread.postMessage({ id, due } satisfies ToHelper)
      })
      return answer && { results: answer.results, sightings: unpacked(answer.sightings) }
    },
    close: () => void thread.terminate(),
  }
}
