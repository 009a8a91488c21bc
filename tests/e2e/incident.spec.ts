import { fillGuard } from './support/fill.ts'
import { keys, startProviders, type Providers } from './support/providers.ts'
import { expect, test } from './support/test.ts'

let providers: Providers
test.beforeEach(async () => {
  providers = await startProviders()
})
test.afterEach(() => providers.stop())

test('a leaked key shows up by itself, is acknowledged, and the page says who did what', async ({ app, guard }) => {
  const ask = await fillGuard(guard, providers)
  await app.goto(`${guard.url}/#/`)
  await expect(app.getByRole('region', { name: 'Today' })).toContainText(/\$\d/)
  const before = await ask('alerts:list', { state: 'open' })

  providers.leak()
  const burning = app.getByRole('listitem').filter({ hasText: 'Critical' }).filter({ hasText: 'Firing' }).first()
  await expect(burning).toBeVisible({ timeout: 45_000 })
  await expect(app).toHaveTitle(/^\(\d+\) API Spend Guard$/)
  expect((await ask('alerts:list', { state: 'open' })).length).toBeGreaterThan(before.length)
  expect(providers.discord.messages.length).toBeGreaterThan(0)

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
  await fillGuard(guard, providers)
  await app.goto(`${guard.url}/#/settings/accounts`)
  await app.getByRole('button', { name: 'Test' }).first().click()
  await expect(app.getByText('The key works')).toBeVisible()

  await app.getByRole('button', { name: 'More for OpenAI production' }).click()
  await app.getByRole('menuitem', { name: 'Replace key…' }).click()
  await app.getByLabel('New admin key').fill(keys.unknown)
  await app.getByRole('button', { name: 'Check key' }).click()
  await expect(app.getByRole('dialog').getByText('The key was refused')).toBeVisible()
  await app.getByLabel('New admin key').fill(keys.openai)
  await app.getByRole('button', { name: 'Check key' }).click()
  await expect(app.getByRole('dialog').getByText('The key works')).toBeVisible()
  await app.getByRole('button', { name: 'Replace key' }).click()
  await expect(app.getByRole('dialog')).toHaveCount(0)

  await app.getByRole('button', { name: 'More for OpenAI production' }).click()
  await app.getByRole('menuitem', { name: 'Remove…' }).click()
  await app.getByRole('button', { name: 'Cancel' }).click()
  await expect(app.getByText('OpenAI production', { exact: true })).toBeVisible()
  await app.getByRole('button', { name: 'More for OpenAI production' }).click()
  await app.getByRole('menuitem', { name: 'Remove…' }).click()
  await app.getByRole('button', { name: 'Remove account' }).click()
  await expect(app.getByText('OpenAI production', { exact: true })).toHaveCount(0)
  await expect(app.getByText('Anthropic support', { exact: true })).toBeVisible()
})

test('a channel that is gone is shown as failed, with what to do', async ({ app, guard }) => {
  await fillGuard(guard, providers)
  await app.goto(`${guard.url}/#/settings/channels`)
  await app.getByRole('button', { name: 'Send test to Discord #ops' }).click()
  await expect(app.getByText('The test was delivered')).toBeVisible()
  providers.discord.deleteWebhook()
  await app.getByRole('button', { name: 'Send test to Discord #ops' }).click()
  await expect(app.getByText('The channel no longer exists').first()).toBeVisible()
})
