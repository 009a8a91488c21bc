import { parentPort } from 'node:worker_threads'
import type { FromHelper, ToHelper } from './helper.ts'
import { packed } from './packed.ts'
import { createLogReading, type LogResult } from './read-log.ts'
import { including } from './same-call.ts'
import type { Sighting } from './sighting.ts'

/** Reads logs that it is told to, and answers what it saw in them. Started by helper.ts. */
const seen = new Map<number, readonly Sighting[]>()
const read = createLogReading((sighting) => {
  seen.set(sighting.call, including(seen.get(sighting.call) ?? [], sighting))
})
/** One after the other. */
let latest = Promise.resolve()

async function answer({ id, due }: ToHelper): Promise<void> {
  const results: LogResult[] = []
  for (const one of due) results.push(await read(one))
  const sightings = packed([...seen.values()].flat())
  seen.clear()
  parentPort?.postMessage({ id, results, sightings } satisfies FromHelper, [sightings.numbers.buffer])
}

parentPort?.on('message', (message: ToHelper) => {
  latest = latest.then(() => answer(message))
})
