import path from 'node:path'
import Database from 'better-sqlite3'
import { backups, type Db } from './database.ts'

/** Names of the secrets that a database knows of: keys of accounts, addresses of channels. */
export function secretNames(db: Db): string[] {
  const names = db
    .prepare('SELECT secret_name FROM accounts UNION SELECT secret_name FROM channels WHERE secret_name IS NOT NULL')
    .pluck()
    .all() as string[]
  return names.filter((name) => name !== '')
}

/** Those of all databases in the folder, backups included, and whether one could not be read. */
export function allSecretNames(dataDir: string): { names: Set<string>; unread: string[] } {
  const names = new Set<string>()
  const unread: string[] = []
  for (const file of [path.join(dataDir, 'spend.sqlite'), ...backups(dataDir)]) {
    try {
      const db = new Database(file, { fileMustExist: true })
      try {
        for (const name of secretNames(db)) names.add(name)
      } finally {
        db.close()
      }
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_CANTOPEN') unread.push(path.basename(file))
    }
  }
  return { names, unread }
}
