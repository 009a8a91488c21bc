import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApiServer } from '../../../electron/api/server.ts'
import { prepareDataDir } from '../../../electron/data-dir.ts'
import { publishEndpoint } from '../../../electron/owner.ts'
import { lockFolder } from '../../../electron/storage/folder-lock.ts'
import type { CallName, Reply, Request } from '../../../shared/ipc.ts'
import { providerFacts } from '../../../shared/providers.ts'
import type { Result } from '../../../shared/result.ts'
import type { Emulator } from '../../emulators/http.ts'
import { openaiKey, startOpenai } from '../../emulators/openai.ts'
import { createFakeGuard } from '../../fakes/guard-client.ts'
import { leakStory } from '../../emulators/story.ts'

// The whole app but for Electron itself: main.ts with the real engine on a real folder, asked as a page asks.

/** On a busy computer; nothing waits this long otherwise. */
const patienceMs = 10_000

describe('a day with the app', () => {
  let home: string
  let openai: Emulator
  let quit = async () => {}

  beforeEach(async () => {
    process.setMaxListeners(0) // every fresh app has its own things to do at the end of the process
    home = mkdtempSync(path.join(tmpdir(), 'spend-guard-app-'))
    writeFileSync(path.join(home, 'passphrase'), 'only for this test')
    const flows = leakStory(Date.now() - 10 * 60_000)
    openai = await startOpenai({ now: () => Date.now(), flows, usageDelayMs: 0, costDelayMs: 6 * 3_600_000 })
  })
  afterEach(async () => {
    await quit()
    quit = async () => {}
    await openai.stop()
    rmSync(home, { recursive: true })
  })

  /** A fresh process: its Electron, and main.ts as far as that gets before `ready`. */
  async function launch({ isFirstInstance = true, args = [] as string[] } = {}) {
    vi.resetModules()
    const electron = await import('../../fakes/electron.ts')
    electron.app.isFirstInstance = isFirstInstance
    const vault = ['--secret-store', 'vault', '--vault-passphrase-file', path.join(home, 'passphrase')]
    process.argv = ['electron', '.', '--data-dir', path.join(home, 'data'), ...vault, ...args]
    await import('../../../electron/main.ts')
    return electron
  }

  async function boot(args: string[] = []) {
    const electron = await launch({ args })
    const { app, BrowserWindow, Tray, ipcMain } = electron
    const opened = once(app, 'web-contents-created')
    app.becomeReady()
    await opened
    const page = { senderFrame: { url: 'app://bundle/', parent: null } }
    quit = async () => {
      if (app.exitCode !== null) return
      const exited = once(app, 'fake-exit')
      app.quit()
      await exited
    }
    async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
      const answer = (await ipcMain.ask(name, page, request)) as Result<Reply<N>>
      if (!answer.ok) throw new Error(answer.failure.message)
      return answer.value
    }
    return {
      ...electron,
      ask,
      tray: Tray.shown[0],
      window: () => BrowserWindow.getAllWindows().find(({ url }) => !url.includes('popover')),
    }
  }
  const account = () => ({ provider: 'openai' as const, label: 'Acme', baseUrl: openai.url, secret: openaiKey })

  it('makes only preparations before Electron is ready, and does not wait for that', async () => {
    const { app, BrowserWindow, protocol, Tray } = await launch()
    expect(app.isSandboxed).toBe(true)
    expect(protocol.privileged).toHaveLength(1)
    expect(app.getPath('userData')).toBe(path.join(home, 'data/app'))
    expect([...BrowserWindow.opened, ...Tray.shown]).toEqual([])
  })

  it('begins with a window and an icon in the tray', async () => {
    const { window, tray, ipcMain } = await boot()
    expect(window()?.url).toBe('app://bundle/#/')
    expect(tray).toBeDefined()
    expect(ipcMain.names()).toContain('status:get')
  })

  it('has one guard: a second start ends at once, and the first comes to the front', async () => {
    const first = await boot()
    first.window()?.minimize()
    first.app.emit('second-instance', {}, ['electron', '.'])
    expect(first.window()?.isMinimized()).toBe(false)
    await quit()

    const second = await launch({ isFirstInstance: false })
    second.app.becomeReady()
    expect(second.app.exitCode).toBe(0)
    expect(second.BrowserWindow.opened).toEqual([])
  })

  it('starts at login without a window, and with the alert of a link that started it', async () => {
    const hidden = await launch({ args: ['--hidden'] })
    const shown = once(hidden.app, 'fake-tray')
    hidden.app.becomeReady()
    await shown
    expect(hidden.BrowserWindow.getAllWindows().filter((window) => window.isVisible())).toEqual([])
    hidden.app.emit('second-instance', {}, ['electron', '.', '--', 'spend-guard://alert/a-1'])
    expect(hidden.BrowserWindow.getAllWindows().some(({ url }) => url === 'app://bundle/#/alerts/a-1')).toBe(true)
    const exited = once(hidden.app, 'fake-exit')
    hidden.app.quit()
    await exited

    const { window } = await boot(['--', 'spend-guard://alert/b-2'])
    expect(window()?.url).toBe('app://bundle/#/alerts/b-2')
  })

  it('goes on without windows, and one comes back when asked for', async () => {
    const { app, window } = await boot()
    window()?.close()
    expect(app.exitCode).toBe(null)
    app.emit('activate')
    expect(window()?.url).toBe('app://bundle/#/')
  })

  it('tells of a leaked key by notification and tray; a click shows that alert, and acknowledging ends the flash', async () => {
    const { ask, Notification, tray, window } = await boot()
    await ask('budgets:set', { limit: '100', period: 'rolling24h', scope: 'all' })
    await ask('accounts:add', account())
    await ask('polls:run', {})

    const alerts = await ask('alerts:list', { state: 'firing' })
    expect(alerts.map(({ rule }) => rule)).toContain('budget')
    await vi.waitFor(() => expect(alerts.map(({ summary }) => summary)).toContain(tray?.toolTip), patienceMs)
    // What starts together is one notification; it leads to the gravest.
    expect(Notification.shown).toHaveLength(1)
    Notification.shown[0]?.emit('click')
    expect(window()?.url).toBeOneOf(alerts.map(({ id }) => `app://bundle/#/alerts/${id}`))

    for (const { id } of alerts) await ask('alerts:acknowledge', { id })
    await vi.waitFor(() => expect(tray?.toolTip).toMatch(/^API Spend Guard: .* today/), patienceMs)
  })

  it("opens a provider's page in the browser, by its name", async () => {
    const { ask, shell } = await boot()
    await ask('links:open', { provider: 'openai', page: 'billing' })
    expect(shell.opened).toEqual([providerFacts('openai').billingUrl])
  })

  it('looks once at what it missed when the computer wakes up', async () => {
    const { ask, powerMonitor } = await boot()
    await ask('accounts:add', account())
    await ask('polls:run', {})
    const before = openai.asked.length
    powerMonitor.emit('resume')
    await vi.waitFor(() => expect(openai.asked.length).toBeGreaterThan(before), patienceMs)
  })

  it('ends with everything written, its icon gone, and the history there tomorrow', async () => {
    const today = await boot()
    await today.ask('accounts:add', account())
    await today.ask('polls:run', {})
    const spent = (await today.ask('status:get', {})).month
    expect(Number(spent[0]?.effective)).toBeGreaterThan(100)
    await quit()
    expect(today.tray?.isDestroyed()).toBe(true)
    expect(readdirSync(path.join(home, 'data'))).not.toContain('endpoint.json')

    await openai.stop()
    const tomorrow = await boot()
    const month = (await tomorrow.ask('status:get', {})).month
    expect(Number(month[0]?.effective)).toBeGreaterThanOrEqual(Number(spent[0]?.effective))
  })

  it('leaves no key in any file of its folder', async () => {
    const { ask } = await boot()
    await ask('accounts:add', account())
    await ask('polls:run', {})
    await quit()
    const files = readdirSync(path.join(home, 'data'), { recursive: true, withFileTypes: true })
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name), 'latin1'))
    expect(texts.length).toBeGreaterThan(3)
    expect(texts.some((text) => text.includes(openaiKey))).toBe(false)
  })

  it('deletes everything, leaves the window that says so, and ends with it', async () => {
    const { app, ask, BrowserWindow, tray, window } = await boot()
    await ask('accounts:add', account())
    const { gone } = await ask('data:erase', { confirm: 'delete everything' })
    expect(gone).toContain('the vault with all keys')
    await vi.waitFor(() => expect(tray?.isDestroyed()).toBe(true), patienceMs)
    expect(BrowserWindow.getAllWindows()).toEqual([window()])
    expect(app.exitCode).toBe(null)
    const exited = once(app, 'fake-exit')
    window()?.close()
    await exited
    expect(existsSync(path.join(home, 'data/spend.sqlite'))).toBe(false)
    expect(existsSync(path.join(home, 'data/guard.log'))).toBe(false)
  })

  it('ends at once when everything is deleted while no window is open', async () => {
    const { app, ask, window } = await boot()
    window()?.close()
    const exited = once(app, 'fake-exit')
    await ask('data:erase', { confirm: 'delete everything' })
    await exited
    expect(app.exitCode).toBe(0)
  })

  it.each([
    ['its address', (url: string) => ['--server', `${url}/#token=secret`]],
    ['a file', (url: string, file: string) => ['--server', url, '--server-token-file', file]],
  ])('shows a guard that runs elsewhere, its token from %s, and keeps no data of its own', async (_where, switches) => {
    const file = path.join(home, 'token')
    writeFileSync(file, 'secret\n')
    const guard = createFakeGuard('incident')
    const server = createApiServer({ guard, token: 'secret', rendererDir: null })
    const url = await server.listen(0)
    const { ask, tray } = await boot(switches(url, file))
    const [alert] = await ask('alerts:list', { state: 'firing' })
    await vi.waitFor(() => expect(tray?.toolTip).toBe(alert?.summary), patienceMs)
    expect(readdirSync(path.join(home, 'data'))).not.toContain('spend.sqlite')
    await quit()
    await server.close()
  })

  it('is a window on the guard that "spend-guard serve" runs on the same folder', async () => {
    const server = createApiServer({ guard: createFakeGuard('calm'), token: 'secret', rendererDir: null })
    const url = await server.listen(0)
    const dataDir = prepareDataDir(path.join(home, 'data'))
    const lock = lockFolder(dataDir)
    publishEndpoint(dataDir, { url, token: 'secret', pid: process.pid })
    const { ask } = await boot()
    expect((await ask('accounts:list', {})).length).toBeGreaterThan(1)
    await quit()
    await server.close()
    lock?.release()
  })

  it('says why when it cannot start', async () => {
    const { app, dialog } = await launch()
    const other = lockFolder(path.join(home, 'data'))
    const exited = once(app, 'fake-exit')
    app.becomeReady()
    await exited
    expect(app.exitCode).toBe(1)
    expect(dialog.errors).toEqual([
      { title: 'API Spend Guard cannot start', message: expect.stringContaining('runs on this data folder already') },
    ])
    other?.release()
  })
})
