import type { Alert } from '../../shared/alerts.ts'
import { channelFacts, type ChannelKind } from '../../shared/channels.ts'
import type { Owners } from '../ledger/owners.ts'
import type { Pushes } from '../pushes.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { Db } from '../storage/database.ts'
import type { PeopleTable, RoutingTable } from '../storage/routing.ts'
import { createTestMessagesTable } from '../storage/test-messages.ts'
import type { System } from '../system.ts'
import { createAlertBook } from './alert-book.ts'
import { createAttempts } from './attempt.ts'
import { capFailure } from './cap.ts'
import type { Channel, MessageAction } from './channels/channel.ts'
import { createEscalation } from './escalation.ts'
import { createOutbox } from './outbox.ts'
import { sampleAlert } from './sample.ts'
import { createSelfTests } from './self-tests.ts'
import { createTestMessages } from './test-messages.ts'

export type AlertPipeline = ReturnType<typeof createAlertPipeline>

/** From a finding to somebody who knows: the book decides and remembers, the outbox sends, time escalates. */
export function createAlertPipeline(parts: {
  db: Db
  system: Pick<System, 'fetch' | 'clock' | 'desktop' | 'secrets' | 'random' | 'log'>
  kinds: Record<ChannelKind, Channel>
  channels: ChannelsTable
  people: PeopleTable
  routing: RoutingTable
  owners: Owners
  zone(): string
  /** What may be done from a message. */
  actions(alert: Alert, channel: ChannelRow, messageId: number | null): readonly MessageAction[]
  transaction<T>(change: () => T): T
  changed: Pushes['changed']
}) {
  const { system, kinds, channels, zone } = parts
  const now = () => system.clock.now()
  /** What this host and the kind of a channel make of it. */
  const traits = ({ kind }: ChannelRow) => ({
    isHere: kinds[kind].available(system),
    isCostly: channelFacts(kind).costly === true,
    edits: kinds[kind].edits === true,
    skips: kinds[kind].skips,
  })
  const book = createAlertBook(parts.db, {
    owners: parts.owners,
    channels: channels.all,
    people: parts.people.all,
    routing: parts.routing.read,
    zone,
    traits,
  })
  const attempts = createAttempts({ kinds, system })
  const capOf = (channel: ChannelRow) => capFailure(channel, book.deliveries, now(), zone())
  const testTable = createTestMessagesTable(parts.db)
  const tests = createTestMessages({ table: testTable, channels, attempts, capOf, system })
  const outbox = createOutbox({
    deliveries: book.deliveries,
    channels,
    attempts,
    tests,
    edits: ({ kind }) => kinds[kind].edits === true,
    gathersEnds: ({ kind }) => !kinds[kind].edits && !kinds[kind].endsEach,
    alert: book.get,
    actions: parts.actions,
    capOf,
    system,
    onSettled: (state) => {
      parts.changed(['alerts'])
      if (state === 'failed') escalation.lookAgain()
    },
  })
  const escalation = createEscalation({
    clock: system.clock,
    log: system.log,
    book,
    transaction: parts.transaction,
    flush: () => void outbox.flush(),
  })
  const selfTests = createSelfTests({
    clock: system.clock,
    channels: channels.all,
    test: (channel) => tests.test(channel, sampleAlert(now())),
  })
  return {
    book,
    outbox,
    /** Why a channel takes no more messages today; null while it does. */
    capOf,
    async test(channel: ChannelRow) {
      const outcome = await tests.test(channel, sampleAlert(now()))
      // What is left to ask of it is asked by the outbox.
      void outbox.flush()
      return outcome
    },
    traits,
    /** Alerts were judged or changed: the next time that matters may be another. */
    plan: escalation.plan,
    /** Channels, people or routes changed: who hears what may be different. */
    lookAgain(): void {
      escalation.lookAgain()
      parts.changed(['alerts', 'settings'])
    },
    /** A transaction was rolled back: what was noted of it is wrong. */
    reload(): void {
      book.reload()
      parts.routing.forget()
    },
    /** The clock was set back. Part of the caller's transaction; to be followed by another look. */
    rewind(nowMs: number, byMs: number): void {
      outbox.endRest()
      book.rewind(nowMs, byMs)
      testTable.rewind(nowMs)
    },
    start(): void {
      escalation.start()
      selfTests.start()
    },
    async stop(): Promise<void> {
      escalation.stop()
      await selfTests.stop()
      await outbox.stop()
    },
  }
}
