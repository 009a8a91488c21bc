import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { fillGuard } from './support/fill.ts'
import { watchPage } from './support/page-watch.ts'
import { startProviders } from './support/providers.ts'
import { serveGuard } from './support/serve.ts'

test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })

test('a link in a message acknowledges on a phone, without a login or a script', async ({ page, browser }, info) => {
  const providers = await startProviders()
  // Where the link points does not matter here: the page is looked at where the guard serves it.
  const guard = await serveGuard(['--public-url', 'https://guard.example.com'])
  const complaints = watchPage(page)
  const ask = await fillGuard(guard, providers)
  await ask('budgets:set', { limit: '1', period: 'month', scope: 'all' })
  const told = () => JSON.stringify(providers.discord.messages)
  await expect.poll(told).toMatch(/guard\.example\.com\/a\//)
  const path = /guard\.example\.com(\/a\/[\w-]+)/.exec(told())?.[1] ?? ''

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto(`${guard.url}${path}`)
    await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeVisible()
    expect(await page.locator('main').evaluate((main) => main.scrollWidth <= main.clientWidth)).toBe(true)
    for (const button of await page.getByRole('button').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(48)
    await page.screenshot({ path: info.outputPath(`${colorScheme}.png`) })
  }

  // Axe is a script, which the page's policy does not let in.
  const context = await browser.newContext({ bypassCSP: true, javaScriptEnabled: true })
  const inspected = await context.newPage()
  for (const colorScheme of ['light', 'dark'] as const) {
    await inspected.emulateMedia({ colorScheme })
    await inspected.goto(`${guard.url}${path}`)
    await expectAccessible(inspected)
  }
  await context.close()

  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(page.getByRole('status')).toContainText('Acknowledged by whoever reads Discord #ops')
  await expect(page.getByRole('button')).toHaveCount(0)
  await page.screenshot({ path: info.outputPath('done.png') })
  await page.reload()
  await expect(page.getByRole('status')).toContainText('Acknowledged by')
  expect(await ask('alerts:list', { state: 'acknowledged' })).toHaveLength(1)

  const missing = await page.goto(`${guard.url}/a/none`)
  expect(missing?.status()).toBe(404)
  await page.screenshot({ path: info.outputPath('unknown.png') })
  expect(complaints).toEqual([])
  await guard.stop()
  await providers.stop()
})
