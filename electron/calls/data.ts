import { statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { DataState, Erased, RetentionPreview } from '../../shared/data.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { iso } from '../../shared/time.ts'
import type { Settings } from '../../shared/settings.ts'
import { listBackups } from '../storage/backup-list.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

/** What only the host of a guard can do: put another database in its place, or none. */
export interface Keeper {
  /** Stops the guard, puts the prepared database in place, and opens it. */
  restore(): Promise<Result<null>>
  erase(): Promise<Result<Erased>>
}

export function dataCalls(parts: {
  dataDir: string
  keeper: Keeper | null
  settings(): Settings
  now(): number
  preview(kept: Settings, asked: Pick<Settings, 'keepMinutesDays' | 'keepHoursDays'>, nowMs: number): RetentionPreview
  backUp(): Promise<Result<null>>
  prepareRestore(name: string): Result<null>
  onChange(): void
}): Pick<Handlers, 'data:get' | 'data:retention' | 'data:back-up' | 'data:restore' | 'data:erase'> {
  const { dataDir, keeper } = parts
  const state = (): DataState => ({
    folder: dataDir,
    databaseBytes: databaseBytes(dataDir),
    freeBytes: freeBytes(dataDir),
    backups: listBackups(dataDir).map(({ atMs, ...file }) => ({ ...file, at: iso(atMs) })),
  })
  return {
    'data:get': () => ok(state()),
    'data:retention': (asked) => ok(parts.preview(parts.settings(), asked, parts.now())),
    'data:back-up': async () => {
      const done = await parts.backUp()
      if (!done.ok) return done
      parts.onChange()
      return ok(state())
    },
    'data:restore': async ({ name }) => {
      if (!keeper) return err(notHere())
      const prepared = parts.prepareRestore(name)
      if (!prepared.ok) return prepared
      const restored = await keeper.restore()
      return restored.ok ? ok(state()) : restored
    },
    'data:erase': () => (keeper ? keeper.erase() : err(notHere())),
  }
}

const notHere = () => fail('internal', i18n.t('This guard cannot do that. Restart API Spend Guard and try again.'))

/** With what is written ahead of it. */
export function databaseBytes(dataDir: string): number {
  return ['', '-wal'].reduce((sum, suffix) => sum + sizeOf(path.join(dataDir, `spend.sqlite${suffix}`)), 0)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null // some network disks do not tell
  }
}
