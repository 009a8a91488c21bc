import { existsSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { Logger } from '../logging/logger.ts'

/**
 * Moves a settings file that is no JSON (cut off by a full disk, edited by hand) out of the way, so that the guard
 * watches with its defaults rather than not at all.
 */
export function setAsideUnreadable(dataDir: string, log: Logger, nowMs: number): void {
  const file = path.join(dataDir, 'settings.json')
  if (!existsSync(file) || isJson(file)) return
  const aside = `${file}.damaged-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`
  renameSync(file, aside)
  log.warn('settings were set aside', { file: path.basename(aside) })
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'))
    return true
  } catch {
    return false // whatever it is, settings cannot be read from it
  }
}
