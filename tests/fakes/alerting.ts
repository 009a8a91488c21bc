import type { Channel, Earlier, Message } from '../../electron/alerts/channels/channel.ts'
import type { DeliveryOutcome, Arrival } from '../../electron/alerts/channels/channel.ts'
import { createAlertPipeline } from '../../electron/alerts/pipeline.ts'
import type { Finding } from '../../electron/detection/finding.ts'
import { createOwners } from '../../electron/ledger/owners.ts'
import { silentLogger } from '../../electron/logging/logger.ts'
import { createMemorySecrets } from '../../electron/secrets/memory.ts'
import { createAccountsTable } from '../../electron/storage/accounts.ts'
import { createChannelsTable, type ChannelRow } from '../../electron/storage/channels.ts'
import { openMemoryDatabase, type Db } from '../../electron/storage/database.ts'
import { createNamesTable } from '../../electron/storage/names.ts'
import { createPeopleTable, createRoutingTable } from '../../electron/storage/routing.ts'
import type { Alert } from '../../shared/alerts.ts'
import { channelKinds, type ChannelKind } from '../../shared/channels.ts'
import type { Person } from '../../shared/people.ts'
import { plainRouting, type Routing } from '../../shared/routing.ts'
import { createFakeClock } from './clock.ts'

export interface Told {
  channel: string
  atMs: number
  message: Message
  earlier: Earlier
}

/** A budget of that name that is crossed. */
export function testFinding(name: string, change: Partial<Finding> = {}): Finding {
  return {
    identity: `budget:${name}:day:1`,
    rule: 'budget',
    ruleId: name,
    scope: 'all',
    severity: 'critical',
    steps: ['100%'],
    unsure: false,
    amountNanos: 100_000_000_000n,
    limitNanos: 100_000_000_000n,
    currency: 'USD',
    sinceMs: Date.UTC(2026, 10, 18, 20),
    summary: `${name} spent`,
    contributors: [],
    ...change,
  }
}

/** The alert pipeline over a database in memory, with channels that keep what they were told and a clock that is moved. */
export function createTestAlerting(startMs: number, db: Db = openMemoryDatabase()) {
  const clock = createFakeClock(startMs)
  const channels = createChannelsTable(db)
  const people = createPeopleTable(db)
  const routing = createRoutingTable(db)
  const accounts = createAccountsTable(db)
  const told: Told[] = []
  const answers = new Map<string, (message: Message, earlier: Earlier) => DeliveryOutcome>()
  const hanging = new Set<string>()
  const arrivals = new Map<string, () => Arrival>()
  const channel: Channel = {
    available: () => true,
    edits: true,
    skips: [],
    refuse: () => null,
    render: () => null,
    async send({ options }, message, earlier) {
      const label = String(options['as'])
      told.push({ channel: label, atMs: clock.now(), message, earlier })
      if (hanging.has(label)) await new Promise<never>(() => {})
      const edited = message.occasion === 'fired' ? null : earlier.receipt
      return answers.get(label)?.(message, earlier) ?? { delivered: true, receipt: edited ?? `${told.length}` }
    },
    async confirm({ options }) {
      return arrivals.get(String(options['as']))?.() ?? { state: 'arrived', cost: null }
    },
  }
  // A receiver of webhooks cannot change what it was told.
  const { edits: _, ...plain } = channel
  const kindOf = (kind: ChannelKind) => [kind, kind === 'webhook' ? plain : channel] as const
  const open = () =>
    createAlertPipeline({
      db,
      system: {
        fetch,
        // Whatever comes at once comes after a turn, as with real timers.
        clock: { now: clock.now, after: (delayMs, task) => clock.after(Math.max(1, delayMs), task) },
        desktop: null,
        secrets: createMemorySecrets(),
        random: () => 0.5,
        log: silentLogger,
      },
      kinds: Object.fromEntries(channelKinds.map(kindOf)) as Record<ChannelKind, Channel>,
      channels,
      people,
      routing,
      owners: createOwners(accounts, createNamesTable(db)),
      zone: () => 'UTC',
      actions: () => [],
      transaction: (change) => db.transaction(change)(),
      changed: () => undefined,
    })
  let pipeline = open()
  const settle = async () => {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  const judge = (findings: Finding[], cleared: [string, string][]) => {
    db.transaction(() => pipeline.book.accept({ findings, cleared: new Map(cleared) }, clock.now(), clock.now()))()
    pipeline.plan()
    void pipeline.outbox.flush()
  }
  return {
    db,
    clock,
    channels,
    accounts,
    told,
    /** What a channel answers from now on; nothing: it takes everything. */
    answer: (label: string, how: ((message: Message, earlier: Earlier) => DeliveryOutcome) | null) =>
      how ? answers.set(label, how) : answers.delete(label),
    /** From now on it never answers. */
    hang: (label: string) => void hanging.add(label),
    /** As `restart`, but nothing ends first: what was under way is heard of no more. */
    async kill() {
      hanging.clear()
      clock.forget()
      pipeline = open()
      pipeline.start()
      await settle()
    },
    arrive: (label: string, how: () => Arrival) => arrivals.set(label, how),
    add: (label: string, change: { person?: string; kind?: ChannelKind; options?: Record<string, string> } = {}) =>
      channels.insert({
        id: label,
        kind: change.kind ?? 'discord',
        label,
        baseUrl: null,
        options: { as: label, ...change.options },
        secretName: null,
        person: change.person ?? null,
        createdAtMs: startMs + channels.all().length,
      }),
    /** A person changes how a channel is reached. */
    async mend(label: string, change: Partial<Pick<ChannelRow, 'options' | 'secretName' | 'baseUrl'>>) {
      const channel = channels.get(label)
      if (channel) channels.mend({ ...channel, ...change })
      pipeline.book.deliveries.resume(label, clock.now())
      pipeline.lookAgain()
      await settle()
    },
    person: (one: Person) => people.save(one),
    route: (change: Partial<Routing>) => {
      routing.save({ ...plainRouting, ...change })
      pipeline.lookAgain()
    },
    async see(findings: Finding[], cleared: [string, string][] = []) {
      judge(findings, cleared)
      await settle()
    },
    /** Time passes, a step at a time, so that what is sent is sent at its time. */
    async pass(ms: number, stepMs = 1_000) {
      const untilMs = clock.now() + ms
      while (clock.now() < untilMs) {
        clock.advance(Math.min(stepMs, untilMs - clock.now()))
        await settle()
      }
    },
    /** Somebody corrects the clock, and the poller notices. */
    async setBack(ms: number) {
      clock.leap(-ms)
      db.transaction(() => pipeline.rewind(clock.now(), ms))()
      pipeline.lookAgain()
      await settle()
    },
    settle,
    start: () => pipeline.start(),
    /** As the guard does after a transaction that was rolled back. */
    reload: () => pipeline.reload(),
    /** As after a crash or a restart: the memory is gone, the database stays. */
    async restart() {
      await pipeline.stop()
      pipeline = open()
      pipeline.start()
      await settle()
    },
    alerts: (): Alert[] => pipeline.book.list(null, 1_000),
    /** Somebody presses "send test"; time has to pass while it waits for a word. */
    test: (label: string) => {
      const channel = channels.get(label)
      if (!channel) throw new Error(`no channel ${label}`)
      return pipeline.test(channel)
    },
    capOf: (label: string) => {
      const channel = channels.get(label)
      return channel && pipeline.capOf(channel)
    },
    book: () => pipeline.book,
    outbox: () => pipeline.outbox,
    change: async (id: string, act: Parameters<typeof pipeline.book.change>[2]) => {
      db.transaction(() => pipeline.book.change(id, clock.now(), act))()
      pipeline.plan()
      void pipeline.outbox.flush()
      await settle()
    },
    stop: () => pipeline.stop(),
  }
}
