import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forkKeychain } from '../../electron/secrets/fork-keychain.ts'
import { createKeychain, explain, type KeychainProcess } from '../../electron/secrets/keychain.ts'
import type { SecretStore } from '../../electron/secrets/secret-store.ts'
import { startOpenai, openaiKey } from '../emulators/openai.ts'
import { createCommandLine } from './support/cli.ts'
import { collection, itemsInKeyring } from './support/keyring.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const service = ['--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets']

/** Never a person's keyring: only the one of a session that the test runner made for itself. */
const answers =
  process.env['SPEND_GUARD_TEST_SESSION'] !== undefined &&
  spawnSync('gdbus', ['introspect', ...service], { stdio: 'ignore' }).status === 0
if (!answers) console.log('Skipped: no secret service of a test session answers (build/desktop-session.sh starts one).')

/** The daemon of the session as it was at first; it has no other way in for programs. See build/desktop-session.sh. */
function unlock(): void {
  const args = ['--replace', '--unlock', '--components=secrets']
  execFileSync('gnome-keyring-daemon', args, { input: 'password', stdio: ['pipe', 'ignore', 'ignore'] })
}

const open: SecretStore[] = []
function keychain(startProcess: () => KeychainProcess = forkKeychain, answerMs = 10_000): SecretStore {
  const store = createKeychain(startProcess, answerMs)
  open.push(store)
  return store
}
afterEach(() => {
  for (const store of open.splice(0)) store.close()
})

describe.runIf(answers)('the keychain of this computer', () => {
  const name = `test:${process.pid}`
  afterAll(async () => {
    await keychain().delete(name)
    for (const store of open.splice(0)) store.close()
  })

  it('gives back what was put in, also to the next process', async () => {
    const secret = `sk-admin-${'x'.repeat(200)} 💶 "quoted"\nsecond line`
    const store = keychain()
    expect(await store.set(name, secret)).toEqual({ ok: true, value: null })
    expect(await store.get(name)).toEqual({ ok: true, value: secret })
    store.close()
    expect(await keychain().get(name)).toEqual({ ok: true, value: secret })
  })

  it('replaces, and keeps one entry a name', async () => {
    const store = keychain()
    await store.set(name, 'one')
    await store.set(`${name}:other`, 'other')
    await store.set(name, 'two')
    expect(await store.get(name)).toEqual({ ok: true, value: 'two' })
    await store.delete(name)
    expect(await store.get(name)).toEqual({ ok: true, value: null })
    expect(await store.get(`${name}:other`)).toEqual({ ok: true, value: 'other' })
    await store.delete(`${name}:other`)
  })

  it('has null for what is not there, and deletes it without complaint', async () => {
    const store = keychain()
    expect(await store.get('never there')).toEqual({ ok: true, value: null })
    expect(await store.delete('never there')).toEqual({ ok: true, value: null })
    expect(await store.check()).toEqual({ ok: true, value: null })
  })

  it('answers many who ask at once, each its own', async () => {
    const store = keychain()
    const names = Array.from({ length: 12 }, (_, index) => `${name}:${index}`)
    await Promise.all(names.map((one) => store.set(one, `secret of ${one}`)))
    const found = await Promise.all(names.map((one) => store.get(one)))
    expect(found.map((one) => one.ok && one.value)).toEqual(names.map((one) => `secret of ${one}`))
    await Promise.all(names.map((one) => store.delete(one)))
  })

  it('keeps secrets out of arguments and environment of the process that asks', async () => {
    process.env['CANARY_OF_THE_TEST'] = 'sk-proj-canary'
    await keychain().set(name, openaiKey)
    const children = readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
    )
    const seen = children.map((pid) => {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      return { commandLine, environment: readFileSync(`/proc/${pid}/environ`, 'latin1') }
    })
    delete process.env['CANARY_OF_THE_TEST']
    const helper = seen.filter((one) => one.commandLine.includes('keychain-process'))
    expect(helper).toHaveLength(1)
    expect(JSON.stringify(helper)).not.toMatch(/emulated|canary/i)
  })

  it('keeps the key of an account for the command line', async () => {
    const openai = await startOpenai({ now: Date.now, flows: [], usageDelayMs: 0, costDelayMs: 0 })
    const line = createCommandLine('keychain')
    const added = await line.json<{ id: string }>(
      ['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url],
      `${openaiKey}\n`,
    )
    expect(await keychain().get(`account:${added.id}`)).toEqual({ ok: true, value: openaiKey })
    expect(await line.json(['poll'])).toMatchObject({ accounts: [{ ok: true }] })
    await line.json(['accounts', 'remove', added.id])
    expect(await keychain().get(`account:${added.id}`)).toEqual({ ok: true, value: null })
    await openai.stop()
    rmSync(line.folder, { recursive: true })
  }, 30_000)

  it('holds nothing of a guard any more after it was erased', async () => {
    const openai = await startOpenai({ now: Date.now, flows: [], usageDelayMs: 0, costDelayMs: 0 })
    const line = createCommandLine('keychain')
    const before = itemsInKeyring()
    const add = ['accounts', 'add', 'openai', '--base-url', openai.url, '--label']
    const first = await line.json<{ id: string }>([...add, 'First'], openaiKey)
    const backup = await line.json<{ name: string }>(['backups', 'create'])
    const second = await line.json<{ id: string }>([...add, 'Second'], openaiKey)
    await line.json(['backups', 'restore', backup.name])
    expect(itemsInKeyring()).toBeGreaterThanOrEqual(before + 2)
    expect(await keychain().get(`account:${second.id}`)).toEqual({ ok: true, value: openaiKey })
    expect(await line.run(['erase', '--yes'])).toMatchObject({ code: 0, stderr: '' })
    expect(await keychain().get(`account:${first.id}`)).toEqual({ ok: true, value: null })
    expect(await keychain().get(`account:${second.id}`)).toEqual({ ok: true, value: null })
    expect(itemsInKeyring()).toBe(before)
    expect(existsSync(line.dataDir)).toBe(false)
    await openai.stop()
    rmSync(line.folder, { recursive: true })
  }, 60_000)

  describe('while it is locked', () => {
    beforeEach(async () => {
      await keychain().set(name, 'kept')
      execFileSync('gdbus', [
        'call',
        ...service,
        '--method',
        'org.freedesktop.Secret.Service.Lock',
        `['${collection}']`,
      ])
    })
    afterEach(unlock)

    it('says that it is locked and what to do, and does not hang', async () => {
      const store = keychain(forkKeychain, 2_000)
      const tried = [await store.get(name), await store.set(name, 'new'), await store.delete(name), await store.check()]
      for (const answer of tried)
        expect(answer).toMatchObject({
          ok: false,
          failure: { kind: 'keychain-locked', message: expect.stringMatching(/Unlock it/) as string },
        })
    })

    it('gives back the secret once it is open again', async () => {
      const store = keychain(forkKeychain, 2_000)
      await store.get(name)
      unlock()
      expect(await store.get(name)).toEqual({ ok: true, value: 'kept' })
    })
  })
})

describe('a computer without a keychain', () => {
  it('is told what to do instead, at once', async () => {
    const before = process.env['DBUS_SESSION_BUS_ADDRESS']
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/no/such/bus'
    const answer = await keychain().get('x')
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before
    expect(answer).toMatchObject({
      ok: false,
      failure: { kind: 'keychain-unavailable', message: expect.stringContaining('--secret-store vault') as string },
    })
  })
})

describe('the helper process', () => {
  /** One that answers nothing, as when a password dialog is open. */
  function silent(): KeychainProcess & { killed: number } {
    const helper = { killed: 0, send() {}, onReply() {}, onExit() {}, kill: () => void helper.killed++ }
    return helper
  }

  it('is ended when it hangs, and a new one asked the next time', async () => {
    const started: ReturnType<typeof silent>[] = []
    const store = keychain(() => {
      const one = silent()
      started.push(one)
      return one
    }, 20)
    for (let turn = 1; turn <= 3; turn++) {
      expect(await store.get('x')).toMatchObject({ ok: false, failure: { kind: 'keychain-locked' } })
      expect(started.map((one) => one.killed)).toEqual(Array.from({ length: turn }, () => 1))
    }
  })

  it('may die in the middle: the one who asked is told, the next one is served', async () => {
    let dies = true
    const store = keychain(() => {
      let reply: Parameters<KeychainProcess['onReply']>[0] = () => undefined
      let exit = () => undefined as void
      return {
        send: ({ id }) => queueMicrotask(() => (dies ? exit() : reply({ id, secret: 'served' }))),
        onReply: (listener) => (reply = listener),
        onExit: (listener) => (exit = listener),
        kill() {},
      }
    })
    expect(await store.get('x')).toMatchObject({ ok: false, failure: { kind: 'keychain-unavailable' } })
    dies = false
    expect(await store.get('x')).toEqual({ ok: true, value: 'served' })
  })

  it('may be impossible to start', async () => {
    const store = keychain(() => {
      throw new Error('EAGAIN')
    })
    expect(await store.get('x')).toMatchObject({ ok: false, failure: { kind: 'keychain-unavailable' } })
  })
})

describe('what the libraries below say', () => {
  it.each([
    ['Cannot create an item in a locked collection', 'keychain-locked'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login/3”', 'keychain-locked'],
    ['The prompt was dismissed', 'keychain-locked'],
    ['User canceled the operation.', 'keychain-locked'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain-unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain-unavailable'],
    ['libsecret-1.so.0: cannot open shared object file', 'keychain-unavailable'],
    ['something with sk-admin-0123456789', 'keychain-unavailable'],
  ])('is turned into what a person can do: %s', (problem, kind) => {
    const failure = explain(problem)
    expect(failure.kind).toBe(kind)
    expect(failure.message).toMatch(/Unlock it|--secret-store vault/)
    expect(failure.message).not.toContain('sk-admin')
  })
})
