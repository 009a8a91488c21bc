import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { keys } from '../e2e/support/providers.ts'
import { backUp, deleteEverything, restoreNewest } from '../electron/steps.ts'
import { itemsInKeyring } from '../integration/support/keyring.ts'
import { kit } from './kit/provide.mjs'
import { newDataDir, startApp } from './support/app.ts'
import { setStage, type Stage, undoAtEnd } from './support/stage.ts'

describe('the data of the app', () => {
  const dataDir = newDataDir()
  const picture = (name: string) => path.join(kit, 'pictures', `${name}.png`)
  const undo = undoAtEnd()
  let providers: Stage['providers']
  let tray: Stage['tray']
  let app: Awaited<ReturnType<typeof startApp>>
  let keysBefore: number

  beforeAll(async () => {
    ;({ providers, tray } = await setStage(undo))
    keysBefore = itemsInKeyring()
    app = await startApp(dataDir)
    undo(() => app.end())
    const added = { provider: 'openai', label: 'Acme', baseUrl: providers.openaiUrl, secret: keys.openai } as const
    await app.ask('accounts:add', added)
    await app.ask('budgets:set', { limit: '900', period: 'day', scope: 'all' })
  })

  const limits = async () => (await app.ask('budgets:list', {})).map(({ limit }) => limit)

  it('is backed up and put back while it runs, and every window goes on with what was put back', async () => {
    await expect.poll(async () => (await app.ask('accounts:list', {}))[0]?.state, { timeout: 40_000 }).toBe('ok')
    const popover = await app.openWindow('app://bundle/?view=popover')
    await backUp(app.page)
    await expect.poll(async () => (await app.ask('data:get', {})).backups.length).toBe(1)
    await app.ask('budgets:set', { limit: '950', period: 'month', scope: 'all' })
    await expect.poll(popover.text).toContain('$950')

    await restoreNewest(app.page)
    await expect.poll(app.page.text).toContain('Restored')
    expect(await limits()).toEqual(['900'])
    await expect.poll(popover.text).not.toContain('$950')
    expect(await app.windows()).toHaveLength(2)
    popover.close()
    await app.page.picture(picture('restored'))
  })

  it('is watched after that with the key that is kept, and shown in the tray', async () => {
    expect((await app.ask('polls:run', {})).accounts).toMatchObject([{ ok: true }])
    await expect.poll(async () => (await tray.labels())[0]).toMatch(/^\$[\d,.]+ today$/)
    expect(itemsInKeyring()).toBeGreaterThan(keysBefore)
  })

  it('is gone with all keys once that is typed, and the window that says so stays until it is closed', async () => {
    await deleteEverything(app.page)
    await expect.poll(app.page.text).toContain('Everything is deleted')
    expect(await app.page.text()).toContain('every key of this guard in the keychain')
    expect(itemsInKeyring()).toBe(keysBefore)
    await expect.poll(tray.look).toBe(null)
    expect(await app.windows()).toHaveLength(1)
    await app.page.picture(picture('erased'))

    await app.page.evaluate('window.close()')
    await app.ended
    expect(existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name !== 'app') : []).toEqual([])
  })

  it('begins anew at the next start', async () => {
    app = await startApp(dataDir)
    await expect.poll(app.page.text).toContain('Whose bill shall we watch?')
    expect(await app.ask('accounts:list', {})).toEqual([])
  })
})
