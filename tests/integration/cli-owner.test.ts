import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createCommandLine, type Served } from './support/cli.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const world = { now: () => Date.now(), usageDelayMs: 0, costDelayMs: 3_600_000, flows: [] }
const canary = 'sk-proj-canary-of-the-environment'
const line = createCommandLine()
let openai: Emulator
let discord: DiscordEmulator
let served: Served

beforeAll(async () => {
  ;[openai, discord] = await Promise.all([startOpenai(world), startDiscord()])
  served = await line.serve([], { OPENAI_API_KEY: canary })
}, 60_000)
afterAll(async () => {
  served.child.kill('SIGKILL')
  await Promise.all([openai.stop(), discord.stop()])
  rmSync(line.folder, { recursive: true })
})

describe('a guard that owns its data folder', () => {
  it('serves a second command, which needs no passphrase and says whose answer it is', async () => {
    const bare = ['--data-dir', line.dataDir]
    const added = await line.run(
      [...bare, 'accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url, '--json'],
      { bare: true, stdin: openaiKey },
    )
    expect(added).toMatchObject({ code: 0 })
    const told = await line.run([...bare, 'accounts', 'list'], { bare: true })
    expect(told.stdout).toContain('Acme')
    expect(told.stderr).toContain(`process ${served.child.pid}`)
    const polled = await line.run([...bare, 'poll', '--json'], { bare: true })
    expect(JSON.parse(polled.stdout)).toMatchObject({ accounts: [{ ok: true }] })
  })

  it('is not joined by a second one', async () => {
    const ran = await line.run(['serve', '--no-open', '--json'])
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind: 'data-folder-busy' } })
  })

  it('tells a person who starts a second one where the dashboard of the first is, if it has one', async () => {
    const page = await fetch(served.url)
    const ran = await line.run(['serve', '--no-open'])
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('A guard runs on this data folder already')
    expect(ran.stderr.includes(`${served.url}/#token=${served.token}`)).toBe(page.ok)
  })

  it('is spoken to from anywhere with --server and its token', async () => {
    const elsewhere = path.join(line.folder, 'elsewhere')
    const file = path.join(line.folder, 'token')
    writeFileSync(file, `${served.token}\n`)
    for (const options of [
      ['--server', `${served.url}/#token=${served.token}`],
      ['--server', served.url, '--server-token-file', file],
    ]) {
      const ran = await line.run(['--data-dir', elsewhere, ...options, 'accounts', 'list', '--json'], { bare: true })
      expect(JSON.parse(ran.stdout)).toEqual([expect.objectContaining({ label: 'Acme' })])
    }
    expect(existsSync(elsewhere)).toBe(false)
  })

  it('finds its token in its own data folder', async () => {
    const ran = await line.run(['--data-dir', line.dataDir, '--server', served.url, 'status', '--json'], { bare: true })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
  })

  it('does not answer without its token, or with another', async () => {
    const elsewhere = ['--data-dir', path.join(line.folder, 'elsewhere'), '--json', 'status', '--server']
    const without = await line.run([...elsewhere, served.url], { bare: true })
    expect(without).toMatchObject({ code: 2, stdout: '' })
    const wrong = await line.run([...elsewhere, `${served.url}/#token=wrong`], { bare: true })
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    for (const ran of [without, wrong])
      expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind: 'credential-rejected' } })
  })

  it.each(['http://10.0.0.1:4173', 'http://guard.example.com', 'http://127.0.0.1.nip.io', 'ftp://127.0.0.1'])(
    'is never asked over plain http beyond this machine: %s',
    async (server) => {
      const ran = await line.run(['--server', `${server}/#token=x`, 'status', '--json'])
      expect(ran).toMatchObject({ code: 2, stdout: '' })
      expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind: 'invalid-input' } })
    },
  )

  it.runIf(process.platform === 'linux')('shows no secret in arguments or environments of its processes', async () => {
    await line.json(['channels', 'add', 'discord', '--label', 'Ops'], `${discord.webhookUrl}\n`)
    await line.json(['poll'])
    const pids = [served.child.pid ?? 0, ...childrenOf(served.child.pid ?? 0)]
    for (const pid of pids) {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
      for (const secret of [openaiKey, 'emulated-token', line.passphrase, served.token])
        expect(args + environment).not.toContain(secret)
      if (pid !== served.child.pid) expect(environment).not.toContain(canary)
    }
  })

  it('writes no secret to any file but the vault, and its token for its owner alone', async () => {
    openai.fail({ times: 1, answer: { status: 401, json: { error: { message: `Incorrect API key: ${openaiKey}` } } } })
    discord.deleteWebhook()
    await line.run(['poll', '--json'])
    const channels = await line.json<{ id: string; kind: string }[]>(['channels', 'list'])
    await line.run(['channels', 'test', channels.find((one) => one.kind === 'discord')?.id ?? ''])
    const out = path.join(line.folder, 'out.json')
    await line.run(['export', '--format', 'json', '--from', '2026-01-01', '--to', '2026-12-31', out])
    const files = readdirSync(line.dataDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    expect(files.map((one) => one.name)).toContain('guard.log')
    for (const file of [...files.map((one) => path.join(one.parentPath, one.name)), out]) {
      const text = readFileSync(file, 'latin1')
      for (const secret of [openaiKey, 'emulated-token', line.passphrase]) expect(text).not.toContain(secret)
      if (text.includes(served.token)) expect(path.basename(file)).toBe('endpoint.json')
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0)
    }
  })

  // Windows has no signals that a program could answer: whatever is sent ends it at once.
  it.skipIf(process.platform === 'win32')(
    'ends cleanly when it is asked to, and leaves the folder to the next',
    async () => {
      served.child.kill('SIGTERM')
      expect(await served.ended).toBe(0)
      expect(existsSync(path.join(line.dataDir, 'endpoint.json'))).toBe(false)
      expect(await line.json(['accounts', 'list'])).toEqual([expect.objectContaining({ label: 'Acme' })])
    },
  )
})

describe('a guard in a terminal', () => {
  it('says there what fires, for whoever has no browser at hand', async () => {
    const own = createCommandLine()
    const { id } = await own.json<{ id: string }>(
      ['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url],
      'sk-admin-revoked-0123',
    )
    const child = spawn(process.execPath, own.argumentsOf(['serve', '--no-open']), {
      env: own.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (piece) => (said += String(piece)))
    await vi.waitFor(() => expect(said).toContain('Dashboard: http://127.0.0.1:'), 20_000)
    // A key is given up on when it was refused twice.
    await own.run(['poll', '--account', id])
    await own.run(['poll', '--account', id])
    await vi.waitFor(() => expect(said).toMatch(/^WARNING \S+Z: Acme is no longer watched/m), 20_000)
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(own.folder, { recursive: true })
  })
})

describe('a guard that was killed', () => {
  it('leaves its address behind, which fools nobody', async () => {
    const guard = await line.serve()
    guard.child.kill('SIGKILL')
    await guard.ended
    expect(existsSync(path.join(line.dataDir, 'endpoint.json'))).toBe(true)
    expect(await line.json(['accounts', 'list'])).toHaveLength(1)
    const next = await line.serve()
    next.child.kill('SIGINT')
    const code = await next.ended
    if (process.platform !== 'win32') expect(code).toBe(0)
  })
})

describe('a port that is taken', () => {
  it('is said in words', async () => {
    const port = new URL(openai.url).port
    const ran = await line.run(['serve', '--no-open', '--json', '--port', port])
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(ran.stderr)).toMatchObject({
      error: { kind: 'invalid-input', message: expect.stringContaining('--port') as string },
    })
  })
})

/** Processes that this one started, and theirs. */
function childrenOf(pid: number): number[] {
  const direct = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  )
  return direct.flatMap((child) => [child, ...childrenOf(child)])
}
