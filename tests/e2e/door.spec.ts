import { expect, test } from './support/test.ts'

test('the token lets the page in, leaves the address, and stays for a reload', async ({ app, guard }) => {
  await expect(app.getByRole('heading', { name: 'Set up your guard' })).toBeVisible()
  expect(app.url()).not.toContain(guard.token)
  await app.reload()
  await expect(app.getByRole('heading', { name: 'Set up your guard' })).toBeVisible()
})

test('without a token the page says how to come in', async ({ page, guard }) => {
  await page.goto(guard.url)
  await expect(page.getByRole('main').getByText('The guard cannot be reached')).toBeVisible()
  await expect(page.getByText(/Open the address that spend-guard serve printed/)).toBeVisible()
})

test('when the guard goes away the page says so and keeps what it showed', async ({ page, guard }) => {
  await page.goto(`${guard.door}`)
  await page.goto(`${guard.url}/#/settings/general`)
  await expect(page.getByLabel('Velocity floor (per hour)')).toHaveValue('25')
  await guard.stop()
  await page.getByLabel('Velocity floor (per hour)').fill('40')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('main').getByText('The guard cannot be reached')).toBeVisible()
  await expect(page.getByLabel('Velocity floor (per hour)')).toHaveValue('40')
})
