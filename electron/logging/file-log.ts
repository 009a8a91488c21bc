import { appendFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { createLogger, type Logger } from './logger.ts'

const largestLog = 5_000_000

/** One file and one older one. A log that cannot be written must not stop the guard. */
export function createFileLog(dataDir: string): Logger {
  const file = path.join(dataDir, 'guard.log')
  return createLogger((line) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(file, `${file}.1`)
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
    } catch {
      // A full disk shows in the database's own failure; there is nowhere else to say it.
    }
  }, Date.now)
}
