import { randomUUID } from 'node:crypto'
import type { ChannelKind } from '../../shared/channels.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { hourMs, minuteMs, secondMs } from '../../shared/time.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { DeliveriesTable, DeliveryRow } from '../storage/deliveries.ts'
import type { System } from '../system.ts'
import type { Alert } from '../../shared/alerts.ts'
import {
  messageAbout,
  nothingEarlier,
  type Channel,
  type DeliveryOutcome,
  type Earlier,
  type Message,
} from './channels/channel.ts'

export type Outbox = ReturnType<typeof createOutbox>

/** After a day of trying, the message is old news; it stays visible as failed. */
const longestTryMs = 24 * hourMs

/** A command, and a person who watches a test, wait this long for a channel that asked for a moment. */
const patienceMs = 10 * secondMs

/**
 * An attempt that a crash cut short is made again this soon at the latest, within the patience of a command: nobody
 * refused the message, and whether it arrived is not known. Not at once, because the attempt may be what crashes us.
 */
const longestUnsettledMs = 8 * secondMs

/** After a fault of our own, such as a full disk, nothing is sent for this long. */
const restMs = 30 * secondMs

/** Wait before the next attempt: 2 s, 4 s, 8 s, ... up to 5 min, spread by a fifth; a wait the other side named wins. */
export function nextAttemptAt(attempts: number, failure: Failure | null, nowMs: number, random: number): number {
  if (failure?.retryAtMs !== undefined) return Math.max(failure.retryAtMs, nowMs + secondMs)
  const waitMs = Math.min(2 ** attempts * secondMs, 5 * minuteMs)
  return nowMs + Math.round(waitMs * (0.9 + 0.2 * random))
}

/**
 * Sends what is owed, oldest first, one message at a time per channel. A message is marked as delivered only after the
 * channel took it, so a crash in between repeats one rather than losing it. The attempt is written down before it is
 * made: where nothing can be written, nothing is sent, instead of the same message again and again.
 */
export function createOutbox(parts: {
  deliveries: DeliveriesTable
  channels: ChannelsTable
  kinds: Record<ChannelKind, Channel>
  alert(id: string): Alert | null
  system: Pick<System, 'fetch' | 'clock' | 'desktop' | 'secrets' | 'random' | 'log'>
  onSettled(): void
}) {
  const { deliveries, channels, system } = parts
  let running: Promise<DeliveryRow[]> | null = null
  let cancelTimer: (() => void) | null = null
  let stopped = false
  let restUntilMs = 0

  async function attempt(channel: ChannelRow, message: Message, earlier: Earlier): Promise<DeliveryOutcome> {
    const kind = parts.kinds[channel.kind]
    let secret: string | null = null
    if (channel.secretName !== null) {
      const found = await system.secrets.get(channel.secretName)
      if (!found.ok) return { delivered: false, next: 'retry', failure: found.failure }
      if (found.value === null) {
        // A password dialog that somebody closed looks the same, so this is not for good.
        return {
          delivered: false,
          next: 'retry',
          failure: fail(
            'secret-missing',
            `The secret of ${channel.label} is not in the keychain. Unlock the keychain, or add the channel again.`,
          ),
        }
      }
      secret = found.value
    }
    try {
      return await kind.send({ secret, baseUrl: channel.baseUrl, options: channel.options, system }, message, earlier)
    } catch (error) {
      const failure = fail(
        'internal',
        `Telling ${channel.label} failed inside API Spend Guard: ${(error as Error).name}.`,
      )
      return { delivered: false, next: 'retry', failure }
    }
  }

  async function deliver(owed: DeliveryRow): Promise<DeliveryRow> {
    const channel = channels.get(owed.channelId)
    const alert = parts.alert(owed.alertId)
    const attempts = owed.attempts + 1
    if (!channel || !alert || channel.gone) {
      const failure = channel?.lastFailure ?? fail('channel-gone', 'The channel was removed.')
      return settle({ ...owed, state: 'failed', failure })
    }
    const claimedAtMs = system.clock.now()
    deliveries.save({
      ...owed,
      attempts,
      nextAttemptAtMs: Math.min(
        nextAttemptAt(attempts, null, claimedAtMs, system.random()),
        claimedAtMs + longestUnsettledMs,
      ),
    })
    const outcome = await attempt(channel, messageAbout(alert, owed.occasion, String(owed.id)), {
      receipt: deliveries.receipt(owed.alertId, owed.channelId),
      isUnsettled: owed.attempts > 0 && owed.failure === null,
    })
    const nowMs = system.clock.now()
    if (outcome.delivered) {
      channels.noteDelivered(channel.id, nowMs)
      return settle({
        ...owed,
        state: 'delivered',
        attempts,
        deliveredAtMs: nowMs,
        failure: null,
        receipt: outcome.receipt,
      })
    }
    const { failure, next } = outcome
    const tooOld = nowMs - Date.parse(alert.openedAt) > longestTryMs && attempts > 1
    channels.noteFailed(channel.id, failure, next === 'gone')
    system.log.warn('delivery failed', { channel: channel.kind, kind: failure.kind, status: failure.status, attempts })
    if (next !== 'retry' || tooOld) return settle({ ...owed, state: 'failed', attempts, failure })
    return settle({
      ...owed,
      attempts,
      failure,
      nextAttemptAtMs: nextAttemptAt(attempts, failure, nowMs, system.random()),
    })
  }

  function settle(delivery: DeliveryRow): DeliveryRow {
    deliveries.save(delivery)
    parts.onSettled()
    return delivery
  }

  async function drain(): Promise<DeliveryRow[]> {
    const settled: DeliveryRow[] = []
    for (;;) {
      const nowMs = system.clock.now()
      const due = nowMs < restUntilMs ? [] : deliveries.due(nowMs)
      if (due.length === 0 || stopped) return settled
      const byChannel = Map.groupBy(due, (delivery) => delivery.channelId)
      const rounds = [...byChannel.values()].map(async (queue) => {
        for (const owed of queue) {
          const result = await deliver(owed)
          settled.push(result)
          // Order within a channel is kept: what comes later waits for its next attempt too.
          if (result.state === 'pending') return postpone(queue.slice(queue.indexOf(owed) + 1), result.nextAttemptAtMs)
        }
      })
      const failed = (await Promise.allSettled(rounds)).find((round) => round.status === 'rejected')
      if (failed) throw failed.reason
    }
  }

  function postpone(queue: readonly DeliveryRow[], untilMs: number): void {
    for (const owed of queue) deliveries.save({ ...owed, nextAttemptAtMs: untilMs })
  }

  function nextDueMs(): number | null {
    const nextMs = deliveries.nextDueMs()
    return nextMs === null ? null : Math.max(nextMs, restUntilMs)
  }

  function plan(): void {
    cancelTimer?.()
    const nextMs = nextDueMs()
    if (stopped || nextMs === null) return
    cancelTimer = system.clock.after(Math.max(0, nextMs - system.clock.now()), () => void flush())
  }

  /** Sends everything that is due and answers what became of it. Later attempts run on a timer. */
  async function flush(): Promise<DeliveryRow[]> {
    const before = running
    const next = (async () => {
      await before
      try {
        return await drain()
      } catch (error) {
        restUntilMs = system.clock.now() + restMs
        system.log.error('outbox failed', { message: (error as Error).message })
        return []
      }
    })()
    running = next
    try {
      return await next
    } finally {
      if (running === next) running = null
      plan()
    }
  }

  const pause = (ms: number) => new Promise<void>((resolve) => void system.clock.after(ms, resolve))

  /** Like flush, for one who leaves afterwards: a short wait that a channel asked for is waited out. */
  async function flushPatiently(): Promise<DeliveryRow[]> {
    const settled = new Map<number, DeliveryRow>()
    const untilMs = system.clock.now() + patienceMs
    for (;;) {
      for (const delivery of await flush()) settled.set(delivery.id, delivery)
      const nextMs = nextDueMs()
      if (stopped || nextMs === null || nextMs > untilMs) return [...settled.values()]
      // The next flush is this one's, so that its result is ours to tell.
      cancelTimer?.()
      await pause(Math.max(0, nextMs - system.clock.now()))
    }
  }

  /** A test message goes the very path of real ones; a moment that the channel asked for is granted once. */
  async function sendTest(channel: ChannelRow, alert: Alert): Promise<DeliveryOutcome> {
    const message = messageAbout(alert, 'test', randomUUID())
    const outcome = await attempt(channel, message, nothingEarlier)
    const waitMs = outcome.delivered ? null : (outcome.failure.retryAtMs ?? Infinity) - system.clock.now()
    if (waitMs === null || waitMs > patienceMs) return outcome
    await pause(Math.max(0, waitMs))
    return attempt(channel, message, nothingEarlier)
  }

  return {
    flush,
    flushPatiently,
    async test(channel: ChannelRow, alert: Alert): Promise<DeliveryOutcome> {
      const outcome = await sendTest(channel, alert)
      if (outcome.delivered) channels.noteDelivered(channel.id, system.clock.now())
      else channels.noteFailed(channel.id, outcome.failure, outcome.next === 'gone')
      return outcome
    },
    /** The clock was set back: no wait that was noted holds. */
    rewind(nowMs: number): void {
      restUntilMs = 0
      deliveries.rewind(nowMs)
    },
    async stop(): Promise<void> {
      stopped = true
      cancelTimer?.()
      await running
    },
  }
}
