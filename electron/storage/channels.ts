import type { Failure } from '../../shared/failures.ts'
import { channelFacts, type ChannelKind } from '../../shared/channels.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

export interface ChannelRow {
  id: string
  kind: ChannelKind
  label: string
  baseUrl: string | null
  options: Record<string, string>
  secretName: string | null
  /** The other side said for good that it does not exist. */
  gone: boolean
  lastDeliveredAtMs: number | null
  lastFailure: Failure | null
  createdAtMs: number
}

export type ChannelsTable = ReturnType<typeof createChannelsTable>

const columns = `id, kind, label, base_url AS baseUrl, options, secret_name AS secretName, gone,
  last_delivered_at_ms AS lastDeliveredAtMs, last_failure AS lastFailure, created_at_ms AS createdAtMs`

export function createChannelsTable(db: Db) {
  const read = (row: unknown): ChannelRow => {
    const stored = row as Omit<ChannelRow, 'options' | 'gone' | 'lastFailure'> & {
      options: string
      gone: number
      lastFailure: string | null
    }
    return {
      ...stored,
      options: JSON.parse(stored.options) as Record<string, string>,
      gone: stored.gone === 1,
      lastFailure: stored.lastFailure ? readFailure(stored.lastFailure) : null,
    }
  }
  const all = db.prepare(`SELECT ${columns} FROM channels ORDER BY created_at_ms, id`)
  const insert = db.prepare(`INSERT INTO channels (id, kind, label, base_url, options, secret_name, created_at_ms)
    VALUES (@id, @kind, @label, @baseUrl, @options, @secretName, @createdAtMs)`)
  const delivered = db.prepare(
    'UPDATE channels SET last_delivered_at_ms = ?, last_failure = NULL, gone = 0 WHERE id = ?',
  )
  const failed = db.prepare('UPDATE channels SET last_failure = ?, gone = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM channels WHERE id = ?')
  return {
    all: (): ChannelRow[] => all.all().map(read),
    get: (id: string): ChannelRow | null =>
      all
        .all()
        .map(read)
        .find((channel) => channel.id === id) ?? null,
    insert: (channel: Omit<ChannelRow, 'gone' | 'lastDeliveredAtMs' | 'lastFailure'>) =>
      void insert.run({ ...channel, options: JSON.stringify(channel.options) }),
    noteDelivered: (id: string, nowMs: number) => void delivered.run(nowMs, id),
    noteFailed: (id: string, why: Failure, gone: boolean) => void failed.run(JSON.stringify(why), gone ? 1 : 0, id),
    remove: (id: string) => void remove.run(id),
  }
}

/** The channels of this computer need no secret and are always there; a host that cannot serve them skips them. */
export function addLocalChannels(channels: ChannelsTable, nowMs: number): void {
  const known = new Set(channels.all().map((channel) => channel.id))
  for (const kind of ['desktop', 'tray'] as const) {
    if (known.has(kind)) continue
    channels.insert({
      id: kind,
      kind,
      label: channelFacts(kind).label,
      baseUrl: null,
      options: {},
      secretName: null,
      createdAtMs: nowMs,
    })
  }
}
