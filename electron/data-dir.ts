import { mkdirSync } from 'node:fs'
import path from 'node:path'
import envPaths from 'env-paths'

/** The one folder of a person's guard, the same for the app and the command line; theirs alone. */
export function defaultDataDir(): string {
  return envPaths('api-spend-guard', { suffix: '' }).data
}

export function prepareDataDir(dataDir: string): string {
  const absolute = path.resolve(dataDir)
  // SQLite and others create their files as widely readable as this allows; what a company spends is nobody else's.
  process.umask(0o077)
  mkdirSync(absolute, { recursive: true, mode: 0o700 })
  return absolute
}
