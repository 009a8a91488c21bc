import { readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { Alert } from '../../shared/alerts.ts'
import { keys, startProviders, type Providers } from '../e2e/support/providers.ts'
import { clickInTray, clickNotification, clickTray, imagesDrawn, isShown, menuLabels, watchDesktop } from './desktop.ts'
import { dashboardAddress, launch, newHome, popoverAddress, type Launched } from './launch.ts'
import { backUp, goTo, press, restoreNewest, type Evaluates } from './steps.ts'

test.describe.configure({ mode: 'serial' })

let home: string
let providers: Providers
let guard: Launched
let alert: Alert | undefined

const by = (page: Page): Evaluates => ({ evaluate: <T>(expression: string) => page.evaluate<T>(expression) })
const text = () => guard.window.evaluate<string>('document.body.innerText')

test.beforeAll(async () => {
  home = newHome()
  providers = await startProviders()
  guard = await launch(home)
  await watchDesktop(guard.app)
})
test.afterAll(async () => {
  await guard.quit()
  await providers.stop()
  rmSync(home, { recursive: true })
})

test('the window opens with the first steps, in a sandbox', async () => {
  const { page } = guard
  await expect(page.getByText('Whose bill shall we watch?')).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/bundle\//)
  expect(await page.evaluate('[typeof require, typeof process]')).toEqual(['undefined', 'undefined'])
})

test('a page leads nowhere else, reads no file, and is permitted nothing', async () => {
  const { app, page } = guard
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'/)
  expect(await page.evaluate(async () => (await fetch('/..%2felectron/main.js')).status)).toBe(404)
  await page.evaluate(() => {
    window.open('https://example.com')
    window.location.href = 'https://example.com'
  })
  // The summary beside the tray is made beforehand, and hidden.
  expect(app.windows().map((window) => window.url().split('#')[0])).toEqual(['app://bundle/', popoverAddress])
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
})

test('a key goes into the keychain, and the history of its account comes back', async () => {
  const { app, ask, page, window } = guard
  await ask('settings:change', { velocityFloor: '1000000', anomalyFloor: '1000000' })
  await ask('budgets:set', { limit: '200', period: 'rolling24h', scope: 'all' })
  const account = { provider: 'openai', label: 'Acme', baseUrl: providers.openaiUrl, secret: keys.openai } as const
  expect(await ask('accounts:add', account)).toMatchObject({ label: 'Acme', failure: null })
  await expect.poll(async () => (await ask('accounts:list', {}))[0]?.state).toBe('ok')
  await goTo(window, '#/')
  await expect(page.locator('canvas').first()).toBeVisible()
  await expect.poll(async () => (await menuLabels(app))[0]).toMatch(/\d today$/)
})

test('a leaked key is told by a notification and a flashing icon; a click opens that alert', async () => {
  const { app, ask, page } = guard
  providers.leak()
  await expect.poll(async () => (await ask('alerts:list', { state: 'firing' })).length).toBe(1)
  alert = (await ask('alerts:list', { state: 'firing' }))[0]
  await expect
    .poll(async () => (await ask('alerts:show', { id: alert?.id ?? '' })).deliveries.map(({ state }) => state))
    .toEqual(['delivered', 'delivered'])
  await expect.poll(async () => (await menuLabels(app)).includes(alert?.summary ?? '')).toBe(true)
  const drawn = await imagesDrawn(app)
  await expect.poll(() => imagesDrawn(app)).toBeGreaterThan(drawn + 2)
  await clickNotification(app)
  await expect(page).toHaveURL(`${dashboardAddress}/alerts/${alert?.id}`)
})

test('a click on the icon shows the summary, whose links lead to the window', async () => {
  const { app, page } = guard
  await clickTray(app)
  await expect.poll(() => isShown(app, popoverAddress)).toBe(true)
  const popover = await guard.pageAt(popoverAddress)
  await expect(popover.getByText('Burn per hour')).toBeVisible()
  await press(by(popover), 'Open dashboard')
  await expect(page).toHaveURL(`${dashboardAddress}/`)
  await expect.poll(() => isShown(app, popoverAddress)).toBe(false)
})

test('acknowledged in the tray it is quiet, on every screen', async () => {
  const { app, ask, page } = guard
  await clickInTray(app, 'Acknowledge')
  await expect.poll(async () => (await ask('alerts:list', {}))[0]?.state).toBe('acknowledged')
  await page.goto(`${dashboardAddress}/alerts/${alert?.id}`)
  await expect(page.getByText(/acknowledged/i).first()).toBeVisible()
})

test('a second start ends, and the first comes to the front', async () => {
  await goTo(guard.window, '#/settings/general')
  await guard.startAgain()
  await expect(guard.page).toHaveURL(`${dashboardAddress}/`)
})

test('a link opens its alert in the app that runs', async () => {
  const link = `spend-guard://alert/${alert?.id}`
  // macOS tells the running app of a link, and starts nothing.
  if (process.platform === 'darwin')
    await guard.app.evaluate(({ app }, url) => app.emit('open-url', { preventDefault() {} }, url), link)
  else await guard.startAgain(['--', link])
  await expect(guard.page).toHaveURL(`${dashboardAddress}/alerts/${alert?.id}`)
})

test('a backup is put back while the app runs', async () => {
  const { ask, window } = guard
  await backUp(window)
  await expect.poll(async () => (await ask('data:get', {})).backups.length).toBe(1)
  await ask('budgets:set', { limit: '950', period: 'month', scope: 'all' })
  await restoreNewest(window)
  await expect.poll(text).toContain('Restored')
  expect((await ask('budgets:list', {})).map(({ limit }) => limit)).toEqual(['200'])
})

test('a page that crashes comes back where it was', async () => {
  await goTo(guard.window, '#/settings/general')
  await guard.app.evaluate(({ BrowserWindow }, address) => {
    const windows = BrowserWindow.getAllWindows()
    windows.find(({ webContents }) => webContents.getURL().startsWith(address))?.webContents.forcefullyCrashRenderer()
  }, dashboardAddress)
  await expect.poll(() => text().catch(() => '')).toContain('Velocity floor')
  expect(await guard.window.evaluate('location.hash')).toBe('#/settings/general')
})

test('the next start knows everything, and no file knows the key', async () => {
  const before = (await guard.ask('status:get', {})).month[0]?.effective
  const closed = guard.app.waitForEvent('close')
  // The connection goes with the app, before it can answer.
  await clickInTray(guard.app, 'Quit').catch(() => undefined)
  await closed
  guard = await launch(home)
  const { month, alerts } = await guard.ask('status:get', {})
  expect(alerts).toMatchObject([{ id: alert?.id, state: 'acknowledged' }])
  expect(Number(month[0]?.effective)).toBeGreaterThanOrEqual(Number(before))

  const files = readdirSync(path.join(home, 'data'), { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'latin1'))
  expect(texts.filter((text) => text.includes(keys.openai))).toEqual([])
})
