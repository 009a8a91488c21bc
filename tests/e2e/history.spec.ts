import { readFile } from 'node:fs/promises'
import { fillGuard } from './support/fill.ts'
import { startProviders, type Providers } from './support/providers.ts'
import { expect, test } from './support/test.ts'

let providers: Providers
test.beforeEach(async () => {
  providers = await startProviders()
})
test.afterEach(() => providers.stop())

test('alerts are found by words and filters that live in the address, and taken out as a file', async ({
  app,
  guard,
}) => {
  const ask = await fillGuard(guard, providers)
  await ask('budgets:set', { limit: '1', period: 'month', scope: 'all' })
  await app.goto(`${guard.url}/#/alerts?list=all`)
  const list = app.getByRole('region', { name: 'All alerts' })
  await expect(list.getByRole('listitem').first()).toBeVisible()

  await app.getByRole('searchbox', { name: 'Search' }).fill('$1.00 BUDGET')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await app.getByLabel('Rule').selectOption('Velocity')
  await expect(list).toContainText('Nothing like that')
  await expect(app).toHaveURL(/q=%241\.00\+BUDGET&rule=velocity/)
  await app.reload()
  await expect(app.getByLabel('Rule')).toHaveValue('velocity')
  await app.getByRole('button', { name: 'Show all alerts' }).click()
  await expect(app.getByRole('searchbox', { name: 'Search' })).toHaveValue('')

  await app.getByRole('button', { name: 'Export history' }).click()
  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('menuitem', { name: 'JSON' }).click(),
  ])
  const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as object[]
  expect(saved).toHaveLength((await ask('alerts:list', {})).length)
  await expect(app.getByText(/alerts? saved/)).toBeVisible()
})

test('who asks for more alerts goes on where they were in the list', async ({ app, guard }) => {
  const ask = await fillGuard(guard, providers)
  const limits = Array.from({ length: 110 }, (_, nth) => `${1 + nth / 100}`)
  for (const limit of limits) await ask('budgets:set', { limit, period: 'month', scope: 'all' })
  await app.goto(`${guard.url}/#/alerts?list=all`)
  const list = app.getByRole('region', { name: 'All alerts' })
  const more = list.getByRole('button', { name: 'Show more' })
  await more.focus()
  const before = await app.evaluate(() => window.scrollY)
  await app.keyboard.press('Enter')
  await expect(more).toHaveCount(0)
  expect(await app.evaluate(() => window.scrollY)).toBeGreaterThanOrEqual(before)
})

test('what people say of an alert is kept, may be changed, and makes the numbers', async ({ app, guard }) => {
  const ask = await fillGuard(guard, providers)
  await ask('budgets:set', { limit: '1', period: 'month', scope: 'all' })
  const [alert] = await ask('alerts:list', { rule: 'budget', state: 'firing' })
  await app.goto(`${guard.url}/#/alerts/${alert?.id}`)
  const card = app.getByRole('region', { name: 'What was it?' })
  await card.getByRole('button', { name: 'False alarm' }).click()
  await expect(card).toContainText('You say it was a false alarm')
  await card.getByRole('button', { name: 'Real problem' }).click()
  await card.getByLabel('Prevented, in USD (optional)').fill('250')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByRole('status')).toHaveText('$250.00 noted')
  await card.getByLabel('Note (optional)').fill('A retry loop')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByRole('status')).toHaveText('$250.00, A retry loop noted')
  await card.screenshot({ path: test.info().outputPath('verdict.png') })
  await expect(app.getByRole('region', { name: 'History' })).toContainText('Judged a false alarm')

  await app
    .getByRole('link', { name: /Alerts/ })
    .first()
    .click()
  await app.getByRole('link', { name: 'How the guard does' }).click()
  await expect(app.getByRole('region', { name: 'Prevented, you say' })).toContainText('$250.00')
  await expect(app.getByRole('region', { name: 'False alarms' })).toContainText('0 of 1')
})
