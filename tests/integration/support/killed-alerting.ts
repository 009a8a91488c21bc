import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { referenceOf } from '../../../electron/alerts/channels/sms-text.ts'
import { startDiscord } from '../../emulators/discord.ts'
import { startSms } from '../../emulators/sms.ts'
import { twilioNumber } from '../../emulators/twilio-messages.ts'
import { twilioSid } from '../../emulators/twilio.ts'
import { startWebhook } from '../../emulators/webhook.ts'
import { compileCache } from './cli.ts'

const program = fileURLToPath(new URL('alerting-child.ts', import.meta.url))
const kinds = ['discord', 'webhook', 'sms'] as const
type Kind = (typeof kinds)[number]

export interface AlertingOrders {
  dataDir: string
  channels: { kind: Kind; secret: string; baseUrl: string | null; options: Record<string, string> }[]
  /** Nothing new is found; it ends once everything is told. */
  finish: boolean
}

/** One message that is owed, as the database has it. */
interface Owed {
  channel: Kind
  groupId: number
  /** What the message is called at every attempt. */
  key: string
  occasion: string
  scope: string
  states: string
  isUnsettled: number
  attempts: number
}

/** Where a kill struck, by what it left behind. */
export type Struck = 'between messages' | 'before it arrived' | 'before it was noted'

/** One data folder, three channels, and a pipeline that is killed again and again. */
export async function createKilledAlerting(random: () => number) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'spend-guard-faults-'))
  const [discord, webhook, sms] = await Promise.all([startDiscord(), startWebhook(), startSms()])
  const emulators = [discord, webhook, sms]
  sms.state.looksUntilDelivered = 1
  const channels: AlertingOrders['channels'] = [
    { kind: 'discord', secret: discord.webhookUrl, baseUrl: discord.url, options: {} },
    { kind: 'webhook', secret: webhook.secret, baseUrl: null, options: { url: webhook.receiverUrl } },
    {
      kind: 'sms',
      secret: sms.secret,
      baseUrl: sms.url,
      options: { account_sid: twilioSid, from: twilioNumber, to: '+15005550006', daily_cap: '100000' },
    },
  ]

  function start(finish: boolean): ChildProcess {
    const orders: AlertingOrders = { dataDir, channels, finish }
    const env = { ...process.env, NODE_COMPILE_CACHE: compileCache }
    return spawn(process.execPath, [program, JSON.stringify(orders)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  }

  const ended = (child: ChildProcess) =>
    new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`)))

  function read<T>(question: (db: Database.Database) => T): T {
    const db = new Database(path.join(dataDir, 'spend.sqlite'))
    try {
      return question(db)
    } finally {
      db.close()
    }
  }

  const owed = () =>
    read(
      (db) =>
        db
          .prepare(`SELECT channel_id AS channel, COALESCE(group_id, deliveries.id) AS groupId, occasion, alerts.scope,
            (SELECT lead.alert_id || '-' || lead.id FROM deliveries AS lead
              WHERE lead.id = COALESCE(deliveries.group_id, deliveries.id)) AS key,
            GROUP_CONCAT(DISTINCT deliveries.state) AS states, MAX(unsettled) AS isUnsettled, MAX(attempts) AS attempts
            FROM deliveries JOIN alerts ON alerts.id = alert_id GROUP BY 1, 2`)
          .all() as Owed[],
    )

  /** Posts of Discord, which knows no key, are told apart by whom they are about. */
  const postsAbout = (scope: string) =>
    discord.messages.filter(({ versions }) => JSON.stringify(versions[0]).includes(scope.replace('workspace:', '')))
  const copies: Record<Kind, (message: Owed) => number> = {
    discord: ({ scope }) => postsAbout(scope).length,
    webhook: ({ key }) => webhook.received.filter(({ id }) => id === key).length,
    sms: ({ key }) => sms.sent.filter(({ body }) => body.includes(referenceOf({ key }))).length,
  }

  /** Of a message that was tried for the first time: an answer that was not noted, or none. */
  const struckAt = (cut: Owed[]): Struck => {
    const first = cut.find(({ attempts, occasion }) => attempts === 1 && occasion === 'fired')
    if (!first) return cut.length > 0 ? 'before it arrived' : 'between messages'
    return copies[first.channel](first) > 0 ? 'before it was noted' : 'before it arrived'
  }

  return {
    discord,
    webhook,
    sms,
    owed,
    copies: (message: Owed) => copies[message.channel](message),
    integrity: () => read((db) => db.pragma('integrity_check', { simple: true })),
    alerts: () => read((db) => db.prepare('SELECT id, state FROM alerts').all() as { id: string; state: string }[]),
    /**
     * Runs it and kills it: some time after it began, after it asked somebody for the n-th time, or after it got its
     * n-th answer. In every other round it ends before it is heard, or before it is answered, so that each place is
     * struck also on a machine of another speed. Answers where that struck, and which attempts it cut short.
     */
    async kill(): Promise<{ struck: Struck; cut: Owed[] }> {
      const before = new Set(owedOrNone(owed).map(({ groupId, attempts }) => `${groupId} ${attempts}`))
      const moment = (['begins', 'asked', 'taken', 'taken'] as const)[Math.floor(random() * 4)] ?? 'begins'
      const place = 1 + Math.floor(random() * 6)
      const isExact = random() < 0.5
      const withinMs = isExact ? 0 : { begins: 200, asked: 30, taken: 3 }[moment]
      const waitMs = random() * withinMs
      const child = start(false)
      const end = ended(child)
      const killIn = (ms: number) => void setTimeout(() => child.kill('SIGKILL'), ms)
      let seen = 0
      for (const emulator of emulators)
        emulator.hold(async (at) => {
          const isHere = at === moment && ++seen === place
          if (isHere && (at === 'asked' || isExact)) killIn(waitMs)
          if (isHere && isExact) {
            await end
            if (at === 'asked') emulator.fail({ times: 1, answer: 'reset' })
          } else await sleep(random() * 15)
          if (isHere && at === 'taken') killIn(waitMs)
        })
      child.stdout?.once('data', () => killIn(moment === 'begins' ? waitMs : 2_500))
      const how = await end
      if (how !== 'SIGKILL') throw new Error(`the pipeline ended by itself: ${how}`)
      await sleep(30) // what was on its way arrives
      const cut = owed().filter((one) => one.isUnsettled === 1 && !before.has(`${one.groupId} ${one.attempts}`))
      return { struck: struckAt(cut), cut }
    },
    /** Runs it until everything is told. */
    async finish(): Promise<string> {
      for (const emulator of emulators) emulator.hold(async () => undefined)
      return ended(start(true))
    },
    async stop(): Promise<void> {
      await Promise.all(emulators.map((emulator) => emulator.stop()))
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** Before the first start there is no table. */
function owedOrNone(owed: () => Owed[]): Owed[] {
  try {
    return owed()
  } catch {
    return []
  }
}
