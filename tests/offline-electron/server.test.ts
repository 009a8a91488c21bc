import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { fillGuard, type Ask } from '../e2e/support/fill.ts'
import { startProviders, type Providers } from '../e2e/support/providers.ts'
import { serveGuard, type ServedGuard } from '../e2e/support/serve.ts'
import { goTo, press } from '../electron/steps.ts'
import { newDataDir, startApp } from './support/app.ts'
import { clickNotification, closeNotifications, countShown } from './support/notifications.ts'
import { undoAtEnd } from './support/stage.ts'

describe('the app as a window on a guard that runs elsewhere', () => {
  const dataDir = newDataDir()
  const undo = undoAtEnd()
  let providers: Providers
  let server: ServedGuard
  let askServer: Ask
  let app: Awaited<ReturnType<typeof startApp>>

  beforeAll(async () => {
    closeNotifications()
    providers = await startProviders()
    undo(providers.stop)
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', '') // a server has no desktop
    server = await serveGuard()
    undo(server.stop)
    vi.unstubAllEnvs()
    askServer = await fillGuard(server, providers)
    app = await startApp(dataDir, ['--server', server.door])
    undo(() => app.end())
  })

  it('shows what that guard knows, and keeps no data here', async () => {
    await expect.poll(app.page.text).toMatch(/Today\s+.*\$\d/s)
    expect((await app.ask('accounts:list', {})).map(({ label }) => label)).toEqual([
      'OpenAI production',
      'Anthropic support',
    ])
    expect(readdirSync(dataDir)).toEqual(['app'])
  })

  it('notifies here of what that guard finds there', async () => {
    await askServer('budgets:set', { limit: '1', period: 'rolling24h', scope: 'all' })
    await expect.poll(countShown).toBe(1)
    const [alert] = await askServer('alerts:list', { state: 'firing' })
    clickNotification()
    await expect.poll(app.page.hash).toBe(`#/alerts/${alert?.id}`)
  })

  it('says so when that guard is gone', async () => {
    await server.stop()
    await goTo(app.page, '#/')
    await press(app.page, 'Poll now')
    await expect.poll(app.page.text).toContain('No guard answers at http://127.0.0.1')
  })
})
