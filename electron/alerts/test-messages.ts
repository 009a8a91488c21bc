import { randomUUID } from 'node:crypto'
import type { Alert } from '../../shared/alerts.ts'
import { triedOnce, type Failure } from '../../shared/failures.ts'
import { secondMs } from '../../shared/time.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { TestMessageRow, TestMessagesTable } from '../storage/test-messages.ts'
import type { System } from '../system.ts'
import type { Attempts } from './attempt.ts'
import { messageAbout, nothingEarlier, type Arrival, type DeliveryOutcome } from './channels/channel.ts'
import { nextConfirmAt } from './retry.ts'

export type TestMessages = ReturnType<typeof createTestMessages>

export interface TestOutcome {
  delivered: boolean
  isConfirmed: boolean
  failure: Failure | null
}

/** Whoever pressed the button waits this long for a channel that asked for a moment, and for the word that it arrived. */
const patienceMs = 10 * secondMs

/** "Send test": one message, the very path of real ones. It counts for the cap of the day, and what it cost is kept. */
export function createTestMessages(parts: {
  table: TestMessagesTable
  channels: ChannelsTable
  attempts: Attempts
  capOf(channel: ChannelRow): Failure | null
  system: Pick<System, 'clock'>
}) {
  const { table, channels, attempts } = parts
  const { clock } = parts.system
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))

  /** A moment that the channel asks for is granted once. */
  async function send(channel: ChannelRow, alert: Alert): Promise<DeliveryOutcome> {
    const message = messageAbout(alert, 'test', randomUUID())
    const outcome = await attempts.send(channel, message, nothingEarlier)
    // Whoever may have it already gets it once.
    if (outcome.delivered || outcome.mayHaveArrived) return outcome
    const waitMs = (outcome.failure.retryAtMs ?? Infinity) - clock.now()
    if (waitMs > patienceMs) return outcome
    await pause(Math.max(0, waitMs))
    return attempts.send(channel, message, nothingEarlier)
  }

  function note(channel: ChannelRow, outcome: DeliveryOutcome): TestMessageRow | null {
    if (!outcome.delivered && !outcome.mayHaveArrived) return null
    const sent = {
      channelId: channel.id,
      sentAtMs: clock.now(),
      receipt: outcome.delivered && outcome.unconfirmed ? outcome.receipt : null,
    }
    const nextConfirmAtMs = sent.receipt === null ? null : nextConfirmAt(sent.sentAtMs, sent.sentAtMs)
    return { ...sent, id: table.add({ ...sent, nextConfirmAtMs }) }
  }

  /** Asks what became of a message, and keeps what it cost. */
  async function ask(channel: ChannelRow, { id, sentAtMs, receipt }: TestMessageRow): Promise<Arrival> {
    const arrival: Arrival =
      receipt === null ? { state: 'arrived', cost: null } : await attempts.confirm(channel, receipt)
    const cost = arrival.state === 'under-way' ? null : arrival.cost
    // What it cost may be known after it arrived.
    const isOpen = arrival.state === 'under-way' || (receipt !== null && cost === null)
    table.settle({
      id,
      nextConfirmAtMs: isOpen ? nextConfirmAt(sentAtMs, clock.now()) : null,
      costNanos: cost?.nanos ?? null,
      costCurrency: cost?.currency ?? null,
    })
    if (arrival.state === 'lost') channels.noteFailed(channel.id, arrival.failure, false)
    if (arrival.state === 'arrived') channels.noteDelivered(channel.id, sentAtMs)
    return arrival
  }

  async function arrivalOf(channel: ChannelRow, sent: TestMessageRow): Promise<Arrival> {
    if (sent.receipt === null) return ask(channel, sent)
    const untilMs = clock.now() + patienceMs
    for (;;) {
      await pause(2 * secondMs)
      const arrival = await ask(channel, sent)
      if (arrival.state !== 'under-way' || clock.now() >= untilMs) return arrival
    }
  }

  return {
    async test(channel: ChannelRow, alert: Alert): Promise<TestOutcome> {
      const cap = parts.capOf(channel)
      if (cap) return { delivered: false, isConfirmed: false, failure: cap }
      const outcome = await send(channel, alert)
      const sent = note(channel, outcome)
      channels.noteTested(channel.id, clock.now())
      if (!outcome.delivered || !sent) {
        const failure = outcome.delivered ? null : triedOnce(outcome.failure)
        if (failure) channels.noteFailed(channel.id, failure, !outcome.delivered && outcome.next === 'gone')
        return { delivered: false, isConfirmed: false, failure }
      }
      const arrival = await arrivalOf(channel, sent)
      if (arrival.state === 'lost') return { delivered: false, isConfirmed: true, failure: arrival.failure }
      channels.noteDelivered(channel.id, sent.sentAtMs)
      return { delivered: true, isConfirmed: arrival.state === 'arrived', failure: null }
    },
    /** Asks about those nobody waits for any more. */
    async confirm(nowMs: number): Promise<void> {
      for (const sent of table.unconfirmed(nowMs)) {
        const channel = channels.get(sent.channelId)
        if (channel) await ask(channel, sent)
        else table.settle({ id: sent.id, nextConfirmAtMs: null, costNanos: null, costCurrency: null })
      }
    },
    nextConfirmMs: table.nextConfirmMs,
  }
}
