import type { Db } from './database.ts'

/** The link of a message that speaks of several alerts. */
export interface MessageLinkRow {
  id: string
  /** The first delivery of the message. */
  messageId: number
  channelId: string
  madeAtMs: number
}

/** What a link in a channel did to an alert: that alert is done with, for every link that was there by then. */
export interface LinkUse {
  atMs: number
  by: string
  on: 'acknowledged' | 'snoozed'
}

export type MessageLinksTable = ReturnType<typeof createMessageLinksTable>

export function createMessageLinksTable(db: Db) {
  const columns = 'id, message_id AS messageId, channel_id AS channelId, made_at_ms AS madeAtMs'
  const get = db.prepare(`SELECT ${columns} FROM message_links WHERE id = ?`)
  const of = db.prepare(`SELECT ${columns} FROM message_links WHERE message_id = ?`)
  const insert = db.prepare('INSERT INTO message_links VALUES (@id, @messageId, @channelId, @madeAtMs)')
  const use = db.prepare('INSERT INTO message_link_uses VALUES (@alertId, @channelId, @atMs, @by, @on)')
  // Also what the link of a message about this alert alone did.
  const used = db.prepare(`SELECT at_ms AS atMs, by, did AS "on" FROM message_link_uses
      WHERE alert_id = @alertId AND channel_id = @channelId AND at_ms >= @sinceMs
    UNION ALL SELECT spent_at_ms, spent_by, spent_on FROM links
      WHERE alert_id = @alertId AND channel_id = @channelId AND spent_at_ms >= @sinceMs
    ORDER BY 1 LIMIT 1`)
  const forget = db.prepare('DELETE FROM message_links WHERE made_at_ms < ?')
  const forgetUses = db.prepare('DELETE FROM message_link_uses WHERE at_ms < ?')
  return {
    get: (id: string): MessageLinkRow | null => (get.get(id) as MessageLinkRow | undefined) ?? null,
    of: (messageId: number): MessageLinkRow | null => (of.get(messageId) as MessageLinkRow | undefined) ?? null,
    insert: (link: MessageLinkRow) => void insert.run(link),
    use: (one: LinkUse & { alertId: string; channelId: string }) => void use.run(one),
    /** What was done of an alert in a channel since then. */
    usedSince: (alertId: string, channelId: string, sinceMs: number): LinkUse | null =>
      (used.get({ alertId, channelId, sinceMs }) as LinkUse | undefined) ?? null,
    forgetBefore(ms: number): void {
      forget.run(ms)
      forgetUses.run(ms)
    },
  }
}
