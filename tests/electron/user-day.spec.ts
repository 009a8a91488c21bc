import { readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { Alert } from '../../shared/alerts.ts'
import { keys, startProviders, type Providers } from '../e2e/support/providers.ts'
import { launch, newHome, type Launched } from './launch.ts'

test.describe.configure({ mode: 'serial' })

let home: string
let providers: Providers
let guard: Launched
let alert: Alert | undefined

test.beforeAll(async () => {
  home = newHome()
  providers = await startProviders()
  guard = await launch(home)
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
  expect(app.windows().map((window) => window.url())).toEqual([expect.stringMatching(/^app:\/\/bundle\//)])
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
})

test('a key goes into the keychain, and the history of its account comes back', async () => {
  const { ask, page } = guard
  await ask('settings:change', { velocityFloor: '1000000', anomalyFloor: '1000000' })
  await ask('budgets:set', { limit: '200', period: 'rolling24h', scope: 'all' })
  const account = { provider: 'openai', label: 'Acme', baseUrl: providers.openaiUrl, secret: keys.openai } as const
  expect(await ask('accounts:add', account)).toMatchObject({ label: 'Acme', failure: null })
  await expect.poll(async () => (await ask('accounts:list', {}))[0]?.state).toBe('ok')
  await page.evaluate(() => {
    window.location.hash = '#/'
  })
  await expect(page.locator('canvas')).toBeVisible()
})

test('a leaked key is told by a notification, whose click opens that alert', async () => {
  const { app, ask, page } = guard
  await app.evaluate(({ Notification }) => {
    const shown: Electron.Notification[] = []
    const { show } = Notification.prototype
    Notification.prototype.show = function () {
      shown.push(this)
      show.call(this)
    }
    Object.assign(globalThis, { clickNotification: () => shown.at(-1)?.emit('click') })
  })
  providers.leak()
  await expect.poll(async () => (await ask('alerts:list', { state: 'firing' })).length).toBe(1)
  alert = (await ask('alerts:list', { state: 'firing' }))[0]
  await expect
    .poll(async () => (await ask('alerts:show', { id: alert?.id ?? '' })).deliveries.map(({ state }) => state))
    .toEqual(['delivered', 'delivered'])
  await app.evaluate(() => (globalThis as unknown as { clickNotification(): void }).clickNotification())
  await expect(page).toHaveURL(`app://bundle/#/alerts/${alert?.id}`)
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await expect.poll(async () => (await ask('alerts:list', {}))[0]?.state).toBe('acknowledged')
})

test('the next start knows everything, and no file knows the key', async () => {
  const before = (await guard.ask('status:get', {})).month[0]?.effective
  await guard.quit()
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
