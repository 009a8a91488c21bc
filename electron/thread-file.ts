import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the program of a thread is: beside the bundle when built, beside the file at `besides` when run from source. */
export function threadFile(name: string, besides: string): string {
  const [built = '', source = ''] = ['js', 'ts'].map((end) => fileURLToPath(new URL(`./${name}.${end}`, besides)))
  return existsSync(built) ? built : source
}
