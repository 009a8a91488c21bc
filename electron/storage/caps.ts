import type { Db } from './database.ts'

export type CapsTable = ReturnType<typeof createCapsTable>

/** What was read of an account's limits, and when. */
export function createCapsTable(db: Db) {
  const save = db.prepare(`INSERT INTO caps (account_id, checked_at_ms, answer) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET checked_at_ms = excluded.checked_at_ms, answer = excluded.answer`)
  const get = db.prepare('SELECT checked_at_ms AS checkedAtMs, answer FROM caps WHERE account_id = ?')
  return {
    save: (accountId: string, checkedAtMs: number, answer: unknown) =>
      void save.run(accountId, checkedAtMs, JSON.stringify(answer)),
    get(accountId: string): { checkedAtMs: number; answer: unknown } | null {
      const row = get.get(accountId) as { checkedAtMs: number; answer: string } | undefined
      return row ? { checkedAtMs: row.checkedAtMs, answer: JSON.parse(row.answer) } : null
    },
  }
}
