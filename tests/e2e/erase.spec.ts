import { expect, test } from '@playwright/test'
import { serveGuard } from './support/serve.ts'

test('everything is deleted only when it is typed, and the guard ends by itself', async ({ page }) => {
  const guard = await serveGuard()
  await page.goto(guard.door)
  await page.goto(`${guard.url}/#/settings/data`)
  await page.getByRole('button', { name: 'Delete everything…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await expect(dialog.getByLabel('Type “delete everything”')).toBeFocused()
  await dialog.getByLabel('Type “delete everything”').fill('Delete everything')
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await expect(page.getByRole('heading', { name: 'Everything is deleted' })).toBeVisible()
  await expect(page.getByText('the vault with all keys')).toBeVisible()
  await expect
    .poll(() =>
      fetch(`${guard.url}/healthz`).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone')
  await guard.stop()
})
