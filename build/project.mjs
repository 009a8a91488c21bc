import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const inRoot = (...parts) => path.join(root, ...parts)

/** Scripts speak on stderr: stdout belongs to the program that they start. */
export const say = (text) => process.stderr.write(`${text}\n`)

/** A reason to stop that a person can act on; shown without a stack. */
export class Problem extends Error {}

/** Runs a script's main function; a `Problem` becomes one line and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    say(error instanceof Problem ? error.message : error.stack)
    process.exitCode = 1
  }
}
