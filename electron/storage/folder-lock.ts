import path from 'node:path'
import Database from 'better-sqlite3'

export interface FolderLock {
  release(): void
}

/**
 * Who holds it owns the data folder. It is a lock of the operating system, taken by SQLite, so it goes when the process
 * goes, however it ends. Null while another process has it.
 */
export function lockFolder(dataDir: string): FolderLock | null {
  const db = new Database(path.join(dataDir, 'owner.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => db.close() }
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}
