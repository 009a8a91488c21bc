import type { Options } from './adapter.ts'

/** An option that holds several, with commas between them; none where it is not given. */
export function listOption(options: Options, name: string): string[] {
  return (options[name] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
