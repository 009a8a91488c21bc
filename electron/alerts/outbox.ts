import type { Alert } from '../../shared/alerts.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { secondMs } from '../../shared/time.ts'
import { nextTurn } from '../breather.ts'
import { wayOf, type ChannelRow, type ChannelsTable } from '../storage/channels.ts'
import type { DeliveriesTable, DeliveryRow, Settled } from '../storage/deliveries.ts'
import type { System } from '../system.ts'
import type { Attempts } from './attempt.ts'
import type { Arrival, DeliveryOutcome, Message, MessageAction } from './channels/channel.ts'
import type { TestMessages } from './test-messages.ts'
import { longestTryMs, nextAttemptAt, nextConfirmAt, unsettledUntil } from './retry.ts'
import { i18n } from '../../shared/words.ts'

export type Outbox = ReturnType<typeof createOutbox>

/** A command, and a person who watches a test, wait this long for a channel that asked for a moment. */
const patienceMs = 10 * secondMs

/** After a fault of our own, such as a full disk, nothing is sent for this long. */
const restMs = 30 * secondMs

/** So many alerts are named in one message; of the rest it says how many there are. */
const mostNamed = 10

/** Whoever asked for a flush is answered with so many deliveries of a message. */
const mostAnswered = 100

/** So many deliveries of a message are written down at a stretch. */
const sliceSize = 200

/** The lane in which it is asked what became of messages; no channel has this id. */
const confirmLane = ''

/** No clock gets there: what is not asked about again. */
const neverMs = 8_640_000_000_000_000

/**
 * Sends what is owed, oldest first, one message at a time per channel; what is due together and alike is one message.
 * A message is marked as delivered only after the channel took it, so a crash in between repeats one rather than losing
 * it. The attempt is written down before it is made: where nothing can be written, nothing is sent, instead of the same
 * message again and again.
 */
export function createOutbox(parts: {
  deliveries: DeliveriesTable
  channels: ChannelsTable
  attempts: Attempts
  /** Whether a message that is there is edited, so that it goes on speaking of all it spoke of. */
  edits(channel: ChannelRow): boolean
  /** Whether alerts that end together are one message. */
  gathersEnds(channel: ChannelRow): boolean
  alert(id: string): Alert | null
  /** What may be done from a message: signed links, where the guard can be reached from outside. */
  actions(alert: Alert, channel: ChannelRow, messageId: number | null): readonly MessageAction[]
  /** Why a channel takes no more messages today; null while it does. */
  capOf(channel: ChannelRow): Failure | null
  system: Pick<System, 'clock' | 'random' | 'log'>
  /** Test messages of which nobody knows yet what became. */
  tests: Pick<TestMessages, 'confirm' | 'nextConfirmMs'>
  /** A message was settled, maybe in vain. */
  onSettled(state: DeliveryRow['state']): void
}) {
  const { deliveries, channels, attempts, system } = parts
  /** What each channel is being told just now, and the asking for what arrived. */
  const lanes = new Map<string, Promise<DeliveryRow[]>>()
  let cancelTimer: (() => void) | null = null
  let stopped = false
  let restUntilMs = 0

  /** What a message says of the alerts it speaks of: its own, or those of the one it edits. */
  function messageOf(
    first: DeliveryRow,
    groupId: number,
    editedId: number | null,
    channel: ChannelRow,
  ): Message | null {
    const messageId = editedId ?? groupId
    const group = deliveries.groupOf(messageId, mostNamed)
    const [lead, ...others] = group.alertIds.flatMap((id) => parts.alert(id) ?? [])
    if (!lead) return null
    return {
      alerts: [lead, ...others],
      more: Math.max(0, group.count - 1 - others.length),
      occasion: first.occasion,
      isDigest: first.held === 'quiet' && first.occasion === 'fired',
      key: deliveries.key(groupId),
      // The gravest of what goes on comes first.
      actions: lead.state === 'resolved' ? [] : parts.actions(lead, channel, group.count === 1 ? null : messageId),
    }
  }

  /** Why it is not even tried. */
  function refusal(
    first: DeliveryRow,
    channel: ChannelRow | null,
  ): { state: 'failed' | 'dropped'; failure: Failure | null } | null {
    if (!channel || channel.gone)
      return {
        state: 'failed',
        failure: channel?.lastFailure ?? fail('channel-gone', i18n.t('The channel was removed.')),
      }
    const alert = parts.alert(first.alertId)
    if (!alert) return { state: 'failed', failure: fail('not-found', i18n.t('The alert is no more.')) }
    const standsIn = first.because === 'escalation' || first.because === 'fallback'
    if (first.attempts === 0 && first.occasion === 'fired' && standsIn && alert.state !== 'firing')
      return { state: 'dropped', failure: null }
    const cap = first.isUnsettled ? null : parts.capOf(channel)
    return cap && { state: 'failed', failure: cap }
  }

  /** Ends what is not even tried. */
  function close(first: DeliveryRow, state: 'failed' | 'dropped', failure: Failure | null): DeliveryRow[] {
    deliveries.close(first.id, state, failure)
    parts.onSettled(state)
    return deliveries.byAlert(first.alertId).filter(({ id }) => id === first.id)
  }

  async function deliver(first: DeliveryRow): Promise<DeliveryRow[]> {
    const channel = channels.get(first.channelId)
    const refused = refusal(first, channel)
    if (refused || !channel) return close(first, refused?.state ?? 'failed', refused?.failure ?? null)
    const claimedAtMs = system.clock.now()
    const tries = first.attempts + 1
    const untilMs = unsettledUntil(tries, claimedAtMs, system.random())
    const groupId = first.groupId ?? first.id
    const newest = deliveries.receipt(first.alertId, channel.id)
    const named = first.editsId === null ? null : deliveries.receiptOf(first.editsId)
    const isOlder = first.editsId !== null && first.editsId !== newest?.groupId
    if (isOlder && named === null) return close(first, 'dropped', null)
    // The message that this one edits in place, and so goes on speaking of; null where it is one of its own.
    const editedId =
      first.occasion !== 'fired' && parts.edits(channel) ? (isOlder ? first.editsId : (newest?.groupId ?? null)) : null
    const gathers = first.occasion === 'fired' || (first.occasion === 'resolved' && parts.gathersEnds(channel))
    const ids = deliveries.together(first, claimedAtMs, { gathers, editedId })
    await inSlices(ids, (slice) => deliveries.claim(slice, groupId, untilMs))
    const message = messageOf(first, groupId, editedId, channel)
    if (!message) return []
    const answer = await attempts.send(channel, message, {
      receipt: isOlder ? named : (newest?.receipt ?? null),
      isUnsettled: first.isUnsettled,
      receiptOf: (alertId) => deliveries.receipt(alertId, channel.id)?.receipt ?? null,
      ...(isOlder ? { isOlder } : {}),
    })
    // Somebody mended the channel meanwhile: that it did not work before says nothing.
    const isMended = wayOf(channels.get(channel.id) ?? channel) !== wayOf(channel)
    const outcome: DeliveryOutcome = answer.delivered || !isMended ? answer : { ...answer, next: 'retry' }
    const nowMs = system.clock.now()
    const settled = settledOf(outcome, { tries, nowMs, random: system.random(), lead: message.alerts[0] })
    if (outcome.delivered) channels.noteDelivered(channel.id, nowMs)
    else {
      const { failure } = outcome
      if (!isMended) channels.noteFailed(channel.id, failure, outcome.next === 'gone')
      system.log.warn('delivery failed', {
        channel: channel.kind,
        kind: failure.kind,
        status: failure.status,
        attempts: tries,
      })
    }
    return settle(groupId, settled, nowMs)
  }

  async function settle(groupId: number, settled: Settled, nowMs: number): Promise<DeliveryRow[]> {
    await inSlices(deliveries.openOf(groupId), (slice) => deliveries.settle(slice, settled))
    deliveries.addAttempt(groupId, nowMs, settled.state, settled.failure)
    parts.onSettled(settled.state)
    return deliveries.inGroup(groupId, mostAnswered)
  }

  async function drainChannel(channelId: string): Promise<DeliveryRow[]> {
    const settled: DeliveryRow[] = []
    for (;;) {
      if (stopped) break
      const nowMs = system.clock.now()
      const first = deliveries.head(channelId, nowMs)
      if (!first) break
      const before = deliveries.backOff(channelId, nowMs)
      if (before && !mayTryAtOnce(before, nowMs)) {
        deliveries.postpone(channelId, nowMs, before.untilMs)
        break
      }
      const rows = await deliver(first)
      settled.push(...rows)
      const waiting = rows.find(({ state }) => state === 'pending')
      if (waiting) {
        // Order within a channel is kept: what comes later waits for its next attempt too.
        const untilMs = before ? Math.max(before.untilMs, waiting.failure?.retryAtMs ?? 0) : waiting.nextAttemptAtMs
        deliveries.postpone(channelId, system.clock.now(), untilMs)
        break
      }
      // The channel is back: what waited for that need not wait any longer.
      if (before && rows.some(({ sentAtMs }) => sentAtMs !== null)) deliveries.resume(channelId, system.clock.now())
    }
    return settled
  }

  /** Asks what became of messages that were accepted. */
  async function confirmSent(nowMs: number): Promise<DeliveryRow[]> {
    const rows: DeliveryRow[] = []
    await parts.tests.confirm(nowMs)
    for (const sent of deliveries.unconfirmed(nowMs)) {
      const channel = channels.get(sent.channelId)
      const arrival: Arrival =
        channel && sent.receipt !== null
          ? await attempts.confirm(channel, sent.receipt)
          : { state: 'arrived', cost: null }
      const settled = arrivalOf(sent, arrival, system.clock.now())
      if (arrival.state === 'lost' && channel) channels.noteFailed(channel.id, arrival.failure, false)
      const groupId = sent.groupId ?? sent.id
      if (arrival.state === 'under-way') deliveries.settle([groupId], settled)
      else rows.push(...(await settle(groupId, settled, system.clock.now())))
    }
    return rows
  }

  /** Runs after what its lane is doing already: one message at a time per channel, and a channel that hangs holds up no other. */
  function inLane(name: string, work: () => Promise<DeliveryRow[]>): Promise<DeliveryRow[]> {
    const mine = (lanes.get(name) ?? Promise.resolve()).then(async () => {
      try {
        return await work()
      } catch (error) {
        restUntilMs = system.clock.now() + restMs
        system.log.error('outbox failed', { message: (error as Error).message })
        return []
      } finally {
        if (lanes.get(name) === mine) lanes.delete(name)
        plan()
      }
    })
    lanes.set(name, mine)
    return mine
  }

  /** Starts everything that is due, each in its lane. */
  function begin(nowMs: number): Promise<DeliveryRow[]>[] {
    const rounds = deliveries.channelsDue(nowMs).map((id) => inLane(id, () => drainChannel(id)))
    const confirmMs = nextConfirmMs()
    if (!lanes.has(confirmLane) && confirmMs !== null && confirmMs <= nowMs)
      rounds.push(inLane(confirmLane, () => confirmSent(system.clock.now())))
    return rounds
  }

  const nextConfirmMs = () => earliest([deliveries.nextConfirmMs(), parts.tests.nextConfirmMs()])

  /** When something is due that no lane is busy with; `all`: also where one is. */
  function nextDueMs(all?: 'all'): number | null {
    const nextMs = earliest([
      deliveries.nextDueMs(all ? [] : [...lanes.keys()]),
      !all && lanes.has(confirmLane) ? null : nextConfirmMs(),
    ])
    return nextMs === null || nextMs === neverMs ? null : Math.max(nextMs, restUntilMs)
  }

  function plan(): void {
    cancelTimer?.()
    const nextMs = nextDueMs()
    if (stopped || nextMs === null) return
    cancelTimer = system.clock.after(Math.max(0, nextMs - system.clock.now()), () => void flush())
  }

  /** Sends everything that is due and answers what became of it. Later attempts run on a timer. */
  async function flush(): Promise<DeliveryRow[]> {
    const settled: DeliveryRow[] = []
    for (;;) {
      const nowMs = system.clock.now()
      const rounds = stopped || nowMs < restUntilMs ? [] : begin(nowMs)
      plan()
      if (rounds.length === 0) return settled
      settled.push(...(await Promise.all(rounds)).flat())
    }
  }

  const pause = (ms: number) => new Promise<void>((resolve) => void system.clock.after(ms, resolve))

  /** Like flush, for one who leaves afterwards: nothing waits for company, and a short wait is waited out. */
  async function flushPatiently(): Promise<DeliveryRow[]> {
    const settled = new Map<number, DeliveryRow>()
    const untilMs = system.clock.now() + patienceMs
    for (;;) {
      deliveries.hurry(system.clock.now())
      for (const delivery of await flush()) settled.set(delivery.id, delivery)
      const nextMs = nextDueMs('all')
      if (stopped || nextMs === null || nextMs > untilMs) return [...settled.values()]
      // The next flush is this one's, so that its result is ours to tell.
      cancelTimer?.()
      await pause(Math.max(0, nextMs - system.clock.now()))
    }
  }

  return {
    flush,
    flushPatiently,
    /** The clock was set back: a rest that was to end later is over. */
    endRest(): void {
      restUntilMs = 0
    },
    async stop(): Promise<void> {
      stopped = true
      cancelTimer?.()
      await Promise.all(lanes.values())
    },
  }
}

/**
 * A channel has one series of attempts, however many messages wait. What is new may try once in between, but not where
 * the channel named a time, nor before a message whose attempt was cut short.
 */
function mayTryAtOnce({ failure }: { failure: Failure | null }, nowMs: number): boolean {
  return failure !== null && (failure.retryAtMs ?? 0) <= nowMs
}

/**
 * A message of thousands of alerts is written down in pieces, and whatever else waits goes in between. A crash between
 * two of them is as one during the attempt: what was claimed is tried again as the same message.
 */
async function inSlices(ids: readonly number[], write: (slice: number[]) => void): Promise<void> {
  for (let from = 0; from < ids.length; from += sliceSize) {
    if (from > 0) await nextTurn()
    write(ids.slice(from, from + sliceSize))
  }
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((one) => one !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** What an attempt makes of the message. */
function settledOf(
  outcome: DeliveryOutcome,
  { tries, nowMs, random, lead }: { tries: number; nowMs: number; random: number; lead: Alert },
): Settled {
  const unsent = {
    sentAtMs: null,
    sentSeverity: null,
    deliveredAtMs: null,
    receipt: null,
    costNanos: null,
    costCurrency: null,
  }
  if (outcome.delivered) {
    const isConfirmed = !outcome.unconfirmed
    return {
      ...unsent,
      state: isConfirmed ? 'delivered' : 'accepted',
      attempts: tries,
      nextAttemptAtMs: isConfirmed ? nowMs : (nextConfirmAt(nowMs, nowMs) ?? neverMs),
      isUnsettled: false,
      sentAtMs: nowMs,
      sentSeverity: lead.severity,
      deliveredAtMs: isConfirmed ? nowMs : null,
      failure: null,
      receipt: outcome.receipt,
    }
  }
  const { failure, next } = outcome
  const isTooOld = nowMs - Date.parse(lead.openedAt) > longestTryMs && tries > 1
  return {
    ...unsent,
    state: next !== 'retry' || isTooOld ? 'failed' : 'pending',
    attempts: tries,
    nextAttemptAtMs: nextAttemptAt(tries, failure, nowMs, random),
    isUnsettled: outcome.mayHaveArrived ?? false,
    failure,
  }
}

/** What the other side says of a message it accepted. */
function arrivalOf(sent: DeliveryRow, arrival: Arrival, nowMs: number): Settled {
  if (arrival.state === 'under-way')
    return { ...sent, nextAttemptAtMs: nextConfirmAt(sent.sentAtMs ?? nowMs, nowMs) ?? neverMs }
  const { cost } = arrival
  return {
    ...sent,
    state: arrival.state === 'arrived' ? 'delivered' : 'failed',
    deliveredAtMs: arrival.state === 'arrived' ? nowMs : null,
    failure: arrival.state === 'lost' ? arrival.failure : null,
    costNanos: cost?.nanos ?? null,
    costCurrency: cost?.currency ?? null,
  }
}
