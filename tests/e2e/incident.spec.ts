import { fillGuard } from './support/fill.ts'
import { keys, startStandIn, type StandIn } from './support/stand-in.ts'
import { expect, test } from './support/test.ts'

let standIn: StandIn
test.beforeEach(async () => {
  standIn = await startStandIn()
})
test.afterEach(() => standIn.stop())

test('a leaked key shows up by itself, is acknowledged, and the page says who did what', async ({ app, guard }) => {
  const ask = await fillGuard(guard, standIn)
  await app.goto(`${guard.url}/#/`)
  await expect(app.getByRole('region', { name: 'Today' })).toContainText(/\$\d/)
  const before = await ask('alerts:list', { state: 'open' })

  standIn.leak()
  const burning = app.getByRole('listitem').filter({ hasText: 'Critical' }).filter({ hasText: 'Firing' }).first()
  await expect(burning).toBeVisible({ timeout: 45_000 })
  await expect(app).toHaveTitle(/^\(\d+\) API Spend Guard$/)
  expect((await ask('alerts:list', { state: 'open' })).length).toBeGreaterThan(before.length)
  expect(standIn.told.length).toBeGreaterThan(0)

  await burning.getByRole('link').click()
  await expect(app.getByRole('heading', { name: 'What to do' })).toBeVisible()
  await expect(app.getByRole('table')).toContainText('gpt-5')
  await expect(app.getByRole('region', { name: 'Deliveries' })).toContainText('Discord #ops')
  await app.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(app.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  await expect(app.getByRole('region', { name: 'History' })).toContainText('Acknowledged by you')

  await app.getByRole('button', { name: 'Snooze' }).click()
  await app.getByRole('menuitem', { name: '4 hours' }).click()
  await expect(app.getByText('Snoozed', { exact: true }).first()).toBeVisible()
  await app.getByRole('button', { name: 'Resolve' }).click()
  await expect(app.getByRole('button', { name: 'Resolve' })).toHaveCount(0)
})

test('an account is tested, gets a new key, and is removed only after a question', async ({ app, guard }) => {
  await fillGuard(guard, standIn)
  await app.goto(`${guard.url}/#/settings/accounts`)
  await app.getByRole('button', { name: 'Test' }).click()
  await expect(app.getByText('The key works')).toBeVisible()

  await app.getByRole('button', { name: 'More for OpenAI production' }).click()
  await app.getByRole('menuitem', { name: 'Replace key…' }).click()
  await app.getByLabel('New admin key').fill('sk-admin-nobody-knows-this')
  await app.getByRole('button', { name: 'Check key' }).click()
  await expect(app.getByRole('dialog').getByText('The key was refused')).toBeVisible()
  await app.getByLabel('New admin key').fill(keys.admin)
  await app.getByRole('button', { name: 'Check key' }).click()
  await expect(app.getByRole('dialog').getByText('The key works')).toBeVisible()
  await app.getByRole('button', { name: 'Replace key' }).click()
  await expect(app.getByRole('dialog')).toHaveCount(0)

  await app.getByRole('button', { name: 'More for OpenAI production' }).click()
  await app.getByRole('menuitem', { name: 'Remove…' }).click()
  await app.getByRole('button', { name: 'Cancel' }).click()
  await expect(app.getByText('OpenAI production')).toBeVisible()
  await app.getByRole('button', { name: 'More for OpenAI production' }).click()
  await app.getByRole('menuitem', { name: 'Remove…' }).click()
  await app.getByRole('button', { name: 'Remove account' }).click()
  await expect(app.getByText('No accounts yet')).toBeVisible()
})

test('a channel that is gone is shown as failed, with what to do', async ({ app, guard }) => {
  await fillGuard(guard, standIn)
  await app.goto(`${guard.url}/#/settings/channels`)
  await app.getByRole('button', { name: 'Send test to Discord #ops' }).click()
  await expect(app.getByText('The test was delivered')).toBeVisible()
  standIn.deleteWebhook()
  await app.getByRole('button', { name: 'Send test to Discord #ops' }).click()
  await expect(app.getByText('The channel no longer exists').first()).toBeVisible()
})
