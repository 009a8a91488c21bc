import { fillGuard } from './support/fill.ts'
import { startProviders } from './support/providers.ts'
import { expect, test } from './support/test.ts'

/** Amounts of a company with a thousand times the spend. */
const enlarged = (text: string) =>
  text.replace(
    /"(effective|amount|spent)":"(\d+)/g,
    (_all, field: string, whole: string) => `"${field}":"98765${whole}`,
  )

test('an alert on a phone names models, projects and keys in full, also beside large amounts', async ({
  app,
  guard,
}) => {
  const providers = await startProviders()
  const ask = await fillGuard(guard, providers)
  await ask('budgets:set', { limit: '1', period: 'month', scope: 'all' })
  const alert = (await ask('alerts:list', { state: 'firing' })).find(({ rule }) => rule === 'budget')
  await app.route('**/api/calls/*', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: enlarged(await response.text()) })
  })
  await app.setViewportSize({ width: 390, height: 844 })
  await app.goto(`${guard.url}/#/alerts/${alert?.id}`)
  for (const name of ['gpt-5-mini-2025-08-07', 'web-app-prod', 'research-notebooks']) {
    const shown = app.getByRole('rowheader', { name }).getByText(name)
    await expect(shown).toBeVisible()
    expect(await shown.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true)
  }

  await app.setViewportSize({ width: 340, height: 480 })
  await app.goto(`${guard.url}/?view=popover`)
  await expect(app.getByText('$98,765').first()).toBeVisible()
  expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBe(340)
  await providers.stop()
})

test('a guard without accounts does not show the green of one that watches', async ({ app, guard }) => {
  await app.goto(`${guard.url}/#/alerts`)
  const state = app.getByText('Nothing to guard yet')
  await expect(state).toBeVisible()
  await expect(state).not.toHaveClass(/guard-good/)
})

test('the glance of a guard without accounts leads to the dashboard', async ({ app, guard }) => {
  await app.goto(`${guard.url}/?view=popover`)
  await expect(app.getByText('Nothing is guarded yet')).toBeVisible()
  await expect(app.getByRole('link', { name: 'Open dashboard' })).toBeVisible()
})
