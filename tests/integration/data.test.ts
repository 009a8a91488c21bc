import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReopeningGuard, type ReopeningGuard } from '../../electron/reopening.ts'
import { createMemorySecrets } from '../../electron/secrets/memory.ts'
import type { Backup, DataState } from '../../shared/data.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { startDiscord } from '../emulators/discord.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createTestSystem } from '../fakes/system.ts'
import { createCommandLine } from './support/cli.ts'
import { createShownWorld } from './support/story.ts'

// Some of them start several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

describe('the data of a guard', () => {
  const world = createShownWorld()
  world.shownMinutes = 60
  let openai: Emulator
  let system: ReturnType<typeof createTestSystem>
  let guard: ReopeningGuard

  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`)
    return answer.value
  }
  const add = (label: string) =>
    ask('accounts:add', { provider: 'openai', label, baseUrl: openai.url, secret: openaiKey })
  const secretNames: string[] = []

  beforeEach(async () => {
    openai = await startOpenai(world)
    const secrets = createMemorySecrets()
    secretNames.length = 0
    system = createTestSystem({
      secrets: {
        ...secrets,
        set: async (name, secret) => {
          secretNames.push(name)
          return secrets.set(name, secret)
        },
      },
    })
    const opened = createReopeningGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
  })
  afterEach(async () => {
    await guard.stop()
    await openai.stop()
    rmSync(system.dataDir, { recursive: true, force: true })
  })

  it('is put back from a backup while pages go on to hear of it, and what was there can be put back too', async () => {
    await add('First')
    await ask('budgets:set', { limit: '10', period: 'day', scope: 'all' })
    const heard: string[] = []
    guard.on('changed', ({ what }) => heard.push(...what))
    const [backup] = (await ask('data:back-up', {})).backups
    await add('Second')
    await ask('budgets:remove', { id: (await ask('budgets:list', {}))[0]?.id ?? '' })

    heard.length = 0
    const restored = await ask('data:restore', { name: backup?.name ?? '' })
    expect(heard).toEqual(expect.arrayContaining(['accounts', 'settings']))
    expect((await ask('accounts:list', {})).map(({ label }) => label)).toEqual(['First'])
    expect(await ask('budgets:list', {})).toHaveLength(1)
    expect(await ask('polls:run', {})).toMatchObject({ accounts: [{ label: 'First', ok: true }] })

    heard.length = 0
    await ask('data:restore', { name: restored.backups[0]?.name ?? '' })
    expect((await ask('accounts:list', {})).map(({ label }) => label)).toEqual(['First', 'Second'])
    expect(await ask('polls:run', {})).toMatchObject({ accounts: [{ ok: true }, { ok: true }] })
    expect(heard.length).toBeGreaterThan(0)
  })

  it('restores the oldest of five, although the one that is made before needs its room', async () => {
    for (const label of ['1', '2', '3', '4', '5']) {
      await add(label)
      await ask('data:back-up', {})
      system.leap(1_000)
    }
    const oldest = (await ask('data:get', {})).backups.at(-1)
    await ask('data:restore', { name: oldest?.name ?? '' })
    expect((await ask('accounts:list', {})).map(({ label }) => label)).toEqual(['1'])
  })

  it('leaves everything as it is when the backup is damaged or not there', async () => {
    await add('First')
    const [backup] = (await ask('data:back-up', {})).backups
    const file = path.join(system.dataDir, 'backups', backup?.name ?? '')
    writeFileSync(file, readFileSync(file).fill(7, 4_096, 20_000))
    for (const name of [backup?.name ?? '', 'spend-2020.sqlite', '../spend.sqlite']) {
      const answer = await guard.call('data:restore', { name })
      expect(answer.ok).toBe(false)
    }
    expect((await ask('accounts:list', {})).map(({ label }) => label)).toEqual(['First'])
  })

  it('does not send later what it was about to send when the backup was made', async () => {
    const discord = await startDiscord()
    await ask('channels:add', { kind: 'discord', label: 'D', secret: discord.webhookUrl })
    await discord.stop()
    await add('First')
    await ask('budgets:set', { limit: '0.01', period: 'month', scope: 'all' })
    await ask('polls:run', {})
    const toDiscord = async () =>
      (await ask('alerts:list', { state: 'open' }))
        .flatMap(({ deliveries }) => deliveries)
        .filter(({ channel }) => channel === 'D')
        .map(({ state }) => state)
    expect(await toDiscord()).toEqual(['pending'])
    const [backup] = (await ask('data:back-up', {})).backups
    await ask('data:restore', { name: backup?.name ?? '' })
    expect(await toDiscord()).toEqual(['dropped'])
  })

  it('is deleted to the last key, also those of accounts that only a backup knows', async () => {
    await add('First')
    const [backup] = (await ask('data:back-up', {})).backups
    await add('Second')
    await ask('data:restore', { name: backup?.name ?? '' })
    writeFileSync(path.join(system.dataDir, 'notes.txt'), 'mine')
    mkdirSync(path.join(system.dataDir, 'incoming'), { recursive: true })

    expect(await guard.call('data:erase', { confirm: 'yes' })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-input', message: expect.stringContaining('delete everything') as string },
    })
    const erased = await ask('data:erase', { confirm: ' Delete everything ' })
    expect(erased.stays.join('\n')).toContain('notes.txt')
    for (const name of secretNames) expect(await system.secrets.get(name)).toEqual({ ok: true, value: null })
    expect(secretNames.filter((name) => name.startsWith('account:'))).toHaveLength(2)
    expect(readdirSync(system.dataDir)).toEqual(['notes.txt'])
    expect(await guard.call('status:get', {})).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
    await guard.erased
  })

  it('stays whole when its keys cannot be deleted', async () => {
    await add('First')
    const locked = { ok: false as const, failure: { kind: 'keychain-locked' as const, message: 'Unlock it.' } }
    const check = system.secrets.check
    system.secrets.check = async () => locked
    expect(await guard.call('data:erase', { confirm: 'delete everything' })).toEqual(locked)
    system.secrets.check = check
    expect((await ask('accounts:list', {})).map(({ label }) => label)).toEqual(['First'])
  })
})

describe('the data folder by command line', () => {
  const line = createCommandLine()
  let openai: Emulator
  beforeEach(async () => {
    openai = await startOpenai(createShownWorld())
    await line.json(['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url], openaiKey)
  })
  afterEach(async () => {
    await openai.stop()
    rmSync(line.dataDir, { recursive: true, force: true })
  })

  it('is backed up and restored, also through the guard that serves it', async () => {
    const made = await line.json<Backup>(['backups', 'create'])
    await line.json(['accounts', 'add', 'openai', '--label', 'Other', '--base-url', openai.url], openaiKey)
    const served = await line.serve()
    const state = await line.json<DataState>(['backups', 'restore', made.name])
    expect(state.backups.map(({ name }) => name)).toContain(made.name)
    expect(await line.json(['accounts', 'list'])).toMatchObject([{ label: 'Acme' }])
    served.child.kill('SIGTERM')
    await served.ended
    expect(await line.json(['accounts', 'list'])).toMatchObject([{ label: 'Acme' }])
  })

  it('is gone after erase, and only with an explicit yes', async () => {
    await line.json(['backups', 'create'])
    expect(await line.run(['erase'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') as string })
    expect(existsSync(path.join(line.dataDir, 'spend.sqlite'))).toBe(true)
    expect(await line.run(['erase', '--yes'])).toMatchObject({ code: 0, stderr: '' })
    expect(existsSync(line.dataDir)).toBe(false)
  })

  it('is gone also while a guard serves it, which ends by itself', async () => {
    const served = await line.serve()
    expect(await line.run(['erase', '--yes', '--json'])).toMatchObject({ code: 0 })
    expect(await served.ended).toBe(0)
    expect(existsSync(line.dataDir)).toBe(false)
  })

  it('can be deleted when its database cannot be opened any more', async () => {
    writeFileSync(path.join(line.dataDir, 'spend.sqlite'), 'no database')
    rmSync(path.join(line.dataDir, 'backups'), { recursive: true, force: true })
    const erased = await line.run(['erase', '--yes'])
    expect(erased).toMatchObject({ code: 0 })
    expect(erased.stdout).toContain('spend.sqlite')
    expect(existsSync(line.dataDir)).toBe(false)
  })
})
