import { availableParallelism } from 'node:os'
import { nextTurn } from '../breather.ts'
import { createLogReading, type DueLog, type LogResult } from './read-log.ts'
import { openHelper, type Helper } from './helper.ts'
import type { Sighting } from './sighting.ts'

/** Less than this is nearly read before a second thread is awake. */
const muchBytes = 100_000_000
/** Small enough that both threads end at the same time, large enough that handing it over costs nothing. */
const partBytes = 8_000_000
/** So that the other thread never waits for this one to look up. */
const partsAhead = 2

export type TakeResults = (results: readonly LogResult[]) => void

/** A second thread, and from how many bytes on it is opened. */
export interface Help {
  fromBytes: number
  open(): Helper
}

export const usualHelp: Help = { fromBytes: availableParallelism() > 1 ? muchBytes : Infinity, open: openHelper }

/** Reads what is new in many logs, with a second thread where there is much to read. */
export function createReading(see: (sighting: Sighting) => void, help: Help) {
  const read = createLogReading(see)

  /** Takes parts until there are none. */
  async function readHere(parts: DueLog[][], isGlance: boolean, take: TakeResults): Promise<void> {
    for (let part = parts.pop(); part; part = parts.pop()) {
      const results: LogResult[] = []
      for (const due of part) results.push(await read(due, isGlance))
      take(results)
      await nextTurn() // for answers of the other thread
    }
  }

  async function readThere(helper: Helper, parts: DueLog[][], take: TakeResults): Promise<void> {
    for (let part = parts.pop(); part; part = parts.pop()) {
      const answer = await helper.read(part)
      if (answer === null) return void parts.push(part)
      for (const sighting of answer.sightings) see(sighting)
      take(answer.results)
    }
  }

  return {
    /** `take` is called with a part of the results at a time, after `see` with all that was seen in it. */
    async readAll(due: readonly DueLog[], isGlance: boolean, take: TakeResults): Promise<void> {
      const parts = partsOf(due)
      const bytes = due.reduce((sum, one) => sum + newBytes(one), 0)
      const helper = bytes >= help.fromBytes ? help.open() : null
      const there = helper ? Array.from({ length: partsAhead }, () => readThere(helper, parts, take)) : []
      await Promise.all([readHere(parts, isGlance, take), ...there])
      helper?.close()
      // What a thread left that broke down.
      await readHere(parts, isGlance, take)
    },
  }
}

function newBytes({ log, before }: DueLog): number {
  return Math.max(0, log.stats.size - (before?.offset ?? 0))
}

function partsOf(due: readonly DueLog[]): DueLog[][] {
  const parts: DueLog[][] = []
  let bytes = Infinity
  for (const one of due) {
    if (bytes >= partBytes) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(one)
    bytes += newBytes(one)
  }
  return parts
}
