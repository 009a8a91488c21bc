import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { fillGuard } from './support/fill.ts'
import { watchPage } from './support/page-watch.ts'
import { startProviders, type Providers } from './support/providers.ts'
import { serveGuard, type ServedGuard } from './support/serve.ts'

let providers: Providers
let guard: ServedGuard

test.beforeAll(async () => {
  providers = await startProviders()
  guard = await serveGuard()
  const ask = await fillGuard(guard, providers)
  await ask('budgets:set', { limit: '1', period: 'month', scope: 'project:research' })
})
test.afterAll(async () => {
  await guard.stop()
  await providers.stop()
})

/** What the page complained about is looked at after each test. */
let complaints: string[] = []
test.beforeEach(async ({ page }) => {
  complaints = watchPage(page)
  await page.addInitScript((token) => sessionStorage.setItem('spend-guard-token', token), guard.token)
})
test.afterEach(() => {
  expect(complaints).toEqual([])
})

const open = async (page: Page, hash = '#/') => {
  await page.goto(`${guard.url}/${hash}`)
  await expect(picture(page)).toBeVisible()
}
const picture = (page: Page) => page.getByRole('img', { name: /^Spend of/ })
const numbers = (page: Page) => page.getByRole('region', { name: /^Numbers by/ })
const rows = (page: Page) => numbers(page).locator('tbody tr')
/** The whole amount, as text. */
const total = (page: Page) => page.locator('.comparison strong')
const today = () => new Date().toISOString().slice(0, 10)

test('a click on a day shows its hours, and the back button and the way up lead out again', async ({ page }) => {
  await open(page)
  const box = await picture(page).boundingBox()
  if (!box) throw new Error('no picture')
  // The last bar; the chart takes clicks anywhere above it too.
  await page.mouse.click(box.x + box.width - 8, box.y + box.height / 2)
  await expect(page).toHaveURL(new RegExp(`range=${today()}&up=30d$`))
  await expect(picture(page)).toHaveAccessibleName(/stacked by hour/)
  await expect(page.getByRole('region', { name: 'Numbers by hour' }).locator('tbody tr').first()).toContainText(':00')

  await page.goBack()
  await expect(picture(page)).toHaveAccessibleName(/Spend of the last 30 days, stacked by day/)
  await page.goForward()
  await expect(picture(page)).toHaveAccessibleName(/stacked by hour/)
  await page.getByRole('link', { name: 'Back to the last 30 days' }).click()
  await expect(rows(page)).toHaveCount(30)
  await expect(page).toHaveURL(`${guard.url}/#/`)
})

test('the keyboard gets into a day and does not get lost there', async ({ page }) => {
  await open(page, '#/?range=7d')
  await rows(page).first().getByRole('rowheader').getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(picture(page)).toHaveAccessibleName(/stacked by hour/)
  await expect(page.locator('.panel-focus')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('combobox', { name: /^By/ }).first()).toBeFocused()
})

test('filters are chips in the address, that can be combined, shared and taken away', async ({ page }) => {
  // A month that is over: its numbers do not move while the test looks at them.
  await open(page, '#/?range=last-month')
  const everything = (await total(page).textContent()) ?? ''
  await page.getByLabel('Add a filter by').selectOption('Project')
  await page.getByLabel('Project', { exact: true }).selectOption({ label: 'research' })
  const chip = page.getByRole('button', { name: 'Remove filter Project: research' })
  await expect(chip).toBeVisible()
  await expect(page).toHaveURL(/scope=project:/)
  await expect(total(page)).not.toHaveText(everything)
  const ofProject = (await total(page).textContent()) ?? ''

  await page.reload()
  await expect(total(page)).toHaveText(ofProject)
  await page.getByRole('region', { name: 'Where it went' }).getByRole('link', { name: /gpt/ }).first().click()
  await expect(page.getByRole('button', { name: /^Remove filter Model: gpt/ })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Key' })).toBeVisible()

  await page.getByRole('button', { name: 'Remove all' }).click()
  await expect(total(page)).toHaveText(everything)
  await page.goBack()
  await expect(chip).toBeVisible()
})

test('what a link asks for that is not there becomes the nearest that is', async ({ page }) => {
  await open(page, '#/?range=10d&by=planet&scope=nonsense&chart=pie')
  await expect(rows(page)).toHaveCount(7)
  await expect(page.getByRole('button', { name: /^Remove filter/ })).toHaveCount(0)
})

test('a sum over the month stands against its budget and where it is heading', async ({ page }) => {
  await open(page, '#/?range=month&chart=total')
  const key = page.locator('.chart-key')
  await expect(key).toContainText('budget $6,000.00 each month')
  await expect(key).toContainText(/heading for \$[\d,.]+, most likely/)
  await page.getByRole('radio', { name: /^Per (day|hour)$/ }).click()
  await expect(key).toContainText('budget $100.00 each day')
})

test('numbers are sorted, copied and saved as they stand', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: guard.url })
  await open(page)
  const region = numbers(page)
  await region.getByRole('button', { name: 'Spend (USD)' }).click()
  await expect(region.getByRole('columnheader', { name: 'Spend (USD)' })).toHaveAttribute('aria-sort', 'descending')
  const amounts = await rows(page).locator('td:nth-child(2)').allTextContents()
  const values = amounts.map((text) => Number(text.replace(/[$,]/g, '')))
  expect(values).toEqual([...values].sort((a, b) => b - a))

  await page.getByRole('button', { name: 'Copy Numbers by day' }).click()
  await page.getByRole('menuitem', { name: 'Copy for a spreadsheet' }).click()
  await expect(page.getByText('30 rows copied')).toBeVisible()
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).trimEnd().split(/\r?\n/)
  expect(copied).toHaveLength(31)
  expect(copied[0]?.split('\t').slice(0, 4)).toEqual(['Day', 'Spend (USD)', 'Before (USD)', 'Kind'])
  expect(copied[30]?.split('\t')[0]).toBe(today())

  await page.getByRole('button', { name: 'Copy Numbers by day' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as CSV' }).click(),
  ])
  const saved = await readFile(await download.path(), 'utf8')
  expect(saved.split('\r\n')[0]).toBe('Day,Spend (USD),Before (USD),Kind,OpenAI,Anthropic')
})

test('an alert stands over its day and leads to what is known of it', async ({ page }) => {
  await open(page, '#/?range=7d')
  const marks = page.getByRole('list', { name: 'Alerts in this time' })
  await marks.getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: 'Where it goes' })).toBeVisible()
})

test.describe('for a German', () => {
  test.use({ locale: 'de-DE' })
  test('the page speaks German, and money is written as there', async ({ page }) => {
    await page.goto(`${guard.url}/#/`)
    await expect(page.getByRole('heading', { name: 'Übersicht' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(total(page)).toHaveText(/^[\d.]+,\d\d\s\$$/)
    await expectAccessible(page)
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })
    for (const [name, hash] of Object.entries({
      'a month added up, under filters': '#/?range=month&chart=total&scope=provider:openai&by=model',
      'a day by the hour': `#/?range=${today()}&up=30d`,
      'what is unknown of a project': '#/?range=90d&scope=project:research&by=key',
    }))
      test(`${name} is accessible`, async ({ page }) => {
        await open(page, hash)
        await expect(rows(page).first()).toBeVisible()
        await expectAccessible(page)
        await page.setViewportSize({ width: 390, height: 844 })
        const overhang = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        await expect.poll(overhang).toBe(0)
      })
  })
}
