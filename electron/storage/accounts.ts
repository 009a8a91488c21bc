import type { ProviderId } from '../../shared/providers.ts'
import type { Db } from './database.ts'

export interface AccountRow {
  id: string
  provider: ProviderId
  label: string
  workspace: string | null
  baseUrl: string | null
  options: Record<string, string>
  /** '' where it has no key. */
  secretName: string
  /** Why polling stopped until a person acts; null while it runs. */
  pausedReason: string | null
  createdAtMs: number
}

export type AccountChange = Pick<AccountRow, 'label' | 'workspace' | 'baseUrl' | 'options'>

export type AccountsTable = ReturnType<typeof createAccountsTable>

const columns = `id, provider, label, workspace, base_url AS baseUrl, options, secret_name AS secretName,
  paused_reason AS pausedReason, created_at_ms AS createdAtMs`

/** A removed account is no longer polled or listed, but the money it spent stays in the reports. */
export function createAccountsTable(db: Db) {
  const read = (row: unknown): AccountRow => {
    const stored = row as Omit<AccountRow, 'options'> & { options: string }
    return { ...stored, options: JSON.parse(stored.options) as Record<string, string> }
  }
  const list = db.prepare(`SELECT ${columns} FROM accounts WHERE removed_at_ms IS NULL ORDER BY created_at_ms, id`)
  const all = db.prepare(`SELECT ${columns} FROM accounts ORDER BY created_at_ms, id`)
  const get = db.prepare(`SELECT ${columns} FROM accounts WHERE id = ? AND removed_at_ms IS NULL`)
  const insert =
    db.prepare(`INSERT INTO accounts (id, provider, label, workspace, base_url, options, secret_name, created_at_ms)
    VALUES (@id, @provider, @label, @workspace, @baseUrl, @options, @secretName, @createdAtMs)`)
  const pause = db.prepare(
    'UPDATE accounts SET paused_reason = @reason WHERE id = @id AND paused_reason IS NOT @reason',
  )
  const nameSecret = db.prepare('UPDATE accounts SET secret_name = @secretName WHERE id = @id')
  const edit = db.prepare(
    'UPDATE accounts SET label = @label, workspace = @workspace, base_url = @baseUrl, options = @options WHERE id = @id',
  )
  const remove = db.prepare('UPDATE accounts SET removed_at_ms = ? WHERE id = ?')
  return {
    list: (): AccountRow[] => list.all().map(read),
    /** Also those that were removed, whose spend is still part of the history. */
    all: (): AccountRow[] => all.all().map(read),
    get: (id: string): AccountRow | null => {
      const row = get.get(id)
      return row ? read(row) : null
    },
    insert: (account: AccountRow) => void insert.run({ ...account, options: JSON.stringify(account.options) }),
    /** Writes only what changes: it is called after every poll. */
    pause: (id: string, reason: string | null) => void pause.run({ id, reason }),
    nameSecret: (id: string, secretName: string) => void nameSecret.run({ id, secretName }),
    /** What a person says of it; its key and its history stay. */
    change: (id: string, change: AccountChange) =>
      void edit.run({ id, ...change, options: JSON.stringify(change.options) }),
    remove: (id: string, nowMs: number) => void remove.run(nowMs, id),
  }
}
