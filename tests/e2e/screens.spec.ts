import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expectAccessible } from './support/accessibility.ts'
import { screens } from './support/screens.ts'
import { inEnglish } from './support/words.ts'
import { fillGuard } from './support/fill.ts'
import { serveGuard, type ServedGuard } from './support/serve.ts'
import { startProviders, type Providers } from './support/providers.ts'
import { watchPage } from './support/page-watch.ts'
import { expect, test } from '@playwright/test'

/** Pictures for the README are taken only when asked for, so that a test run leaves the tree clean. */
const pictures = process.env['TAKE_SCREENSHOTS']
  ? fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
  : null

let providers: Providers
let guard: ServedGuard
let alertId = ''

test.beforeAll(async () => {
  providers = await startProviders()
  guard = await serveGuard()
  const ask = await fillGuard(guard, providers)
  providers.leak()
  await expect
    .poll(
      async () => {
        const open = await ask('alerts:list', { state: 'open' })
        alertId = open.find(({ rule, state }) => rule === 'velocity' && state === 'firing')?.id ?? ''
        return alertId
      },
      { timeout: 45_000 },
    )
    .not.toBe('')
})
test.afterAll(async () => {
  await guard.stop()
  await providers.stop()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })
    for (const { name, path, sign, act, size, picture } of screens) {
      test(`${name} is accessible and breaks no policy`, async ({ page }) => {
        const complaints = watchPage(page)
        await page.addInitScript((token) => sessionStorage.setItem('spend-guard-token', token), guard.token)
        if (size) await page.setViewportSize(size)
        await page.goto(`${guard.url}/${path(alertId)}`)
        await act?.(page, inEnglish)
        await expect(sign(page, inEnglish)).toBeVisible()
        // Colours fade in for a tenth of a second; axe would measure them half way.
        await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))))
        await expectAccessible(page)
        expect(complaints).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
        if (pictures && picture) {
          await mkdir(pictures, { recursive: true })
          await page.screenshot({ path: `${pictures}${name}-${colorScheme}.png`, fullPage: name === 'dashboard' })
        }
      })
    }
  })
}
