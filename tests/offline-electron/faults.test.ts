import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { keys } from '../e2e/support/providers.ts'
import { goTo } from '../electron/steps.ts'
import { newDataDir, startApp } from './support/app.ts'
import { closeNotifications, countShown } from './support/notifications.ts'
import { setStage, type Stage, undoAtEnd } from './support/stage.ts'

const popoverAddress = 'app://bundle/?view=popover'

describe('what ends although nobody ended it', () => {
  const dataDir = newDataDir()
  const undo = undoAtEnd()
  let providers: Stage['providers']
  let tray: Stage['tray']
  let app: Awaited<ReturnType<typeof startApp>>

  const ended = () => readFileSync(path.join(dataDir, 'guard.log'), 'utf8').match(/"a page ended"/g)?.length ?? 0
  const firing = () => app.ask('alerts:list', { state: 'firing' })

  beforeAll(async () => {
    ;({ providers, tray } = await setStage(undo))
    app = await startApp(dataDir)
    undo(() => app.end())
    await app.ask('settings:change', { velocityFloor: '1000000', anomalyFloor: '1000000' })
    await app.ask('budgets:set', { limit: '200', period: 'rolling24h', scope: 'all' })
  })

  it('a page that crashes comes back where it was', async () => {
    await goTo(app.page, '#/settings/general')
    app.page.crash()
    app.page.close()
    await expect.poll(ended).toBe(1)
    await app.findPage()
    await expect.poll(app.page.text).toContain('Appearance')
    expect(await app.page.hash()).toBe('#/settings/general')
  })

  it('window and popover come back when the system ends both of their processes', async () => {
    const before = app.pages()
    expect(before).toHaveLength(2)
    for (const pid of before) process.kill(pid, 'SIGKILL')
    await expect.poll(() => app.pages().filter((pid) => !before.includes(pid)).length).toBe(2)
    await app.findPage()
    expect((await app.ask('budgets:list', {})).length).toBe(1)
    const popover = await app.openWindow(popoverAddress)
    await tray.click('Show summary')
    await expect.poll(popover.text).toContain('Nothing is guarded yet')
    popover.close()
    expect(ended()).toBe(3)
    expect(countShown()).toBe(0)
  })

  it('a window whose page breaks off again and again is closed, which is told, and opens when it is asked for', async () => {
    app.page.crash()
    await expect.poll(countShown).toBe(1)
    expect(await app.windows()).toEqual([popoverAddress])
    expect(closeNotifications().at(-1)?.body).toContain('The guard goes on watching')
    await tray.click('Open dashboard')
    await app.findPage()
    expect((await app.ask('budgets:list', {})).length).toBe(1)
  })

  it('the app, killed while it reads a history, starts again and reads the rest', async () => {
    const added = { provider: 'openai', label: 'Acme', baseUrl: providers.openaiUrl, secret: keys.openai } as const
    await app.ask('accounts:add', added)
    await expect.poll(async () => (await app.ask('accounts:list', {}))[0]?.fill, { interval: 20 }).not.toBe(null)
    await app.end()
    app = await startApp(dataDir)
    await expect.poll(async () => (await app.ask('accounts:list', {}))[0]?.state, { timeout: 40_000 }).toBe('ok')
    expect(Number((await app.ask('status:get', {})).month[0]?.effective)).toBeGreaterThan(0)
  })

  it('the app, killed while an alert fires, flashes for the same alert again and does not tell it twice', async () => {
    providers.leak()
    await expect.poll(countShown).toBe(1)
    const [alert] = await firing()
    await app.end()
    app = await startApp(dataDir)
    await app.ask('polls:run', {})
    expect((await firing()).map(({ id }) => id)).toEqual([alert?.id])
    await expect.poll(async () => (await tray.labels()).includes((await firing())[0]?.summary ?? '')).toBe(true)
    expect(countShown()).toBe(1)
    expect(readdirSync(dataDir)).toContain('endpoint.json')
  })
})
