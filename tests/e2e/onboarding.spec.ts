import { keys, startProviders, type Providers } from './support/providers.ts'
import { expectAccessible } from './support/accessibility.ts'
import { expect, test } from './support/test.ts'

let providers: Providers
test.beforeEach(async () => {
  providers = await startProviders()
})
test.afterEach(() => providers.stop())

test('from nothing to a budget and a delivered test, by hand', async ({ app }) => {
  await app.getByRole('radio', { name: 'OpenAI' }).click()
  await app.getByRole('button', { name: 'Continue with OpenAI' }).click()
  await app.getByText('More options').click()
  await app.getByLabel('Base URL (optional)').fill(providers.openaiUrl)

  await test.step('a wrong key is named as such, and what was typed stays', async () => {
    await app.getByRole('button', { name: 'Check key' }).click()
    await expect(app.getByText('The secret is empty.')).toBeVisible()
    await app.getByLabel('Admin key').fill(keys.project)
    await app.getByRole('button', { name: 'Check key' }).click()
    await expect(app.getByText(/This is a project key/)).toBeVisible()
    await app.getByLabel('Admin key').fill(keys.unknown)
    await app.getByRole('button', { name: 'Check key' }).click()
    await expect(app.getByText('The key was refused')).toBeVisible()
    await expect(app.getByLabel('Base URL (optional)')).toHaveValue(providers.openaiUrl)
    await expectAccessible(app)
  })

  await test.step('a right key is looked at before it is saved', async () => {
    await app.getByLabel('Admin key').fill(keys.openai)
    await app.getByRole('button', { name: 'Check key' }).click()
    await expect(app.getByText('The key works')).toBeVisible()
    await app.getByRole('button', { name: /^Add/ }).click()
  })

  await expect(app.getByRole('heading', { name: 'Reading the history of OpenAI' })).toBeVisible()
  await expect(app.getByText('The history is here')).toBeVisible({ timeout: 45_000 })
  await app.getByRole('button', { name: 'Continue' }).click()

  await expect(app.getByText(/We suggest \$\d/)).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Set budget' }).click()

  await app.getByRole('button', { name: 'Add a channel' }).click()
  await app.getByLabel('Webhook URL').fill(providers.discord.webhookUrl)
  await app.getByRole('button', { name: 'Add channel' }).click()
  await app.getByRole('button', { name: 'Send test to Discord' }).click()
  await expect(app.getByText('The test was delivered')).toBeVisible()
  expect(providers.discord.messages).toHaveLength(1)
  await expectAccessible(app)

  await app.getByRole('button', { name: 'Finish' }).click()
  await app.getByRole('link', { name: 'Open the dashboard' }).click()
  await expect(app.getByRole('region', { name: 'Today' })).toContainText(/\$\d/)
  await expect(app.getByRole('img', { name: /Spend of the last 30 days/ })).toBeVisible()
})

test('what is used on this computer can be looked up first', async ({ app }) => {
  await app.getByText('Not sure which ones you use? Look on this computer').click()
  await app.getByRole('button', { name: 'Look for credentials on this computer' }).click()
  await app.getByRole('button', { name: 'Add Anthropic' }).click()
  await expect(app.getByRole('heading', { name: 'Paste a key of Anthropic' })).toBeVisible()
})
