import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../electron/storage/database.ts'
import { fail } from '../../shared/failures.ts'
import { minuteMs, secondMs } from '../../shared/time.ts'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createTestAlerting } from '../fakes/alerting.ts'
import { stormOf } from '../fakes/storm.ts'
import { createCommandLine } from './support/cli.ts'
import { createKilledAlerting, type Struck } from './support/killed-alerting.ts'
import { createRandom } from './support/random.ts'
import { createShownWorld } from './support/story.ts'
import { mountSmallDisk } from './support/small-disk.ts'

// What each fault must leave untouched: docs/test-cases.md.

const kills = Number(process.env['KILLS'] ?? 200)
const seed = Number(process.env['KILL_SEED'] ?? 20_261_125)
/** Side by side, each with a data folder and channels of its own: a start takes longer than what is killed. */
const lanes = 4

describe('an alert pipeline that is killed again and again between finding and telling', () => {
  let worlds: Awaited<ReturnType<typeof createKilledAlerting>>[]
  beforeAll(async () => {
    worlds = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => createKilledAlerting(createRandom(seed + lane))),
    )
  })
  afterAll(() => Promise.all(worlds.map((world) => world.stop())))

  it(`loses nothing, and repeats only what nobody can tell from news (seed ${seed})`, async () => {
    const struck: Record<Struck, number> = { 'between messages': 0, 'before it arrived': 0, 'before it was noted': 0 }
    const total = { alerts: 0, discord: 0, webhook: 0, sms: 0 }
    const repeated = { discord: 0, webhook: 0, sms: 0 }
    await Promise.all(
      worlds.map(async (world) => {
        let cutPosts = 0
        for (let round = 0; round < kills / lanes; round++) {
          const { struck: where, cut } = await world.kill()
          struck[where]++
          expect(world.integrity()).toBe('ok')
          // One message at a time per channel, so a kill cuts short one attempt of each at most.
          const channels = cut.map(({ channel }) => channel)
          expect(channels).toEqual([...new Set(channels)])
          if (channels.includes('discord')) cutPosts++
        }
        expect(await world.finish()).toBe('exit code 0')
        expect(world.integrity()).toBe('ok')

        const owed = world.owed()
        const fired = owed.filter(({ occasion }) => occasion === 'fired')
        total.alerts += world.alerts().length
        expect(owed.filter(({ states }) => states !== 'delivered' && states !== 'accepted')).toEqual([])
        // Two alerts a message, each told to every channel.
        for (const channel of ['discord', 'webhook', 'sms'] as const)
          expect(new Set(fired.filter((one) => one.channel === channel).map(({ scope }) => scope)).size).toBe(
            world.alerts().length / 2,
          )
        for (const message of owed) {
          // The end of an alert edits its post at Discord.
          if (message.channel === 'discord' && message.occasion !== 'fired') continue
          const copies = world.copies(message)
          expect({ ...message, copies }).toMatchObject({ copies: message.channel === 'sms' ? 1 : expect.any(Number) })
          expect(copies).toBeGreaterThan(0)
          total[message.channel]++
          repeated[message.channel] += copies - 1
        }
        const postsRepeated = fired
          .filter(({ channel }) => channel === 'discord')
          .reduce((sum, message) => sum + world.copies(message) - 1, 0)
        expect(postsRepeated).toBeLessThanOrEqual(cutPosts)
        expect(world.sms.sent).toHaveLength(owed.filter(({ channel }) => channel === 'sms').length)
        const bodies = Map.groupBy(world.webhook.received, ({ id }) => id)
        for (const same of bodies.values()) expect(new Set(same.map(({ body }) => body)).size).toBe(1)
        expect(bodies.size).toBe(owed.filter(({ channel }) => channel === 'webhook').length)
      }),
    )
    for (const count of Object.values(struck)) expect(count).toBeGreaterThan(kills / 20)
    console.log(`${kills} kills ${JSON.stringify({ struck, total, repeated })}`)
  }, 600_000)
})

const evening = Date.UTC(2026, 10, 18, 21)

/** The pipeline over a real file, with channels that keep what they are told and a clock that is moved. */
function openAlerting(dataDir: string) {
  const opened = openDatabase(dataDir, evening)
  if (!opened.ok) throw new Error(opened.failure.message)
  return { db: opened.value.db, world: createTestAlerting(evening, opened.value.db), close: opened.value.close }
}

describe('10,000 alerts in a minute', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'spend-guard-storm-'))
  afterAll(() => rmSync(dataDir, { recursive: true }))

  it('are few messages that count them all, the gravest first, and their end is one', async () => {
    const { world, close } = openAlerting(dataDir)
    world.add('ops')
    world.add('hook', { kind: 'webhook' })
    world.start()
    const findings = stormOf(10_000)
    for (let second = 1; second <= 60; second += 10) {
      await world.see(findings.slice(0, Math.ceil((10_000 * second) / 51)))
      await world.pass(10 * secondMs)
    }
    await world.pass(11 * minuteMs, 10 * secondMs)
    expect(world.book().open()).toHaveLength(10_000)
    for (const label of ['ops', 'hook']) {
      const messages = world.told.filter(({ channel }) => channel === label).map(({ message }) => message)
      expect(messages.length).toBeLessThanOrEqual(8)
      expect(messages.every(({ alerts }) => alerts.length <= 10)).toBe(true)
      expect(messages.reduce((sum, { alerts, more }) => sum + alerts.length + more, 0)).toBe(10_000)
      const critical = messages.filter(({ alerts }) => alerts.some(({ severity }) => severity === 'critical'))
      expect(critical.map(({ alerts }) => alerts[0].ruleId)).toEqual(['b5000'])
    }

    world.told.length = 0
    await world.see(
      [],
      findings.map(({ identity }) => [identity, 'over']),
    )
    await world.pass(minuteMs, secondMs)
    expect(world.book().open()).toEqual([])
    const ends = world.told.filter(({ channel }) => channel === 'hook').map(({ message }) => message)
    expect(ends.map(({ occasion, alerts, more }) => [occasion, alerts.length + more])).toEqual([['resolved', 10_000]])
    // Each post that told of them is edited, once.
    expect(world.told.filter(({ channel }) => channel === 'ops').length).toBeLessThanOrEqual(8)
    await world.stop()
    close()
  }, 300_000)
})

const postsOf = ({ messages }: DiscordEmulator) => messages.map(({ versions }) => versions[0]?.embeds[0]?.description)

const disk = mountSmallDisk() ?? ''

describe.runIf(disk !== '')('a disk that is full', () => {
  const filler = path.join(disk, 'filler')
  const fill = (leave: number) => {
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { stdio: 'ignore' })
    if (leave > 0) truncateSync(filler, statSync(filler).size - leave)
  }

  it('sends nothing again and again, and what is owed once there is room', async () => {
    const { db, world, close } = openAlerting(path.join(disk, 'data'))
    world.add('ops')
    world.start()
    const [first, second] = stormOf(2)
    if (!first || !second) expect.fail('no findings')
    world.answer('ops', () => ({ delivered: false, next: 'retry', failure: fail('offline', 'No connection.') }))
    await world.see([first])
    expect(world.told).toHaveLength(1)
    world.answer('ops', null)

    db.pragma('wal_checkpoint(TRUNCATE)')
    fill(0)
    await expect(world.see([first, second])).rejects.toThrow('database or disk is full')
    world.reload()
    await world.pass(10 * minuteMs, 10 * secondMs)
    expect(world.told).toHaveLength(1)

    rmSync(filler)
    // The next look at spend finds again what could not be written.
    await world.see([first, second])
    await world.pass(2 * minuteMs, secondMs)
    const told = world.told.slice(1).flatMap(({ message }) => message.alerts.map(({ ruleId }) => ruleId))
    expect(told.toSorted()).toEqual(['b0', 'b1'])
    expect(world.alerts().flatMap(({ deliveries }) => deliveries.map(({ state }) => state))).toEqual([
      'delivered',
      'delivered',
    ])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    await world.stop()
    close()
  })

  it('is said in words by every command that cannot write, and tells nobody the same again', async () => {
    const world = createShownWorld()
    world.shownMinutes = 60
    const [openai, discord] = await Promise.all([startOpenai(world), startDiscord()])
    const outside = createCommandLine()
    const line = createCommandLine('vault', {
      dataDir: path.join(disk, 'guard'),
      passphraseFile: outside.passphraseFile,
    })
    await line.json(['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url], openaiKey)
    await line.json(['poll'])
    await line.json(['channels', 'add', 'discord', '--label', 'Ops'], discord.webhookUrl)
    discord.fail({ times: 1, answer: { status: 503, json: {} } })
    await line.json(['budgets', 'set', '--limit', '20', '--period', 'rolling24h'])
    fill(0)
    const asked = discord.asked.length
    for (let round = 0; round < 2; round++) {
      const full = await line.run(['poll', '--json'])
      expect(full.code).not.toBe(0)
      expect(full.stdout + full.stderr).toMatch(/disk-full/)
    }
    expect(discord.asked.length).toBe(asked)
    rmSync(filler)
    await line.json(['poll'])
    // That it is spent fast, and the budget.
    expect(postsOf(discord)).toEqual([...new Set(postsOf(discord))])
    expect(postsOf(discord).join()).toContain('of the $20.00 budget')
    await Promise.all([openai.stop(), discord.stop()])
    for (const folder of [outside.folder, line.folder]) rmSync(folder, { recursive: true })
  }, 120_000)
})

describe('two guards that are started at once on one data folder', () => {
  it('are one: the other says so, and every message is sent once', async () => {
    const world = createShownWorld()
    world.shownMinutes = 60
    const [openai, discord] = await Promise.all([startOpenai(world), startDiscord()])
    const line = createCommandLine()
    await line.json(['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url], openaiKey)
    await line.json(['channels', 'add', 'discord', '--label', 'Ops'], discord.webhookUrl)
    discord.fail({ times: 1, answer: { status: 503, json: {} } })
    await line.json(['budgets', 'set', '--limit', '20', '--period', 'rolling24h'])

    const [first, second] = await Promise.allSettled([line.serve(), line.serve()])
    const [served] = [first, second].filter((one) => one.status === 'fulfilled')
    const [refused] = [first, second].filter((one) => one.status === 'rejected')
    expect(String(refused?.reason)).toContain('data-folder-busy')
    // Whoever only asks something is answered by the one that runs.
    await Promise.all([line.json(['poll']), line.json(['poll'])])
    await expect.poll(() => postsOf(discord).join(), { timeout: 20_000 }).toContain('of the $20.00 budget')
    await line.json(['poll'])
    expect(postsOf(discord)).toEqual([...new Set(postsOf(discord))])
    served?.value.child.kill('SIGKILL')
    await served?.value.ended
    await Promise.all([openai.stop(), discord.stop()])
    rmSync(line.folder, { recursive: true })
  }, 120_000)
})
