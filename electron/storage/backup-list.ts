import { statSync } from 'node:fs'
import path from 'node:path'
import { backups } from './database.ts'

export interface BackupFile {
  name: string
  atMs: number
  bytes: number
}

/** Newest first. */
export function listBackups(dataDir: string): BackupFile[] {
  return backups(dataDir)
    .reverse()
    .flatMap((file) => {
      const bytes = statSync(file, { throwIfNoEntry: false })?.size
      const name = path.basename(file)
      // One may go while we look: the oldest makes room for the newest.
      return bytes === undefined ? [] : [{ name, atMs: backupAtMs(name), bytes }]
    })
}

/** When a backup was made, by its name; 0 for a name that says nothing. */
export function backupAtMs(file: string): number {
  const stamp = /spend-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z/.exec(file)
  return stamp ? Date.parse(`${stamp[1]}T${stamp[2]}:${stamp[3]}:${stamp[4]}.${stamp[5]}Z`) : 0
}
