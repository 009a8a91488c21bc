import { discord } from '../../../electron/alerts/channels/discord.ts'
import { sms } from '../../../electron/alerts/channels/sms.ts'
import { webhook } from '../../../electron/alerts/channels/webhook.ts'
import type { Channel } from '../../../electron/alerts/channels/channel.ts'
import { createAlertPipeline } from '../../../electron/alerts/pipeline.ts'
import type { Finding } from '../../../electron/detection/finding.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import { silentLogger } from '../../../electron/logging/logger.ts'
import { createMemorySecrets } from '../../../electron/secrets/memory.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { createChannelsTable } from '../../../electron/storage/channels.ts'
import { openDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { beginToSpeak } from '../../../electron/speak.ts'
import { createPeopleTable, createRoutingTable } from '../../../electron/storage/routing.ts'
import type { ChannelKind } from '../../../shared/channels.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { AlertingOrders } from './killed-alerting.ts'

// The real alert pipeline over a real file, a real clock and real sockets: small enough to be started and killed two
// hundred times. What it finds next depends on the database alone, so whoever comes after a kill goes on.

beginToSpeak()
const orders = JSON.parse(process.argv[2] ?? '') as AlertingOrders
/** As that of the host, whose file would bring half of the program along. */
const clock: Clock = {
  now: Date.now,
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}
const opened = openDatabase(orders.dataDir, clock.now())
if (!opened.ok) throw new Error(opened.failure.message)
const { db } = opened.value
const secrets = createMemorySecrets()
const channels = createChannelsTable(db)
const transaction = <T>(change: () => T): T => db.transaction(change).immediate()

for (const { kind, secret, baseUrl, options } of orders.channels) {
  await secrets.set(kind, secret)
  if (channels.get(kind)) continue
  channels.insert({
    id: kind,
    kind,
    label: kind,
    baseUrl,
    options,
    secretName: kind,
    person: null,
    createdAtMs: clock.now(),
  })
}

const kinds: Partial<Record<ChannelKind, Channel>> = { discord, webhook, sms }
const pipeline = createAlertPipeline({
  db,
  system: { fetch, clock, desktop: null, secrets, random: Math.random, log: silentLogger },
  kinds: kinds as Record<ChannelKind, Channel>,
  channels,
  people: createPeopleTable(db),
  routing: createRoutingTable(db),
  owners: createOwners(createAccountsTable(db), createNamesTable(db)),
  zone: () => 'UTC',
  actions: () => [],
  transaction,
  changed: () => undefined,
})

const count = (rest: string) => Number(db.prepare(`SELECT COUNT(*) FROM ${rest}`).pluck().get())
/** Alerts that everybody was told of, but for the newest few. */
const told = db
  .prepare(`SELECT identity FROM alerts WHERE state = 'firing' AND NOT EXISTS (SELECT 1 FROM deliveries
    WHERE alert_id = alerts.id AND state = 'pending') ORDER BY rowid DESC LIMIT 100 OFFSET 2`)
  .pluck()

/** Two alerts of a client of their own: one message, which waits for no other. */
function findingsOf(step: number): Finding[] {
  return ['a', 'b'].map((letter) => ({
    identity: `budget:${step}${letter}:day:1`,
    rule: 'budget',
    ruleId: `${step}${letter}`,
    scope: `workspace:client-${step}-end`,
    severity: 'critical',
    steps: ['100%'],
    unsure: false,
    amountNanos: 100_000_000_000n,
    limitNanos: 100_000_000_000n,
    currency: 'USD',
    sinceMs: Date.UTC(2026, 10, 18),
    summary: `Budget ${step}${letter} is spent`,
    contributors: [],
  }))
}

/** Finds something new whenever there is little left to tell, and lets end what was told. */
function look(): void {
  if (count("deliveries WHERE state = 'pending' AND attempts = 0") > 8) return
  transaction(() => {
    const cleared = new Map((told.all() as string[]).map((identity) => [identity, 'over'] as const))
    const findings = orders.finish ? [] : findingsOf(count('alerts') / 2)
    pipeline.book.accept({ findings, cleared }, clock.now(), clock.now())
  })
  pipeline.plan()
  void pipeline.outbox.flush()
}

process.stdout.write('begins\n')
pipeline.start()
if (!orders.finish) look()
const timer = setInterval(() => {
  if (!orders.finish) return look()
  if (count("deliveries WHERE state = 'pending'") > 0) return
  clearInterval(timer)
  void pipeline.stop().then(() => opened.value.close())
}, 15)
