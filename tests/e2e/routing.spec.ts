import { expectAccessible } from './support/accessibility.ts'
import { asker } from './support/fill.ts'
import { startProviders, type Providers } from './support/providers.ts'
import { expect, test } from './support/test.ts'

let providers: Providers
test.beforeAll(async () => {
  providers = await startProviders()
})
test.afterAll(() => providers.stop())

test('somebody is added, a channel reaches them, and both are still so after a reload', async ({ app, guard }) => {
  const ask = asker(guard)
  await ask('channels:add', { kind: 'discord', label: 'Night phone', secret: providers.discord.webhookUrl })
  await app.goto(`${guard.url}/#/settings/channels`)
  await app.getByRole('button', { name: 'Add person' }).click()
  await app.getByRole('button', { name: 'Save person' }).click()
  await expect(app.getByText('Give the person a name.')).toBeVisible()
  await expect(app.getByLabel('Name')).toBeFocused()
  await app.getByLabel('Name').fill('Anna')
  for (const day of ['Sat', 'Sun']) await app.getByRole('button', { name: day }).click()
  await app.getByLabel('To', { exact: true }).fill('22:00')
  await app.getByRole('button', { name: 'Save person' }).click()
  await expect(app.getByText(/It ends when it begins/)).toBeVisible()
  await app.getByLabel('To', { exact: true }).fill('06:30')
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Save person' }).click()
  await expect(app.getByText('Quiet Mon–Fri 22:00–06:30, but for critical alerts')).toBeVisible()
  await expect(app.getByText('No channel', { exact: true })).toBeVisible()

  await app.getByRole('button', { name: 'More for Night phone' }).click()
  await app.getByRole('menuitem', { name: 'Edit…' }).click()
  await app.getByRole('dialog').getByLabel('Label').fill('Anna’s phone')
  await app.getByRole('dialog').getByLabel('Reaches').selectOption('Anna')
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Save channel' }).click()
  await app.getByRole('switch', { name: 'Weekly test of Anna’s phone' }).click()
  await expect(app.getByText('Reached by Anna’s phone')).toBeVisible()

  await app.reload()
  await expect(app.getByText('Reached by Anna’s phone')).toBeVisible()
  await expect(app.getByRole('switch', { name: 'Weekly test of Anna’s phone' })).toBeChecked()

  await app.getByRole('button', { name: 'Send test to Anna’s phone' }).click()
  await expect(app.getByText('The test was delivered')).toBeVisible()

  await app.getByRole('button', { name: 'Edit Anna', exact: true }).click()
  await app.getByLabel('Name').fill('Annabel')
  await app.getByRole('button', { name: 'Save person' }).click()
  await expect(app.getByText('Reached by Anna’s phone')).toBeVisible()
  await app.getByRole('button', { name: 'Remove Annabel', exact: true }).click()
  await app.getByRole('button', { name: 'Remove person' }).click()
  await expect(app.getByRole('dialog').getByText(/Anna’s phone still reaches Annabel/)).toBeVisible()
})

test('a channel gets another secret and other options in place', async ({ app, guard }) => {
  const ask = asker(guard)
  const { id } = await ask('channels:add', { kind: 'discord', label: 'Ops', secret: providers.discord.webhookUrl })
  await ask('channels:add', {
    kind: 'telegram',
    label: 'Chat',
    secret: `123456789:${'A'.repeat(35)}`,
    options: { chat_id: '-1001234567890' },
  })
  await ask('routing:set', { matrix: { [id]: { info: 'never' } } })
  await app.goto(`${guard.url}/#/settings/channels`)
  const edit = async (label: string) => {
    await app.getByRole('button', { name: `More for ${label}` }).click()
    await app.getByRole('menuitem', { name: 'Edit…' }).click()
  }
  const dialog = app.getByRole('dialog')
  await edit('Ops')
  await expect(dialog.getByLabel('New secret: Webhook URL')).toHaveValue('')
  await expectAccessible(app)
  await dialog.getByLabel('New secret: Webhook URL').fill('https://example.com')
  await app.getByRole('button', { name: 'Save channel' }).click()
  await expect(dialog.getByText(/A Discord webhook URL looks like/)).toBeVisible()
  await dialog.getByLabel('New secret: Webhook URL').fill(`${providers.discord.webhookUrl}?thread_id=2`)
  await app.getByRole('button', { name: 'Save channel' }).click()
  await expect(dialog).toHaveCount(0)
  expect((await ask('routing:get', {})).matrix).toEqual({ [id]: { info: 'never' } })

  await edit('Chat')
  await expect(dialog.getByLabel(/^Chat: its number/)).toHaveValue('-1001234567890')
  await dialog.getByLabel(/^Chat: its number/).fill('')
  await dialog.getByText('More options').click()
  await dialog.getByLabel('Base URL (optional)').fill('https://gateway.example.com')
  await app.getByRole('button', { name: 'Save channel' }).click()
  await expect(dialog.getByText('Fill this in.')).toBeVisible()
  await expect(dialog.getByText(/the one that is kept is for the old address/)).toBeVisible()
  await dialog.getByLabel(/^Chat: its number/).fill('@spending')
  await dialog.getByLabel('Base URL (optional)').fill('')
  await app.getByRole('button', { name: 'Save channel' }).click()
  await expect(dialog).toHaveCount(0)
  expect((await ask('channels:list', {})).find(({ label }) => label === 'Chat')?.options).toEqual({
    chat_id: '@spending',
  })
})

test('a mistake in a drawer opens it, also where a person has closed it, and it stays open while that is mended', async ({
  app,
  guard,
}) => {
  await asker(guard)('channels:add', {
    kind: 'pushover',
    label: 'Phone',
    secret: `${'a'.repeat(30)}:${'u'.repeat(30)}`,
  })
  await app.goto(`${guard.url}/#/settings/channels`)
  await app.getByRole('button', { name: 'More for Phone' }).click()
  await app.getByRole('menuitem', { name: 'Edit…' }).click()
  const dialog = app.getByRole('dialog')
  const drawer = dialog.getByText('More options')
  const seconds = dialog.getByLabel(/^Emergency: seconds between two calls/)
  await drawer.press('Enter')
  await seconds.fill('7')
  for (const key of ['Enter', 'Space']) {
    await drawer.press(key)
    await expect(seconds).toBeHidden()
    await dialog.getByRole('button', { name: 'Save channel' }).click()
    await expect(seconds).toBeFocused()
    await expect(seconds).toHaveAccessibleDescription(/whole number from 30/)
  }
  await expectAccessible(app)
  await seconds.pressSequentially('0')
  await expect(seconds).not.toHaveAttribute('aria-invalid')
  await expect(seconds).toBeFocused()
  await dialog.getByRole('button', { name: 'Save channel' }).click()
  await expect(dialog).toHaveCount(0)
})

test('who hears what is changed, tried, thrown away, and kept', async ({ app, guard }) => {
  const ask = asker(guard)
  await ask('channels:add', { kind: 'discord', label: 'Ops', secret: providers.discord.webhookUrl })
  await ask('people:save', { name: 'Anna', quiet: { from: '22:00', to: '07:00' }, zone: 'UTC' })
  await ask('channels:add', {
    kind: 'discord',
    label: 'Phone',
    person: 'Anna',
    secret: `${providers.discord.webhookUrl}?thread_id=1`,
  })
  await app.goto(`${guard.url}/#/settings/routing`)
  const all = app.getByRole('table', { name: 'Who hears what, of all alerts' })
  const steps = app.getByRole('region', { name: 'Try it' }).getByRole('listitem')
  const save = app.getByRole('button', { name: 'Save' })

  // A cell at a time, and nothing counts before it is saved.
  await expect(all.getByLabel('Phone, critical')).toHaveValue('0')
  await expect(save).toHaveCount(0)
  await all.getByLabel('Phone, critical').selectOption('After 15 min')
  // With or without a desktop to notify on.
  for (const name of ['Desktop notification', 'Tray', 'Ops', 'Phone'])
    await all.getByLabel(`${name}, info`).selectOption('Never')
  await expect(app.getByText('Nobody hears info alerts')).toBeVisible()
  await all.getByLabel('Phone, info').selectOption('As backup')
  await expect(steps.filter({ hasText: 'After 15 min, if nobody acknowledges' })).toContainText('Phone (Anna)')
  expect((await ask('routing:get', {})).matrix).toEqual({})
  await app.getByRole('button', { name: 'Discard' }).click()
  await expect(all.getByLabel('Phone, critical')).toHaveValue('0')

  // Other minutes are typed; the keyboard stays at the cell.
  await all.getByLabel('Phone, critical').selectOption('Other minutes…')
  await app.keyboard.type('20000')
  await expect(app.getByText('0 to 1440')).toBeVisible()
  await app.keyboard.press('Backspace')
  await app.keyboard.press('Backspace')
  await app.keyboard.press('Backspace')
  await app.keyboard.press('Enter')
  await expect(all.getByLabel('Phone, critical')).toHaveValue('20')
  await expect(all.getByLabel('Phone, critical')).toBeFocused()

  // An exception for a client in the daytime.
  await app.getByRole('button', { name: 'Add exception' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add exception' }).click()
  await expect(dialog.getByText('Say which workspace.')).toBeVisible()
  await dialog.getByLabel('Workspace', { exact: true }).fill('acme')
  await dialog.getByLabel('Only at some hours').check()
  await expectAccessible(app)
  await dialog.getByRole('button', { name: 'Add exception' }).click()
  const title = 'Workspace acme, Mon–Fri 09:00–18:00'
  const acme = app.getByRole('table', { name: `Who hears what: ${title}` })
  await expect(acme.getByLabel('Phone, critical')).toHaveValue('inherited')
  await expect(acme.getByLabel('Phone, critical')).toHaveAccessibleDescription('As for all alerts')
  await acme.getByLabel('Ops, warning').selectOption('Never')

  // A Wednesday morning, a Wednesday night.
  const trial = app.getByRole('region', { name: 'Try it' })
  await trial.getByLabel('An alert that is').selectOption('Warning')
  await trial.getByLabel('About').selectOption('One workspace')
  await trial.getByLabel('Workspace', { exact: true }).fill('acme')
  await trial.getByLabel('Fires at').fill('2026-11-25T10:00')
  await expect(trial.getByText(`The exception ${title} counts.`)).toBeVisible()
  await expect(trial.getByText('Nothing here has this scope yet.')).toBeVisible()
  await expect(steps.filter({ hasText: 'Never' })).toContainText('Ops')
  await trial.getByLabel('Fires at').fill('2026-11-25T23:00')
  await expect(trial.getByText('No exception counts: as for all alerts.')).toBeVisible()
  await expect(steps.filter({ hasText: 'held by Anna’s quiet hours' })).toContainText('At Nov 26, 7:00')

  // A number that cannot be is refused where it is; a look at another page loses nothing.
  await app.getByLabel(/has not delivered within/).fill('0')
  await save.click()
  await expect(app.getByText('At least 1.')).toBeVisible()
  await expect(app.getByLabel(/has not delivered within/)).toBeFocused()
  await app.getByLabel(/has not delivered within/).fill('7')
  await app.getByRole('link', { name: 'Channels' }).click()
  await app.getByRole('link', { name: 'Who hears what' }).click()
  await expect(app.getByText('Not saved yet')).toBeVisible()
  await expectAccessible(app)
  await save.click()
  await expect(app.getByText('Saved.')).toBeVisible()

  await app.reload()
  await expect(all.getByLabel('Phone, critical')).toHaveValue('20')
  await expect(acme.getByLabel('Ops, warning')).toHaveValue('never')
  await expect(acme.getByLabel('Ops, critical')).toHaveValue('inherited')
  await expect(app.getByLabel(/has not delivered within/)).toHaveValue('7')
})

test('routes that somebody else changed meanwhile are not overwritten', async ({ app, guard }) => {
  const ask = asker(guard)
  const { id } = await ask('channels:add', { kind: 'discord', label: 'Ops', secret: providers.discord.webhookUrl })
  await app.goto(`${guard.url}/#/settings/routing`)
  const all = app.getByRole('table', { name: 'Who hears what, of all alerts' })
  await all.getByLabel('Ops, critical').selectOption('After 15 min')
  await ask('routing:set', { matrix: { [id]: { info: 'never' } } })
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText(/Somebody else changed the routes meanwhile/)).toBeVisible()
  expect((await ask('routing:get', {})).matrix).toEqual({ [id]: { info: 'never' } })
  await app.getByRole('button', { name: 'Discard' }).click()
  await expect(all.getByLabel('Ops, info')).toHaveValue('never')
  await all.getByLabel('Ops, critical').selectOption('After 15 min')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved.')).toBeVisible()
  expect((await ask('routing:get', {})).matrix).toEqual({ [id]: { info: 'never', critical: 15 } })
})

test('the first exception that matches counts, so their order can be changed, by keyboard alone', async ({
  app,
  guard,
}) => {
  const ask = asker(guard)
  await ask('routing:set', {
    exceptions: ['acme', 'beta'].map((name) => ({ id: name, scope: `workspace:${name}`, matrix: {} })),
  })
  await app.goto(`${guard.url}/#/settings/routing`)
  const titles = app.getByRole('region', { name: 'Exceptions' }).getByRole('heading', { level: 3 })
  await expect(titles).toHaveText(['1 Workspace acme', '2 Workspace beta'])
  await app.getByRole('button', { name: 'More for Workspace beta' }).focus()
  await app.keyboard.press('Enter')
  await app.getByRole('menuitem', { name: 'Move up' }).press('Enter')
  await expect(titles).toHaveText(['1 Workspace beta', '2 Workspace acme'])
  await expect(app.getByRole('button', { name: 'More for Workspace beta' })).toBeFocused()
  await app.getByRole('button', { name: 'More for Workspace acme' }).click()
  await app.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(titles).toHaveText(['1 Workspace beta'])
  await app.getByRole('button', { name: 'Save' }).click()
  await expect.poll(async () => (await ask('routing:get', {})).exceptions.map(({ id }) => id)).toEqual(['beta'])
})
