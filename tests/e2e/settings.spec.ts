import { canary } from '../fakes/home.ts'
import { expectAccessible } from './support/accessibility.ts'
import { expect, test } from './support/test.ts'

test('names of credentials are looked for when asked, and lead to the form of their provider', async ({
  app,
  guard,
}) => {
  const answers: string[] = []
  app.on(
    'response',
    (response) =>
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      ),
  )
  await app.goto(`${guard.url}/#/settings/accounts`)
  await expect(app.getByText(/It reads no key/)).toBeVisible()
  await expect(app.getByText('OPENAI_API_KEY', { exact: true })).toHaveCount(0)

  await app.getByLabel('Project folder (optional)').fill('~/shop')
  await app.getByRole('button', { name: 'Look for credentials on this computer' }).click()
  const openai = app.getByRole('listitem').filter({ hasText: 'Add OpenAI' })
  await expect(openai).toContainText('in the environment · can spend, but not read the bill')
  await expect(openai).toContainText('~/shop/.env · reads the bill')
  await app.getByText(/^Found, not watched by this version: .*Mistral/).click()
  await expect(app.getByText('MISTRAL_API_KEY')).toBeVisible()
  expect(answers.join('\n') + (await app.content())).toContain('OPENAI_ADMIN_KEY')
  expect(answers.join('\n') + (await app.content())).not.toContain(canary)

  await app.getByRole('button', { name: 'Add OpenAI' }).click()
  const form = app.getByRole('dialog', { name: 'Add an account of OpenAI' })
  await expect(form.getByLabel('Label')).toHaveValue('OpenAI')
  await expectAccessible(app)
})

test('a budget is set, changed and removed, with mistakes named at their field', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/budgets`)
  await app.getByRole('button', { name: 'Add budget' }).click()
  await app.getByLabel('Limit', { exact: true }).fill('12,5')
  await app.getByRole('button', { name: 'Save budget' }).click()
  await expect(app.getByText('An amount is a decimal number, such as 49.50.')).toBeVisible()
  await expect(app.getByLabel('Limit', { exact: true })).toBeFocused()
  await app.getByLabel('Limit', { exact: true }).fill('12.5')
  await app.getByLabel('Period').selectOption('month')
  await app.getByLabel('Counts').selectOption('model')
  await app.getByRole('button', { name: 'Save budget' }).click()
  await expect(app.getByText('Say which model.')).toBeVisible()
  await app.getByRole('combobox', { name: 'Model' }).fill('gpt-5')
  await app.getByLabel('Threshold 1', { exact: true }).fill('70')
  await app.getByRole('button', { name: 'Save budget' }).click()

  await expect(app.getByText('Model gpt-5')).toBeVisible()
  await expect(app.getByText('$12.50 each month')).toBeVisible()
  await expect(app.getByText(/70% info · 80% warning · 100% critical/)).toBeVisible()

  await app.getByRole('button', { name: /^Edit the budget of Model gpt-5/ }).click()
  await app.getByLabel('Limit', { exact: true }).fill('20')
  await app.getByRole('button', { name: 'Save budget' }).click()
  await expect(app.getByText('$20.00 each month')).toBeVisible()

  await app.getByRole('button', { name: /^Remove the budget/ }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Remove budget' }).click()
  await expect(app.getByText('No budgets yet')).toBeVisible()
})

test('a launch is announced, and taken back', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/budgets`)
  await app.getByRole('button', { name: 'Add plan' }).click()
  await app.getByLabel('What for (optional)').fill('Launch')
  await app.getByRole('button', { name: 'Save plan' }).click()
  await expect(app.getByLabel('Up to, each day')).toBeFocused()
  await app.getByLabel('Up to, each day').fill('300')
  await app.getByLabel('Last day').fill('2020-01-01')
  await app.getByRole('button', { name: 'Save plan' }).click()
  await expect(app.getByText('The last day comes before the first.')).toBeVisible()
  await app.getByLabel('Last day').fill(await app.getByLabel('First day').inputValue())
  await app.getByRole('button', { name: 'Save plan' }).click()
  await expect(app.getByText('Launch', { exact: true })).toBeVisible()
  await expect(app.getByText(/Up to \$300\.00 a day, on/)).toBeVisible()
  await app.getByRole('button', { name: 'Remove the plan Launch' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Remove plan' }).click()
  await expect(app.getByText('Nothing is planned')).toBeVisible()
})

test('the theme is applied at once, and no later page begins in another one', async ({ app, guard }) => {
  const html = app.locator('html')
  await app.goto(`${guard.url}/#/settings/appearance`)
  await app.getByRole('radio', { name: 'Dark' }).click()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  // Before any script of the page has run: what is there then is the first paint.
  await app.route('**/assets/*.js', (route) => route.abort())
  await app.reload({ waitUntil: 'commit' })
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await app.unroute('**/assets/*.js')
  await app.reload()
  await app.getByRole('radio', { name: 'Like the system' }).click()
  await expect(html).not.toHaveAttribute('data-theme')
  await app.getByLabel('Language', { exact: true }).selectOption('Deutsch')
  await expect(html).toHaveAttribute('lang', 'de')
})

test('a time zone that there is not is named at its field', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/general`)
  await app.getByLabel('Time zone').fill('Mars/Olympus')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText(/Not a time zone this system knows/)).toBeVisible()
  await app.getByLabel('Time zone').fill('Asia/Tokyo')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved')).toBeVisible()
  await app.reload()
  await expect(app.getByLabel('Time zone')).toHaveValue('Asia/Tokyo')
})

test('a channel that cannot be is refused in words, and what was typed stays', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/channels`)
  await app.getByRole('button', { name: 'Add channel' }).click()
  await app.getByLabel('Webhook URL').fill('https://example.com/hook')
  await app.getByRole('button', { name: 'Add channel' }).last().click()
  await expect(app.getByText(/A Discord webhook URL looks like/)).toBeVisible()
  await expect(app.getByLabel('Webhook URL')).toHaveValue('https://example.com/hook')
})

test('every page of the settings is reached by keyboard alone', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/accounts`)
  for (const name of ['Budgets', 'Channels', 'Who hears what', 'General', 'Appearance', 'Data', 'About']) {
    const link = app.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name })
    await link.focus()
    await app.keyboard.press('Enter')
    await expect(link).toHaveAttribute('aria-current', 'page')
    await expect(app.getByRole('main')).toBeFocused()
  }
})

test('totals get a currency, and a rate is set and taken back', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/general`)
  await app.getByLabel('Display currency').fill('eu')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('A currency is three letters, such as USD.')).toBeVisible()
  await app.getByLabel('Display currency').fill('twd')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved')).toBeVisible()

  await app.getByRole('button', { name: 'Set a rate' }).click()
  await app.getByLabel('Is worth').fill('0')
  await app.getByLabel('Of', { exact: true }).fill('twd')
  await app.getByRole('button', { name: 'Save rate' }).click()
  await expect(app.getByText('A rate is a number above zero, such as 0.92.')).toBeVisible()
  await app.getByLabel('Is worth').fill('31.5')
  await app.getByRole('button', { name: 'Save rate' }).click()
  await expect(app.getByText(/^1 USD is 31\.5 TWD/)).toBeVisible()
  await app.getByRole('button', { name: 'Remove the rate of USD and TWD' }).click()
  await expect(app.getByText(/^1 USD is/)).toHaveCount(0)
})
