import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createCommandLine, type CommandLine } from './support/cli.ts'
import { createRandom } from './support/random.ts'
import { createShownWorld, ledgerTotals } from './support/story.ts'

const kills = 40
const seed = Number(process.env['KILL_SEED'] ?? 20_261_118)

/** Limits that differ, so that a message says which budget it is about. Each has a threshold every five per cent. */
const budgets = [
  { limit: '60', scope: 'all' },
  { limit: '61', scope: 'provider:openai' },
  { limit: '62', scope: 'model:gpt-5-mini-2025-08-07' },
]
const steps = Array.from({ length: 20 }, (_, index) => (index + 1) * 5)

const world = createShownWorld()
const line = createCommandLine()
let openai: Emulator
let discord: DiscordEmulator

async function setUp(guard: CommandLine): Promise<void> {
  await guard.json(['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url], openaiKey)
  await guard.json(['channels', 'add', 'discord', '--label', 'Ops'], discord.webhookUrl)
  for (const { limit, scope } of budgets) {
    const thresholds = steps.flatMap((percent) => ['--threshold', `${percent}%:info`])
    const budget = ['budgets', 'set', '--limit', limit, '--scope', scope, '--period', 'rolling24h']
    await guard.json([...budget, ...thresholds])
  }
}

beforeAll(async () => {
  ;[openai, discord] = await Promise.all([startOpenai(world), startDiscord()])
  await setUp(line)
}, 60_000)
afterAll(async () => {
  await Promise.all([openai.stop(), discord.stop()])
  rmSync(line.folder, { recursive: true })
})

/**
 * Runs a guard and kills it: a few milliseconds after it asked the provider for the n-th time, after it told Discord
 * for the n-th time, or, if it never gets there, when it is done. Answers whether it was killed.
 */
async function runAndKill(random: () => number): Promise<boolean> {
  const waitMs = random() * random() * 60
  const [watched, place] =
    random() < 0.5 ? [openai, 1 + Math.floor(random() * 16)] : [discord, 1 + Math.floor(random() * 2)]
  const command = random() < 0.3 ? ['serve', '--no-open', '--poll-every', '2'] : ['poll']
  const child = spawn(process.execPath, line.argumentsOf([...command, '--json']), { env: line.env, stdio: 'ignore' })
  let asked = 0
  let cancel: NodeJS.Timeout | undefined
  watched.onAsked(() => {
    if (++asked === place) cancel = setTimeout(() => child.kill('SIGKILL'), waitMs)
  })
  // A server that has nothing to tell would run for ever.
  const patience = command[0] === 'serve' ? setTimeout(() => child.kill('SIGKILL'), 2_500) : undefined
  const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)))
  clearTimeout(cancel)
  clearTimeout(patience)
  watched.onAsked(() => undefined)
  return signal === 'SIGKILL'
}

function readDatabase<T>(read: (db: Database.Database) => T): T {
  const db = new Database(path.join(line.dataDir, 'spend.sqlite'))
  try {
    return read(db)
  } finally {
    db.close()
  }
}

const recordedPosts = () =>
  readDatabase((db) =>
    Number(
      db
        .prepare(
          "SELECT COUNT(DISTINCT d.group_id) FROM deliveries d JOIN channels c ON c.id = d.channel_id WHERE c.kind = 'discord' AND d.occasion = 'fired' AND d.state = 'delivered'",
        )
        .pluck()
        .get(),
    ),
  )

/** What Discord heard of a budget, in per cent, over all messages and edits. */
function heardPercents(limit: string): number[] {
  const texts = discord.messages.flatMap((message) => message.versions.map((version) => version.embeds[0]?.description))
  const pattern = new RegExp(String.raw`(\d+) ?% of the \$${limit}\.00 budget`, 'g')
  return texts.flatMap((text) => [...(text ?? '').matchAll(pattern)]).map(([, percent]) => Number(percent))
}

describe('a guard that is killed again and again between reading and telling', () => {
  it(`loses nothing and repeats next to nothing (seed ${seed})`, async () => {
    const random = createRandom(seed)
    let killed = 0
    let repeats = 0
    for (let round = 1; round <= kills; round++) {
      world.shownMinutes = Math.round((60 * round) / kills)
      if (await runAndKill(random)) killed++
      expect(readDatabase((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
      // A message that Discord has and the ledger does not know of will be sent again; a kill makes at most one.
      const unrecorded = discord.messages.length - recordedPosts()
      expect(unrecorded - repeats).toBeOneOf([0, 1])
      repeats = unrecorded
    }
    expect(killed).toBeGreaterThan(kills * 0.6)

    expect((await line.run(['poll', '--json'])).code).toBe(0)
    const undisturbed = createCommandLine()
    const told = discord.messages.length
    await setUp(undisturbed)
    await undisturbed.json(['poll'])
    discord.messages.length = told
    expect(await ledgerTotals(line)).toEqual(await ledgerTotals(undisturbed))
    rmSync(undisturbed.folder, { recursive: true })

    type Alert = {
      rule: string
      limit: string
      state: string
      deliveries: { state: string }[]
      history: { note: string }[]
    }
    const alerts = (await line.json<Alert[]>(['alerts', 'list'])).filter((alert) => alert.rule === 'budget')
    expect(alerts.map((alert) => alert.limit).sort()).toEqual(budgets.map((budget) => budget.limit))
    for (const alert of alerts) {
      expect(alert.deliveries.filter((one) => one.state !== 'delivered')).toEqual([])
      const fired = alert.history.flatMap((one) => /(\d+) ?% of/.exec(one.note)?.[1] ?? []).map(Number)
      const heard = heardPercents(alert.limit)
      expect(fired.length).toBeGreaterThan(5)
      for (const percent of fired) expect(heard.some((one) => one >= percent)).toBe(true)
      expect(Math.max(...heard)).toBeGreaterThanOrEqual(95)
    }
    const stillRepeated = discord.messages.length - recordedPosts()
    expect(stillRepeated).toBe(repeats)
    expect(stillRepeated).toBeLessThanOrEqual(killed)
    console.log(`${killed} kills, ${recordedPosts()} messages, ${stillRepeated} repeated`)
  }, 900_000)
})
