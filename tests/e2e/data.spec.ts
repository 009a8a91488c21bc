import { readFile } from 'node:fs/promises'
import { charge, focusFile } from '../unit/focus/focus-file.ts'
import { asker } from './support/fill.ts'
import { expect, test } from './support/test.ts'

test('a backup is put back, and what was there can be put back too', async ({ app, guard }) => {
  const ask = asker(guard)
  await ask('budgets:set', { limit: '10', period: 'day', scope: 'all' })
  await app.goto(`${guard.url}/#/settings/data`)
  await app.getByRole('button', { name: 'Back up now' }).click()
  const backups = app.getByRole('list', { name: 'Backups, newest first' }).getByRole('listitem')
  await expect(backups).toHaveCount(1)
  await ask('budgets:set', { limit: '20', period: 'month', scope: 'all' })

  await app.getByRole('button', { name: /^Restore the backup of/ }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await expect(app.getByText('Restored', { exact: true })).toBeVisible()
  await expect(backups).toHaveCount(2)
  await app.getByRole('link', { name: 'Budgets' }).click()
  await expect(app.getByText('$10.00 each day')).toBeVisible()
  await expect(app.getByText('$20.00 each month')).toHaveCount(0)
})

test('what becomes coarser is told before it is saved', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/settings/data`)
  await app.getByLabel('Keep minutes for (days)').fill('0')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByLabel('Keep minutes for (days)')).toBeFocused()
  await expect(app.getByText('At least 1.')).toBeVisible()
  await app.getByLabel('Keep minutes for (days)').fill('3')
  await expect(app.getByText('Nothing becomes coarser than it is now.')).toBeVisible()
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved')).toBeVisible()
})

test('a bill is imported from a file that the page hands over, and exported again', async ({ app, guard }) => {
  const bill = { name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from(focusFile(charge(3, 0, '25'))) }
  await app.goto(`${guard.url}/#/settings/data`)
  await app.getByRole('button', { name: 'Import' }).click()
  await expect(app.getByLabel('Files')).toBeFocused()
  await expect(app.getByText('Choose a file.')).toBeVisible()
  await app.getByLabel('Files').setInputFiles({ ...bill, buffer: Buffer.from('Name,Amount\r\nx,1\r\n') })
  await app.getByRole('button', { name: 'Import' }).click()
  await expect(app.getByText(/The file bill.csv cannot be imported/)).toBeVisible()

  await app.getByLabel('Files').setInputFiles(bill)
  await app.getByRole('button', { name: 'Import' }).click()
  await expect(app.getByText('1 line read: $25.00')).toBeVisible()
  expect(await asker(guard)('accounts:list', {})).toMatchObject([{ provider: 'focus', label: 'Bills from files' }])

  await app.getByLabel('From').fill('2026-11-05')
  await app.getByLabel('To', { exact: true }).fill('2026-11-01')
  await app.getByRole('button', { name: 'Export' }).click()
  await expect(app.getByText('The last day comes before the first.')).toBeVisible()
  await app.getByLabel('From').fill('2026-11-01')
  await app.getByLabel('To', { exact: true }).fill('2026-11-05')
  const download = app.waitForEvent('download')
  await app.getByRole('button', { name: 'Export' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('spend-2026-11-01-to-2026-11-05.csv')
  expect(await readFile(await saved.path(), 'utf8')).toContain('25')
})

test('diagnostics are seen before they are copied', async ({ app, guard, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.goto(`${guard.url}/#/settings/about`)
  await app.getByRole('button', { name: 'Collect diagnostics' }).click()
  await expect(app.getByLabel('Diagnostics')).toHaveValue(/API Spend Guard \d/)
  await app.getByRole('button', { name: 'Copy' }).click()
  await expect(app.getByText('Copied')).toBeVisible()
  expect(await app.evaluate(() => navigator.clipboard.readText())).toMatch(/^API Spend Guard/)
})
