import type { Failure } from '../../shared/failures.ts'
import type { Severity } from '../../shared/alerts.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

export type Occasion = 'fired' | 'grew' | 'acknowledged' | 'resolved'

/** Why a channel is told: its turn, nobody acknowledged, another one does not get through, or it heard the alert fire. */
export type OwedBecause = 'route' | 'escalation' | 'fallback' | 'news'

/** Why a message waits on purpose: for others to go with, or for the end of quiet hours. */
export type Held = 'group' | 'quiet'

/** One alert that is owed to one channel, and what became of it. */
export interface DeliveryRow {
  id: number
  alertId: string
  channelId: string
  occasion: Occasion
  /** accepted: the other side has it, and whether it arrives is not known yet. dropped: no longer worth telling. */
  state: 'pending' | 'accepted' | 'delivered' | 'failed' | 'dropped'
  because: OwedBecause
  held: Held | null
  owedAtMs: number
  /** Deliveries that may go as one message have the same key. */
  groupKey: string
  /** The first delivery of the message it is part of; null before the first attempt. */
  groupId: number | null
  /** The message it edits, by the first delivery of that one; null: the newest about the alert, or none. */
  editsId: number | null
  attempts: number
  nextAttemptAtMs: number
  /** An attempt was cut short: it may have arrived. */
  isUnsettled: boolean
  /** When the other side took it, and the gravest of what the message told. */
  sentAtMs: number | null
  sentSeverity: Severity | null
  deliveredAtMs: number | null
  failure: Failure | null
  /** What the channel needs to edit its message later, or to ask what became of it. */
  receipt: string | null
  costNanos: bigint | null
  costCurrency: string | null
}

export type Owed = Pick<
  DeliveryRow,
  'alertId' | 'channelId' | 'occasion' | 'because' | 'held' | 'owedAtMs' | 'groupKey' | 'editsId' | 'nextAttemptAtMs'
>

/** What one attempt changes of every delivery in the message. */
export type Settled = Pick<
  DeliveryRow,
  | 'state'
  | 'attempts'
  | 'nextAttemptAtMs'
  | 'isUnsettled'
  | 'sentAtMs'
  | 'sentSeverity'
  | 'deliveredAtMs'
  | 'failure'
  | 'receipt'
  | 'costNanos'
  | 'costCurrency'
>

/** One attempt at one delivery, and what came of it. */
export interface AttemptRow {
  id: number
  atMs: number
  outcome: DeliveryRow['state']
  failure: Failure | null
}

export type DeliveriesTable = ReturnType<typeof createDeliveriesTable>

const columns = `id, alert_id AS alertId, channel_id AS channelId, occasion, state, because, held,
  owed_at_ms AS owedAtMs, group_key AS groupKey, group_id AS groupId, edits_id AS editsId, attempts, next_attempt_at_ms AS nextAttemptAtMs,
  unsettled AS isUnsettled, sent_at_ms AS sentAtMs, sent_severity AS sentSeverity, delivered_at_ms AS deliveredAtMs, failure, receipt,
  CAST(cost_nanos AS TEXT) AS costNanos, cost_currency AS costCurrency`

const bySeverity = `CASE severity WHEN 'critical' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END`

export function createDeliveriesTable(db: Db) {
  const read = (row: unknown): DeliveryRow => {
    const stored = row as Omit<DeliveryRow, 'failure' | 'isUnsettled' | 'costNanos'> & {
      failure: string | null
      isUnsettled: number
      costNanos: string | null
    }
    return {
      ...stored,
      isUnsettled: stored.isUnsettled === 1,
      failure: stored.failure ? readFailure(stored.failure) : null,
      costNanos: stored.costNanos === null ? null : BigInt(stored.costNanos),
    }
  }
  const select = (rest: string) => db.prepare(`SELECT ${columns} FROM deliveries ${rest}`)
  const byAlert = select('WHERE alert_id = ? ORDER BY id')
  const inGroup = select('WHERE group_id = ? ORDER BY id LIMIT ?')
  const head = select(
    "WHERE channel_id = ? AND state = 'pending' AND next_attempt_at_ms <= ? ORDER BY next_attempt_at_ms, id LIMIT 1",
  )
  const unconfirmed = select(
    "WHERE state = 'accepted' AND next_attempt_at_ms <= ? AND id = group_id ORDER BY next_attempt_at_ms LIMIT 100",
  )
  // From one channel to the next in the index, however much waits in each.
  const nextOfChannels = `WITH RECURSIVE waiting (channel) AS (
      SELECT MIN(channel_id) FROM deliveries WHERE state = 'pending'
      UNION ALL
      SELECT (SELECT MIN(channel_id) FROM deliveries WHERE state = 'pending' AND channel_id > channel) FROM waiting
        WHERE channel IS NOT NULL),
    next (channel, at_ms) AS (
      SELECT channel, (SELECT MIN(next_attempt_at_ms) FROM deliveries WHERE state = 'pending' AND channel_id = channel)
        FROM waiting WHERE channel IS NOT NULL)`
  const channelsDue = db.prepare(`${nextOfChannels} SELECT channel FROM next WHERE at_ms <= ?`).pluck()
  const nextDue = db
    .prepare(`${nextOfChannels} SELECT MIN(at_ms) FROM next WHERE channel NOT IN (SELECT value FROM json_each(?))`)
    .pluck()
  const nextConfirm = db
    .prepare("SELECT MIN(next_attempt_at_ms) FROM deliveries WHERE state = 'accepted' AND id = group_id")
    .pluck()
  const insert = db.prepare(`INSERT INTO deliveries (alert_id, channel_id, occasion, state, because, held, owed_at_ms,
      group_key, edits_id, next_attempt_at_ms)
    VALUES (@alertId, @channelId, @occasion, 'pending', @because, @held, @owedAtMs, @groupKey, @editsId, @nextAttemptAtMs)`)
  const claim = db.prepare(`UPDATE deliveries SET attempts = attempts + 1, unsettled = 1, next_attempt_at_ms = @untilMs,
      group_id = @groupId, failure = NULL
    WHERE id IN (SELECT value FROM json_each(@ids)) AND state = 'pending'`)
  const ofGroup = db
    .prepare("SELECT id FROM deliveries WHERE group_id = ? AND state IN ('pending', 'accepted')")
    .pluck()
  // What goes together begins together: what was tried before under another message stays there.
  const isUntried = `state = 'pending' AND unsettled = 0 AND (group_id IS NULL OR group_id = @groupId)`
  const isNew = `next_attempt_at_ms <= @nowMs AND ${isUntried}`
  const alike = db
    .prepare(`SELECT id FROM deliveries WHERE channel_id = @channelId AND group_key = @groupKey AND occasion = @occasion
      AND (held IS 'quiet') = @isQuiet AND ${isNew}`)
    .pluck()
  const newsOf = db
    .prepare(`SELECT id FROM deliveries WHERE channel_id = @channelId AND occasion <> 'fired' AND ${isUntried}
      AND (edits_id = @editedId OR (edits_id IS NULL AND next_attempt_at_ms <= @nowMs
        AND alert_id IN (SELECT alert_id FROM deliveries WHERE group_id = @editedId)))`)
    .pluck()
  const settle = db.prepare(`UPDATE deliveries SET state = @state, attempts = @attempts,
      next_attempt_at_ms = @nextAttemptAtMs, unsettled = @isUnsettled, sent_at_ms = @sentAtMs, sent_severity = @sentSeverity,
      delivered_at_ms = @deliveredAtMs, failure = @failure, receipt = @receipt, cost_nanos = @costNanos,
      cost_currency = @costCurrency
    WHERE id IN (SELECT value FROM json_each(@ids)) AND state IN ('pending', 'accepted')`)
  const close = db.prepare(
    "UPDATE deliveries SET state = @state, failure = @failure WHERE id = @id AND state = 'pending'",
  )
  const gravest = db
    .prepare(`SELECT alert_id FROM deliveries LEFT JOIN alerts ON alerts.id = alert_id WHERE group_id = ?
      ORDER BY alerts.state = 'resolved', ${bySeverity} DESC, amount_nanos DESC, deliveries.id LIMIT ?`)
    .pluck()
  const size = db.prepare('SELECT COUNT(*) FROM deliveries WHERE group_id = ?').pluck()
  // An edit is a delivery of its own with the same receipt; what the message speaks of is what it first spoke of.
  const newestPost = db
    .prepare(`SELECT group_id FROM deliveries WHERE alert_id = @alertId AND channel_id = @channelId AND occasion = 'fired'
      AND receipt IS NOT NULL ORDER BY id DESC LIMIT 1`)
    .pluck()
  const receipt = db.prepare(`SELECT receipt, group_id AS groupId FROM deliveries
    WHERE alert_id = @alertId AND channel_id = @channelId AND receipt IS NOT NULL
      AND (edits_id IS NULL OR edits_id = @postId)
    ORDER BY id DESC LIMIT 1`)
  const receiptOf = db
    .prepare(`SELECT COALESCE(
      (SELECT receipt FROM deliveries WHERE edits_id = @postId AND id = group_id AND receipt IS NOT NULL ORDER BY id DESC LIMIT 1),
      (SELECT receipt FROM deliveries WHERE id = @postId))`)
    .pluck()
  const key = db.prepare("SELECT alert_id || '-' || id FROM deliveries WHERE id = ?").pluck()
  const rewindWaits = db.prepare(`UPDATE deliveries SET next_attempt_at_ms = @nowMs
    WHERE state IN ('pending', 'accepted') AND held IS NOT 'quiet' AND next_attempt_at_ms > @nowMs`)
  const rewindTimes = (['owed_at_ms', 'sent_at_ms', 'delivered_at_ms'] as const).map((column) =>
    db.prepare(`UPDATE deliveries SET ${column} = MIN(@nowMs, ${column} - @byMs) WHERE ${column} > @nowMs`),
  )
  const quiet = select("WHERE state = 'pending' AND held = 'quiet'")
  const hold = db.prepare('UPDATE deliveries SET next_attempt_at_ms = ? WHERE id = ?')
  const hurry = db.prepare(
    "UPDATE deliveries SET next_attempt_at_ms = @nowMs WHERE state = 'pending' AND held = 'group' AND attempts = 0",
  )
  const release = db.prepare(`UPDATE deliveries SET next_attempt_at_ms = @nowMs, held = NULL
    WHERE alert_id = @alertId AND channel_id = @channelId AND state = 'pending' AND held = 'quiet'`)
  const postpone = db.prepare(`UPDATE deliveries SET next_attempt_at_ms = @untilMs
    WHERE channel_id = @channelId AND state = 'pending'
      AND (next_attempt_at_ms <= @nowMs OR (attempts > 0 AND next_attempt_at_ms < @untilMs))`)
  const backOff = db.prepare(`SELECT failure, next_attempt_at_ms AS untilMs FROM deliveries
    WHERE channel_id = ? AND state = 'pending' AND attempts > 0 AND next_attempt_at_ms > ?
    ORDER BY next_attempt_at_ms LIMIT 1`)
  const resume = db.prepare(`UPDATE deliveries SET next_attempt_at_ms = @nowMs
    WHERE channel_id = @channelId AND state = 'pending' AND attempts > 0 AND next_attempt_at_ms > @nowMs`)
  const forgetReceipts = db.prepare("UPDATE deliveries SET receipt = NULL WHERE channel_id = ? AND state <> 'accepted'")
  const sent = db.prepare(`SELECT sent_at_ms AS atMs, sent_severity AS severity FROM deliveries
    WHERE channel_id = ? AND group_key = ? AND occasion = 'fired' AND sent_at_ms > ? AND id = group_id`)
  const waiting = db
    .prepare(`SELECT MIN(next_attempt_at_ms) FROM deliveries WHERE channel_id = ? AND group_key = ?
      AND occasion = 'fired' AND state = 'pending' AND attempts = 0 AND held IS NOT 'quiet'`)
    .pluck()
  const sentCount = db
    .prepare(`SELECT (SELECT COUNT(*) FROM deliveries WHERE channel_id = @channelId AND sent_at_ms >= @sinceMs AND id = group_id)
      + (SELECT COUNT(*) FROM test_messages WHERE channel_id = @channelId AND sent_at_ms >= @sinceMs)`)
    .pluck()
  const costs = db
    .prepare(`SELECT cost_currency AS currency, SUM(cost_nanos) AS nanos FROM (
        SELECT channel_id, sent_at_ms, cost_nanos, cost_currency FROM deliveries WHERE id = group_id
        UNION ALL SELECT channel_id, sent_at_ms, cost_nanos, cost_currency FROM test_messages)
      WHERE channel_id = @channelId AND sent_at_ms >= @sinceMs AND cost_nanos IS NOT NULL GROUP BY cost_currency`)
    .safeIntegers()
  const addAttempt = db.prepare('INSERT INTO delivery_attempts VALUES (?, ?, ?, ?)')
  const attempts = db.prepare(`SELECT deliveries.id, at_ms AS atMs, outcome, delivery_attempts.failure
    FROM deliveries JOIN delivery_attempts ON delivery_id = COALESCE(group_id, deliveries.id)
    WHERE alert_id = ? ORDER BY delivery_attempts.rowid`)
  return {
    byAlert: (alertId: string): DeliveryRow[] => byAlert.all(alertId).map(read),
    /** So many of the deliveries that are one message. */
    inGroup: (groupId: number, most: number): DeliveryRow[] => inGroup.all(groupId, most).map(read),
    channelsDue: (nowMs: number): string[] => channelsDue.all(nowMs) as string[],
    /** What is due first in a channel. */
    head: (channelId: string, nowMs: number): DeliveryRow | null => {
      const row = head.get(channelId, nowMs)
      return row ? read(row) : null
    },
    /** Messages, each by its first delivery, that were accepted and of which it is time to ask. */
    unconfirmed: (nowMs: number): DeliveryRow[] => unconfirmed.all(nowMs).map(read),
    /** When the next one is to be sent, but for these channels. */
    nextDueMs: (busy: readonly string[]): number | null => nextDue.get(JSON.stringify(busy)) as number | null,
    /** When to ask next what became of a message that was accepted. */
    nextConfirmMs: (): number | null => nextConfirm.get() as number | null,
    owe: (owed: Owed) => void insert.run(owed),
    /**
     * The deliveries that go as one message with this one: those that were tried with it before; else what is due and
     * alike, or, where its message is an edit of another one, all news of what that one told, due or not: it says the
     * newest state.
     */
    together: (
      first: DeliveryRow,
      nowMs: number,
      { gathers, editedId }: { gathers: boolean; editedId: number | null },
    ): number[] => {
      const groupId = first.groupId ?? first.id
      if (first.isUnsettled) return ofGroup.all(groupId) as number[]
      const { channelId, groupKey, occasion } = first
      if (editedId !== null) return newsOf.all({ channelId, groupId, nowMs, editedId }) as number[]
      if (!gathers) return [first.id]
      const isQuiet = first.held === 'quiet' ? 1 : 0
      return alike.all({ channelId, groupKey, occasion, groupId, nowMs, isQuiet }) as number[]
    },
    /** Writes down that an attempt at a message begins, which these deliveries are part of. */
    claim: (ids: readonly number[], groupId: number, untilMs: number) =>
      void claim.run({ ids: JSON.stringify(ids), groupId, untilMs }),
    /** The deliveries of a message that are not done with. */
    openOf: (groupId: number): number[] => ofGroup.all(groupId) as number[],
    /** The gravest alerts of a message, and how many there are. */
    groupOf: (groupId: number, most: number): { alertIds: string[]; count: number } => ({
      alertIds: gravest.all(groupId, most) as string[],
      count: size.get(groupId) as number,
    }),
    settle: (ids: readonly number[], { failure, isUnsettled, ...settled }: Settled) =>
      void settle.run({
        ...settled,
        ids: JSON.stringify(ids),
        isUnsettled: isUnsettled ? 1 : 0,
        failure: failure && JSON.stringify(failure),
      }),
    /** Ends one that is not even tried. */
    close: (id: number, state: 'failed' | 'dropped', failure: Failure | null) =>
      void close.run({ id, state, failure: failure && JSON.stringify(failure) }),
    /** Names a message: at each attempt the same, and like no other one, not even of another guard. */
    key: (groupId: number): string => key.get(groupId) as string,
    /** The newest receipt of an alert in a channel, and the message whose alerts it speaks of. */
    receipt: (alertId: string, channelId: string): { receipt: string; groupId: number | null } | null => {
      const postId = newestPost.get({ alertId, channelId }) as number | undefined
      const found = receipt.get({ alertId, channelId, postId: postId ?? null }) as
        | { receipt: string; groupId: number | null }
        | undefined
      return found ? { ...found, groupId: postId ?? found.groupId } : null
    },
    /** That of a message, which may be there anew under another one; null where nothing can be edited. */
    receiptOf: (postId: number): string | null => (receiptOf.get({ postId }) as string | null | undefined) ?? null,
    /**
     * Nothing waits for a time that was noted by a clock that ran ahead, and what it noted is moved to when it was. Quiet
     * hours are by the time of day, so what they hold back is not in this.
     */
    rewind: (nowMs: number, byMs: number): void => {
      rewindWaits.run({ nowMs })
      for (const times of rewindTimes) times.run({ nowMs, byMs })
    },
    /** What is held back through quiet hours. */
    quiet: (): DeliveryRow[] => quiet.all().map(read),
    hold: (id: number, untilMs: number) => void hold.run(untilMs, id),
    /** Nothing waits for others to go with. */
    hurry: (nowMs: number) => void hurry.run({ nowMs }),
    /** Quiet hours no longer hold this alert back. */
    release: (alertId: string, channelId: string, nowMs: number) => void release.run({ alertId, channelId, nowMs }),
    /** Until when messages wait that a channel did not take, and why; `failure` is null where an attempt was cut short. */
    backOff(channelId: string, nowMs: number): { untilMs: number; failure: Failure | null } | null {
      const found = backOff.get(channelId, nowMs) as { untilMs: number; failure: string | null } | undefined
      return found ? { ...found, failure: found.failure ? readFailure(found.failure) : null } : null
    },
    /** Order within a channel is kept: what is due, or was tried, waits for the one before it. */
    postpone: (channelId: string, nowMs: number, untilMs: number) => void postpone.run({ channelId, nowMs, untilMs }),
    /** The channel is as good as new: what waits for another attempt waits no longer. */
    resume: (channelId: string, nowMs: number) => void resume.run({ channelId, nowMs }),
    /** The channel leads to another place, where the messages of the old one are not. */
    forgetReceipts: (channelId: string) => void forgetReceipts.run(channelId),
    /** Messages about something that began, which a channel was sent since then. */
    sentSince: (channelId: string, groupKey: string, sinceMs: number): { atMs: number; severity: Severity }[] =>
      (sent.all(channelId, groupKey, sinceMs) as { atMs: number; severity: Severity | null }[]).map((one) => ({
        ...one,
        severity: one.severity ?? 'info',
      })),
    /** When the next message of the kind goes out that was not tried yet; null where none waits. */
    waitsUntil: (channelId: string, groupKey: string): number | null =>
      waiting.get(channelId, groupKey) as number | null,
    /** How many messages a channel took since then, tests among them. */
    sentCount: (channelId: string, sinceMs: number): number => sentCount.get({ channelId, sinceMs }) as number,
    /** What the messages since then cost, by currency; those whose price is not known are not in it. */
    costs: (channelId: string, sinceMs: number) =>
      costs.all({ channelId, sinceMs }) as { currency: string; nanos: bigint }[],
    addAttempt: (groupId: number, atMs: number, outcome: string, failure: Failure | null) =>
      void addAttempt.run(groupId, atMs, outcome, failure && JSON.stringify(failure)),
    /** Every attempt to tell of an alert, by the delivery it was made for. */
    attempts: (alertId: string): Map<number, AttemptRow[]> =>
      Map.groupBy(
        (attempts.all(alertId) as (Omit<AttemptRow, 'failure'> & { failure: string | null })[]).map((row) => ({
          ...row,
          failure: row.failure ? readFailure(row.failure) : null,
        })),
        ({ id }) => id,
      ),
  }
}
