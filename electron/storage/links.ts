import type { Db } from './database.ts'

export interface LinkRow {
  id: string
  alertId: string
  channelId: string
  firedAtMs: number
  madeAtMs: number
  spentAtMs: number | null
  spentBy: string | null
  /** What it was spent on. */
  spentOn: 'acknowledged' | 'snoozed' | null
}

export type LinksTable = ReturnType<typeof createLinksTable>

const columns = `id, alert_id AS alertId, channel_id AS channelId, fired_at_ms AS firedAtMs, made_at_ms AS madeAtMs,
  spent_at_ms AS spentAtMs, spent_by AS spentBy, spent_on AS spentOn`

/** The links that messages hold, without what makes them good: see alerts/link-token.ts. */
export function createLinksTable(db: Db) {
  const get = db.prepare(`SELECT ${columns} FROM links WHERE id = ?`)
  const of = db.prepare(
    `SELECT ${columns} FROM links WHERE alert_id = @alertId AND channel_id = @channelId AND fired_at_ms = @firedAtMs`,
  )
  const insert = db.prepare(`INSERT INTO links (id, alert_id, channel_id, fired_at_ms, made_at_ms)
    VALUES (@id, @alertId, @channelId, @firedAtMs, @madeAtMs)`)
  // Older messages of the same alert hold links too, which nobody used: what was done is done for them as well.
  const spend = db.prepare(`UPDATE links SET spent_at_ms = @spentAtMs, spent_by = @spentBy, spent_on = @spentOn
    WHERE alert_id = @alertId AND channel_id = @channelId AND fired_at_ms <= @firedAtMs AND spent_at_ms IS NULL`)
  const forget = db.prepare('DELETE FROM links WHERE made_at_ms < ?')
  return {
    get: (id: string): LinkRow | null => (get.get(id) as LinkRow | undefined) ?? null,
    /** The one in the messages to a channel about an alert as it fires now. */
    of: (about: Pick<LinkRow, 'alertId' | 'channelId' | 'firedAtMs'>): LinkRow | null =>
      (of.get(about) as LinkRow | undefined) ?? null,
    insert: (link: Pick<LinkRow, 'id' | 'alertId' | 'channelId' | 'firedAtMs' | 'madeAtMs'>) => void insert.run(link),
    spend: (link: LinkRow) => void spend.run(link),
    forgetBefore: (ms: number) => void forget.run(ms),
  }
}
