import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import { createMemorySecrets } from '../../electron/secrets/memory.ts'
import type { SecretStore } from '../../electron/secrets/secret-store.ts'
import { fail } from '../../shared/failures.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { err } from '../../shared/result.ts'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import { createTestSystem } from '../fakes/system.ts'

describe('a channel that is changed in place', () => {
  let discord: DiscordEmulator
  let other: DiscordEmulator
  let secrets: SecretStore & { names: Set<string>; isLocked: boolean }
  let guard: Guard

  beforeEach(async () => {
    discord = await startDiscord()
    other = await startDiscord()
    secrets = watched(createMemorySecrets())
    const opened = createGuard(createTestSystem({ secrets }))
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
  })
  afterEach(async () => {
    await guard.stop()
    await discord.stop()
    await other.stop()
  })

  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  const addDiscord = () => ask('channels:add', { kind: 'discord', label: 'Ops', secret: discord.webhookUrl })
  const addText = () =>
    ask('channels:add', {
      kind: 'sms',
      label: 'Night phone',
      secret: `AC${'0'.repeat(32)}:${'f'.repeat(32)}`,
      options: { to: '+15005550006', from: '+15005550010', daily_cap: '2' },
    })
  const channelNow = async (id: string) => (await ask('channels:list', {})).find((one) => one.id === id)

  it('takes a new secret in place of the old one, which is forgotten, and keeps its routes', async () => {
    const { id } = await addDiscord()
    await ask('routing:set', { matrix: { [id]: { info: 'never' } } })
    const before = new Set(secrets.names)
    discord.deleteWebhook()
    await ask('channels:test', { id })
    expect(await channelNow(id)).toMatchObject({ state: 'gone' })

    const changed = await ask('channels:change', { id, secret: other.webhookUrl })
    expect(changed).toMatchObject({ id, label: 'Ops', state: 'ok', lastFailure: null })
    expect(JSON.stringify(changed)).not.toContain('emulated-token')
    expect(secrets.names.size).toBe(before.size)
    expect(secrets.names).not.toEqual(before)
    expect((await ask('routing:get', {})).matrix).toEqual({ [id]: { info: 'never' } })
    expect(await ask('channels:test', { id })).toMatchObject({ delivered: true })
    expect(other.messages).toHaveLength(1)
  })

  it('keeps the old secret where the new one is none, or cannot be kept', async () => {
    const { id } = await addDiscord()
    await expect(ask('channels:change', { id, secret: 'https://example.com' })).rejects.toThrow(/webhook URL/)
    secrets.isLocked = true
    await expect(ask('channels:change', { id, secret: other.webhookUrl })).rejects.toThrow(/locked/)
    secrets.isLocked = false
    await ask('channels:test', { id })
    expect([discord.messages.length, other.messages.length]).toEqual([1, 0])
  })

  it('changes the options it is told and leaves the others; an empty one is taken away', async () => {
    const { id } = await addText()
    expect(await ask('channels:change', { id, options: { daily_cap: '20' } })).toMatchObject({
      options: { to: '+15005550006', from: '+15005550010', daily_cap: '20' },
      dailyCap: 20,
    })
    expect(await ask('channels:change', { id, options: { daily_cap: '' } })).toMatchObject({
      options: { to: '+15005550006', from: '+15005550010' },
      dailyCap: 10,
    })
  })

  it.each([
    [{ options: { to: '' } }, /needs the option to/],
    [{ options: { to: '5005550006' } }, /one number with its country/],
    [{ options: { daily_cap: 'many' } }, /whole number/],
    [{ options: { colour: 'red' } }, /no option colour/],
  ])('refuses %j in the words of adding', async (change, words) => {
    const { id } = await addText()
    await expect(ask('channels:change', { id, ...change })).rejects.toThrow(words)
    expect(await channelNow(id)).toMatchObject({ options: { to: '+15005550006', daily_cap: '2' } })
  })

  it('sends a kept secret nowhere else: another address wants it again', async () => {
    const text = await addText()
    await expect(ask('channels:change', { id: text.id, baseUrl: other.url })).rejects.toThrow(/secret again/)
    const secret = `AC${'0'.repeat(32)}:${'e'.repeat(32)}`
    expect(await ask('channels:change', { id: text.id, baseUrl: other.url, secret })).toMatchObject({
      baseUrl: other.url,
    })
    const mail = await ask('channels:add', {
      kind: 'email',
      label: 'Mail',
      secret: 'an app password',
      options: { host: 'smtp.example.com', from: 'a@example.com', to: 'b@example.com', username: 'a@example.com' },
    })
    const elsewhere = { id: mail.id, options: { host: 'smtp.example.net' } }
    await expect(ask('channels:change', elsewhere)).rejects.toThrow(/secret again/)
    expect(await ask('channels:change', { id: mail.id, options: { to: 'c@example.com' } })).toMatchObject({
      options: { host: 'smtp.example.com', to: 'c@example.com' },
    })
  })

  it('is called otherwise without a look into a locked keychain', async () => {
    const { id } = await addDiscord()
    secrets.isLocked = true
    expect(await ask('channels:change', { id, label: 'Office' })).toMatchObject({ label: 'Office' })
  })

  it('has routes that two may change, and neither undoes the other', async () => {
    const { id } = await addDiscord()
    const mine = await ask('routing:get', {})
    const theirs = await ask('routing:set', { ...mine, matrix: { [id]: { info: 'never' } } })
    expect(theirs.revision).not.toBe(mine.revision)
    await expect(ask('routing:set', { ...mine, fallbackMinutes: 3 })).rejects.toThrow(/changed the routes meanwhile/)
    expect(await ask('routing:get', {})).toEqual(theirs)
    expect(await ask('routing:set', { ...theirs, fallbackMinutes: 3 })).toMatchObject({ fallbackMinutes: 3 })
  })

  it('goes on reaching somebody who is called otherwise from now on', async () => {
    await ask('people:save', { name: 'Anna', zone: 'Europe/Berlin' })
    const { id } = await addDiscord()
    await ask('channels:change', { id, person: 'Anna' })
    await ask('people:save', { name: 'Annabel', was: 'Anna', zone: 'Europe/Berlin' })
    expect((await ask('people:list', {})).map(({ name }) => name)).toEqual(['Annabel'])
    expect(await channelNow(id)).toMatchObject({ person: 'Annabel' })
    await ask('people:save', { name: 'Ben' })
    await expect(ask('people:save', { name: 'Ben', was: 'Annabel' })).rejects.toThrow(/already/)
    await expect(ask('people:save', { name: 'Carl', was: 'Nobody' })).rejects.toThrow(/nobody called Nobody/)
    expect((await ask('people:list', {})).map(({ name }) => name)).toEqual(['Annabel', 'Ben'])
  })

  it('takes neither secret nor address where it is part of this computer', async () => {
    await expect(ask('channels:change', { id: 'desktop', secret: 'x' })).rejects.toThrow(/part of this computer/)
    expect(await ask('channels:change', { id: 'desktop', label: 'Mine' })).toMatchObject({ label: 'Mine' })
  })
})

/** Says which secrets there are, and can be locked. */
function watched(store: SecretStore): SecretStore & { names: Set<string>; isLocked: boolean } {
  const names = new Set<string>()
  const locked = fail('keychain-locked', 'The keychain is locked.')
  const self = {
    ...store,
    names,
    isLocked: false,
    get: async (name: string) => (self.isLocked ? err(locked) : store.get(name)),
    async set(name: string, secret: string) {
      if (self.isLocked) return err(locked)
      names.add(name)
      return store.set(name, secret)
    },
    async delete(name: string) {
      if (self.isLocked) return err(locked)
      names.delete(name)
      return store.delete(name)
    },
  }
  return self
}
