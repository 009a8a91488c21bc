import type { Failure } from '../../shared/failures.ts'
import { channelFacts, type ChannelKind } from '../../shared/channels.ts'
import { inWords } from '../../shared/words.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

export interface ChannelRow {
  id: string
  kind: ChannelKind
  label: string
  baseUrl: string | null
  options: Record<string, string>
  secretName: string | null
  /** Whom it reaches: one of the people, whose quiet hours it keeps; null: nobody in particular. */
  person: string | null
  /** A test message once a week, so that a channel that died is noticed before it is needed. */
  selfTest: boolean
  testedAtMs: number | null
  /** Up to this delivery, what failed failed before a person mended it, and is owed anew while its alert fires. */
  mendedThrough: number
  /** The other side said for good that it does not exist. */
  gone: boolean
  lastDeliveredAtMs: number | null
  lastFailure: Failure | null
  createdAtMs: number
}

/** Without what only time tells. */
export type NewChannel = Omit<
  ChannelRow,
  'gone' | 'selfTest' | 'testedAtMs' | 'mendedThrough' | 'lastDeliveredAtMs' | 'lastFailure'
>

export type ChannelsTable = ReturnType<typeof createChannelsTable>

const columns = `id, kind, label, base_url AS baseUrl, options, secret_name AS secretName, gone, person,
  self_test AS selfTest, tested_at_ms AS testedAtMs, mended_through AS mendedThrough,
  last_delivered_at_ms AS lastDeliveredAtMs, last_failure AS lastFailure, created_at_ms AS createdAtMs`

export function createChannelsTable(db: Db) {
  const read = (row: unknown): ChannelRow => {
    const stored = row as Omit<ChannelRow, 'options' | 'gone' | 'selfTest' | 'lastFailure'> & {
      options: string
      gone: number
      selfTest: number
      lastFailure: string | null
    }
    return {
      ...stored,
      label: shownLabel(stored),
      options: JSON.parse(stored.options) as Record<string, string>,
      gone: stored.gone === 1,
      selfTest: stored.selfTest === 1,
      lastFailure: stored.lastFailure ? readFailure(stored.lastFailure) : null,
    }
  }
  const all = db.prepare(`SELECT ${columns} FROM channels ORDER BY created_at_ms, id`)
  const insert =
    db.prepare(`INSERT INTO channels (id, kind, label, base_url, options, secret_name, person, created_at_ms)
    VALUES (@id, @kind, @label, @baseUrl, @options, @secretName, @person, @createdAtMs)`)
  const delivered = db.prepare(
    'UPDATE channels SET last_delivered_at_ms = ?, last_failure = NULL, gone = 0 WHERE id = ?',
  )
  const failed = db.prepare('UPDATE channels SET last_failure = ?, gone = ? WHERE id = ?')
  const change = db.prepare(
    'UPDATE channels SET label = @label, person = @person, self_test = @selfTest WHERE id = @id',
  )
  const mend = db.prepare(`UPDATE channels SET base_url = @baseUrl, options = @options, secret_name = @secretName,
      gone = 0, last_failure = NULL,
      mended_through = (SELECT COALESCE(MAX(id), 0) FROM deliveries WHERE channel_id = @id)
    WHERE id = @id`)
  const tested = db.prepare('UPDATE channels SET tested_at_ms = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM channels WHERE id = ?')
  return {
    all: (): ChannelRow[] => all.all().map(read),
    get: (id: string): ChannelRow | null =>
      all
        .all()
        .map(read)
        .find((channel) => channel.id === id) ?? null,
    insert: (channel: NewChannel) => void insert.run({ ...channel, options: JSON.stringify(channel.options) }),
    /** What it is called, whom it reaches, and whether it tests itself. */
    change: ({ id, label, person, selfTest }: Pick<ChannelRow, 'id' | 'label' | 'person' | 'selfTest'>) =>
      void change.run({ id, label: storedLabel(id, label), person, selfTest: selfTest ? 1 : 0 }),
    /** How it is reached. What was wrong with it before is over. */
    mend: ({ id, baseUrl, options, secretName }: Pick<ChannelRow, 'id' | 'baseUrl' | 'options' | 'secretName'>) =>
      void mend.run({ id, baseUrl, secretName, options: JSON.stringify(options) }),
    noteTested: (id: string, nowMs: number) => void tested.run(nowMs, id),
    noteDelivered: (id: string, nowMs: number) => void delivered.run(nowMs, id),
    noteFailed: (id: string, why: Failure, gone: boolean) => void failed.run(JSON.stringify(why), gone ? 1 : 0, id),
    remove: (id: string) => void remove.run(id),
  }
}

/** What came with the guard is called by a word of the guard's language, until somebody calls it otherwise. */
const localKinds: readonly ChannelKind[] = ['desktop', 'tray']

function shownLabel({ kind, label }: Pick<ChannelRow, 'kind' | 'label'>): string {
  return localKinds.includes(kind) && label === channelFacts(kind).label ? inWords(label) : label
}

function storedLabel(id: string, label: string): string {
  const kind = localKinds.find((one) => one === id)
  return kind && label === inWords(channelFacts(kind).label) ? channelFacts(kind).label : label
}

/** How a channel is reached, as a text that is the same as long as that is. */
export function wayOf({
  secretName,
  baseUrl,
  options,
}: Pick<ChannelRow, 'secretName' | 'baseUrl' | 'options'>): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([secretName, baseUrl, sorted])
}

/** The channels of this computer need no secret and are always there; a host that cannot serve them skips them. */
export function addLocalChannels(channels: ChannelsTable, nowMs: number): void {
  const known = new Set(channels.all().map((channel) => channel.id))
  for (const kind of localKinds) {
    if (known.has(kind)) continue
    channels.insert({
      id: kind,
      kind,
      label: channelFacts(kind).label,
      baseUrl: null,
      options: {},
      secretName: null,
      person: null,
      createdAtMs: nowMs,
    })
  }
}
