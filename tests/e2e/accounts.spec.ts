import { expectAccessible } from './support/accessibility.ts'
import { asker } from './support/fill.ts'
import { keys, startProviders, type Providers } from './support/providers.ts'
import { expect, test } from './support/test.ts'

let providers: Providers
test.beforeEach(async () => {
  providers = await startProviders()
})
test.afterEach(() => providers.stop())

test('an account is edited in place, and its key goes nowhere new without being typed', async ({ app, guard }) => {
  const ask = asker(guard)
  await ask('accounts:add', { provider: 'openai', label: 'OpenAI', baseUrl: providers.openaiUrl, secret: keys.openai })
  await app.goto(`${guard.url}/#/settings/accounts`)
  await app.getByRole('button', { name: 'More for OpenAI' }).click()
  await app.getByRole('menuitem', { name: 'Edit…' }).click()
  const form = app.getByRole('dialog', { name: 'Edit OpenAI' })

  await test.step('a mistake is named at its field, which gets the focus', async () => {
    await form.getByLabel('Label').fill('')
    await form.getByRole('button', { name: 'Check changes' }).click()
    await expect(form.getByLabel('Label')).toBeFocused()
    await expect(form.getByLabel('Label')).toHaveAccessibleDescription('Give the account a label.')
  })

  await test.step('another host wants the key again', async () => {
    await form.getByLabel('Label').fill('OpenAI, shop')
    await form.getByText('More options').click()
    await form.getByLabel('Base URL (optional)').fill(providers.anthropicUrl)
    await form.getByRole('button', { name: 'Check changes' }).click()
    await expect(form.getByText(/Enter the key again/)).toBeVisible()
    await form.getByLabel('Base URL (optional)').fill(providers.openaiUrl)
  })

  await test.step('what it means is said before it is saved', async () => {
    await form.getByLabel('Workspace (optional)').fill('Shop')
    await form.getByRole('button', { name: 'Check changes' }).click()
    await expect(form.getByText(/belongs to the workspace Shop from now on/)).toBeVisible()
    await expectAccessible(app)
    await form.getByRole('button', { name: 'Save changes' }).click()
    await expect(form).toHaveCount(0)
  })
  await expect(app.getByText('OpenAI, shop', { exact: true })).toBeVisible()
  expect(await ask('accounts:list', {})).toMatchObject([{ label: 'OpenAI, shop', workspace: 'Shop' }])
})
