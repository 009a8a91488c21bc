import { asker } from './support/fill.ts'
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
  await expect(app.getByText(/^The last 90 days: \$\d/)).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Continue' }).click()

  await expect(app.getByText(/We suggest \$\d/)).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Set budget' }).click()

  await app.getByRole('button', { name: 'Add a channel' }).click()
  await app.getByLabel('Webhook URL').fill(providers.discord.webhookUrl)
  await app.getByRole('button', { name: 'Add channel' }).click()
  await app.getByRole('button', { name: 'Send test to Discord' }).click()
  await expect(app.getByText('The test was delivered')).toBeVisible()
  // Late in the day half of the new budget is spent as well, and that is told too.
  expect(JSON.stringify(providers.discord.messages)).toContain('This is a test.')
  await expectAccessible(app)

  await app.getByRole('button', { name: 'Finish' }).click()
  await expect(app.getByText(/OpenAI is read every 1 min, the bill every 15 min/)).toBeVisible()
  await expect(app.getByText(/Everything, each day: you hear when it nears \$\d/)).toBeVisible()
  await expect(app.getByText(/You are told by: .*Discord/)).toBeVisible()
  await expectAccessible(app)
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

test('a pasted key says whose it is, and by keyboard alone it takes few steps to be told', async ({ app, guard }) => {
  const pressed: string[] = []
  const press = async (key: string) => {
    pressed.push(key)
    await app.keyboard.press(key)
  }
  /** Goes on by Tab until something has the focus, as somebody does who sees where they are. */
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 60; tabs++) {
      const focused = app.locator(':focus')
      if ((await focused.count()) > 0 && (await focused.evaluate(nameOf)) === name) return
      await press('Tab')
    }
    throw new Error(`Tab does not come to ${name}.`)
  }
  const type = async (text: string) => {
    await app.keyboard.press('ControlOrMeta+A')
    await app.keyboard.insertText(text)
  }

  await expect(app.getByRole('heading', { name: 'Set up your guard' })).toBeVisible()
  await tabTo('Have a key at hand? Paste it here')
  await type(keys.anthropic)
  await expect(app.getByText('This looks like a key of Anthropic.')).toBeVisible()
  await press('Enter')
  await expect(app.getByRole('heading', { name: 'Paste a key of Anthropic' })).toBeVisible()
  await expect(app.getByLabel('Admin key')).toHaveValue(keys.anthropic)
  await tabTo('More options')
  await press('Enter')
  await tabTo('Base URL (optional)')
  await type(providers.anthropicUrl)
  await press('Enter')
  await expect(app.getByText('The key works')).toBeVisible()
  await press('Enter')

  await expect(app.getByText('The history is here')).toBeVisible({ timeout: 45_000 })
  await tabTo('Continue')
  await press('Enter')
  await expect(app.getByText(/We suggest/)).toBeVisible()
  await tabTo('Limit per day (USD)')
  await type('75')
  await press('Enter')

  await expect(app.getByRole('heading', { name: 'Where shall we reach you?' })).toBeVisible()
  await tabTo('Add a channel')
  await press('Enter')
  await tabTo('Webhook URL')
  await type(providers.discord.webhookUrl)
  await press('Enter')
  await expect(app.getByRole('button', { name: 'Send test to Discord' })).toBeVisible()
  await app.getByRole('button', { name: 'Send test to Discord' }).focus()
  await press('Enter')
  await expect(app.getByText('The test was delivered')).toBeVisible()
  await tabTo('Finish')
  await press('Enter')
  await expect(app.getByText(/Everything, each day: you hear when it nears \$75\.00/)).toBeVisible()
  expect(pressed.filter((key) => key === 'Enter').length).toBeLessThanOrEqual(12)
  expect(await asker(guard)('settings:get', {})).toMatchObject({ setUp: null })
})

test('whoever closes the page half way comes back to where they were', async ({ app, guard }) => {
  const ask = asker(guard)
  await app.getByLabel('Have a key at hand? Paste it here').fill(keys.openai)
  await app.getByRole('button', { name: 'Continue with OpenAI' }).click()
  await app.getByText('More options').click()
  await app.getByLabel('Base URL (optional)').fill(providers.openaiUrl)
  await app.getByRole('button', { name: 'Check key' }).click()
  await app.getByRole('button', { name: /^Add/ }).click()
  await app.getByRole('button', { name: 'Continue' }).click()
  await expect(app.getByRole('heading', { name: 'How much is too much in a day?' })).toBeVisible()
  await expect.poll(async () => (await ask('settings:get', {})).setUp?.step).toBe('budget')
  await app.goto('about:blank')
  await app.goto(guard.door)
  await expect(app.getByRole('heading', { name: 'How much is too much in a day?' })).toBeVisible()
  await app.getByRole('link', { name: 'Go on later' }).click()
  await expect(app.getByRole('region', { name: 'Today' })).toBeVisible()
})

test('whoever was setting up an account that is gone finds the dashboard again', async ({ app, guard }) => {
  const ask = asker(guard)
  const { openaiUrl: baseUrl } = providers
  const { id } = await ask('accounts:add', { provider: 'openai', label: 'Shop', baseUrl, secret: keys.openai })
  await ask('accounts:add', { provider: 'openai', label: 'Other', baseUrl, secret: keys.openai })
  await ask('settings:change', { setUp: { step: 'history', accountId: id } })
  await ask('accounts:remove', { id })
  await app.reload()
  await expect(app.getByRole('heading', { name: 'Whose bill shall we watch?' })).toBeVisible()
  await expect.poll(async () => (await ask('settings:get', {})).setUp).toBeNull()
  await app.goto(`${guard.url}/#/`)
  await app.reload()
  await expect(app.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
})

test('a key of another provider is said to be one, and used there', async ({ app }) => {
  await app.getByRole('radio', { name: 'OpenAI' }).click()
  await app.getByRole('button', { name: 'Continue with OpenAI' }).click()
  await app.getByLabel('Admin key').fill(keys.anthropic)
  await expect(app.getByText('This looks like a key of Anthropic')).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Use it for Anthropic' }).click()
  await expect(app.getByRole('heading', { name: 'Paste a key of Anthropic' })).toBeVisible()
  await expect(app.getByLabel('Admin key')).toHaveValue(keys.anthropic)
})

test('without a connection the account is added unchecked, and says what happens', async ({ app }) => {
  await app.getByLabel('Have a key at hand? Paste it here').fill(keys.openai)
  await app.getByRole('button', { name: 'Continue with OpenAI' }).click()
  await app.getByText('More options').click()
  await app.getByLabel('Base URL (optional)').fill('http://127.0.0.1:9')
  await app.getByRole('button', { name: 'Check key' }).click()
  await expect(app.getByText('This may pass by itself')).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Add it unchecked' }).click()
  await expect(app.getByText(/It is tried again by itself/)).toBeVisible()
  await expect(app.getByRole('button', { name: 'Try again' })).toBeVisible()
  await app.getByRole('button', { name: 'Continue' }).click()
  await expect(app.getByText(/There is no history to go by yet/)).toBeVisible()
})

/** What the label, the text or the name of an element is. */
function nameOf(element: Element): string {
  const labels = (element as HTMLInputElement).labels
  return (element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '').trim()
}
