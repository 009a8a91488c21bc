import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { keys, startProviders, type Providers } from '../e2e/support/providers.ts'
import { goTo, press } from '../electron/steps.ts'
import { kit } from './kit/provide.mjs'
import { newDataDir, startApp } from './support/app.ts'
import { screenPicture, titlesShown } from './support/screen.ts'
import { startTrayHost } from './support/tray.ts'
import { undoAtEnd } from './support/stage.ts'

const summary = 'app://bundle/?view=popover'

describe('the app on a desktop that shows no icons', () => {
  const undo = undoAtEnd()
  let providers: Providers
  let app: Awaited<ReturnType<typeof startApp>>

  beforeAll(async () => {
    providers = await startProviders()
    undo(providers.stop)
    app = await startApp(newDataDir(), [], 'GNOME')
    undo(() => app.end())
    const added = { provider: 'openai', label: 'Acme', baseUrl: providers.openaiUrl, secret: keys.openai } as const
    await app.ask('accounts:add', added)
  })

  it('shows a small window with the summary, whose title says what was spent today', async () => {
    await app.openWindows(summary, 2)
    await expect.poll(titlesShown).toContainEqual(expect.stringMatching(/^\$[\d,.]+ – API Spend Guard$/))
    screenPicture(path.join(kit, 'pictures', 'no-tray.png'))
  })

  it('leads from there to the dashboard', async () => {
    const pages = await app.openWindows(summary, 2)
    // The one beside the icon is kept for later, and has no menu.
    const heights = await Promise.all(pages.map(({ evaluate }) => evaluate<number>('innerHeight')))
    const small = pages[heights.indexOf(Math.min(...heights))]
    if (!small) throw new Error('there is no small window')
    await goTo(app.page, '#/settings/general')
    await press(small, 'Open dashboard')
    await expect.poll(app.page.hash).toBe('#/')
    for (const page of pages) page.close()
  })

  it('does without it once somebody shows icons', async () => {
    const tray = startTrayHost()
    undo(tray.stop)
    await expect
      .poll(async () => {
        await app.ask('settings:change', {})
        return (await app.windows()).filter((url) => url.startsWith(summary)).length
      })
      .toBe(1)
  })
})
