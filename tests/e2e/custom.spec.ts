import { acmeKey, acmeManifest, startAcme } from '../emulators/custom.ts'
import { expectAccessible } from './support/accessibility.ts'
import { expect, test } from './support/test.ts'

test('an API of nobody we know is tried before it is added', async ({ app, guard }) => {
  const flow = {
    provider: 'custom' as const,
    model: 'acme-large',
    project: 'shop',
    apiKey: 'k',
    tokens: { input: 1_000, cached: 0, output: 0 },
    prices: { input: 1, cached: 0, output: 0 },
    pace: () => 1,
  }
  const acme = await startAcme({ now: () => Date.now(), flows: [flow], usageDelayMs: 0, costDelayMs: 0 })
  const manifest = JSON.stringify({ ...acmeManifest, origin: acme.url }, null, 2)

  await app.goto(`${guard.url}/#/settings/accounts`)
  await app.getByRole('button', { name: 'Add account' }).click()
  const form = app.getByRole('dialog')
  await form.getByLabel('Provider').selectOption({ label: 'Another JSON API' })
  await expect(form.getByLabel(/^Manifest/)).toHaveValue(/"origin": "https:\/\/api\.acme\.example"/)
  await form.getByLabel('Key (optional)').fill(acmeKey)
  await form.getByLabel('Label').fill('Acme')

  await form.getByLabel(/^Manifest/).fill(manifest.replace('"amount": "cost"', '"amount": "costs"'))
  await form.getByRole('button', { name: 'Try it' }).click()
  await expect(form.getByText('feeds.0.amount: "costs" finds nothing in row 1 of /v1/costs.')).toBeVisible()

  await form.getByLabel(/^Manifest/).fill(manifest)
  await form.getByRole('button', { name: 'Try it' }).click()
  const rows = form.getByRole('table', { name: 'The newest rows of costs' })
  await expect(rows.getByRole('cell', { name: '1.44 USD' }).first()).toBeVisible()
  await expect(form.getByText('41.200000001 USD of prepaid money are left')).toBeVisible()
  await expectAccessible(app)

  await form.getByRole('button', { name: 'Add account' }).click()
  await expect(form).toHaveCount(0)
  await expect(app.getByText('Acme', { exact: true })).toBeVisible()
  await acme.stop()
})
