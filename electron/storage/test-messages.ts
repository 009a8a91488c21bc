import { dayMs } from '../../shared/time.ts'
import type { Db } from './database.ts'

/** A message of "send test", or of the weekly test, that the other side took or may have taken. */
export interface TestMessageRow {
  id: number
  channelId: string
  sentAtMs: number
  receipt: string | null
}

export type TestMessagesTable = ReturnType<typeof createTestMessagesTable>

/** Costs are shown by the month. */
const keptMs = 62 * dayMs

export function createTestMessagesTable(db: Db) {
  const insert = db.prepare(`INSERT INTO test_messages (channel_id, sent_at_ms, receipt, next_confirm_at_ms)
    VALUES (@channelId, @sentAtMs, @receipt, @nextConfirmAtMs)`)
  const forget = db.prepare('DELETE FROM test_messages WHERE sent_at_ms < ?')
  const settle = db.prepare(`UPDATE test_messages SET next_confirm_at_ms = @nextConfirmAtMs, cost_nanos = @costNanos,
    cost_currency = @costCurrency WHERE id = @id`)
  const unconfirmed = db.prepare(`SELECT id, channel_id AS channelId, sent_at_ms AS sentAtMs, receipt FROM test_messages
    WHERE next_confirm_at_ms <= ? ORDER BY next_confirm_at_ms LIMIT 100`)
  const nextConfirm = db.prepare('SELECT MIN(next_confirm_at_ms) FROM test_messages').pluck()
  const rewind = db.prepare('UPDATE test_messages SET next_confirm_at_ms = @nowMs WHERE next_confirm_at_ms > @nowMs')
  return {
    /** Answers its id. */
    add(one: Omit<TestMessageRow, 'id'> & { nextConfirmAtMs: number | null }): number {
      forget.run(one.sentAtMs - keptMs)
      return Number(insert.run(one).lastInsertRowid)
    },
    /** What became of it is known, or is to be asked later. */
    settle: (one: {
      id: number
      nextConfirmAtMs: number | null
      costNanos: bigint | null
      costCurrency: string | null
    }) => void settle.run(one),
    /** Those of which it is time to ask. */
    unconfirmed: (nowMs: number): TestMessageRow[] => unconfirmed.all(nowMs) as TestMessageRow[],
    nextConfirmMs: (): number | null => nextConfirm.get() as number | null,
    /** The clock was set back. */
    rewind: (nowMs: number) => void rewind.run({ nowMs }),
  }
}
