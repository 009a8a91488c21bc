import { expect, test } from './support/test.ts'

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

test('the appearance is kept and applied at once', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/general`)
  await app.getByLabel('Appearance').selectOption('dark')
  await app.getByLabel('Time zone').fill('Mars/Olympus')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText(/Not a time zone this system knows/)).toBeVisible()
  await app.getByLabel('Time zone').fill('Asia/Tokyo')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved')).toBeVisible()
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark')
  await app.reload()
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark')
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
  for (const name of ['Budgets', 'Channels', 'General']) {
    const link = app.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name })
    await link.focus()
    await app.keyboard.press('Enter')
    await expect(link).toHaveAttribute('aria-current', 'page')
    await expect(app.getByRole('main')).toBeFocused()
  }
})
