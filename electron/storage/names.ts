import type { KnownName } from '../providers/adapter.ts'
import type { Db } from './database.ts'

export type NamesTable = ReturnType<typeof createNamesTable>

export function createNamesTable(db: Db) {
  const upsert = db.prepare(`INSERT INTO names (account_id, kind, id, name) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name WHERE name <> excluded.name`)
  const all = db.prepare('SELECT account_id AS accountId, kind, id, name FROM names')
  return {
    save: (accountId: string, names: readonly KnownName[]) => {
      for (const { kind, id, name } of names) upsert.run(accountId, kind, id, name)
    },
    all: () => all.all() as (KnownName & { accountId: string })[],
  }
}
