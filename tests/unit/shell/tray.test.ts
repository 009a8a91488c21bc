import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTray } from '../../../electron/shell/tray.ts'
import { speak } from '../../../electron/speak.ts'
import { app, systemPreferences, Tray, type MenuItem } from '../../fakes/electron.ts'
import { createFakeGuard, type FakeGuard } from '../../fakes/guard-client.ts'

const asked: string[] = []
const windows = {
  showDashboard: () => void asked.push('dashboard'),
  showSettings: () => void asked.push('settings'),
  showAlert: (id: string) => void asked.push(`alert ${id}`),
  togglePopover: () => void asked.push('popover'),
  preparePopover: () => undefined,
  follow: () => undefined,
}
const small = {
  want: async (choice: string) => void wanted.push(choice),
  tell: (_model: unknown, menu: unknown) => void menus.push(menu as MenuItem[]),
}
const wanted: string[] = []
const menus: MenuItem[][] = []

async function showTray(guard: FakeGuard) {
  const tray = createTray(guard, windows, small, (chosen) => speak(chosen, ['en-US']))
  await tray.refresh()
  const icon = Tray.shown.at(-1)
  if (!icon) throw new Error('there is no icon')
  const item = (label: string) => allItems(icon.menu?.items ?? []).find((one) => one.label === label)
  return { tray, icon, item, shown: () => icon.images.at(-1) }
}

const allItems = (items: MenuItem[]): MenuItem[] => items.flatMap((one) => [one, ...allItems(one.submenu ?? [])])

/** On a busy computer; nothing waits this long otherwise. */
const patienceMs = 10_000

describe('the tray icon', () => {
  beforeEach(() => {
    asked.length = 0
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
  })
  afterEach(async () => {
    vi.useRealTimers()
    await speak('en', [])
  })

  it('says everything in the language that its guard is set to, also when that changes elsewhere', async () => {
    const guard = createFakeGuard('calm')
    const { icon, item } = await showTray(guard)
    expect(icon.toolTip).toContain(' today, not watching ')
    await guard.call('settings:change', { language: 'de' })
    await vi.waitFor(() => expect(icon.toolTip).toContain(' heute, '), patienceMs)
    expect(item('Überblick zeigen')).toBeDefined()
    await guard.call('settings:change', { language: 'system' })
    await vi.waitFor(() => expect(item('Show summary')).toBeDefined(), patienceMs)
  })

  it('flashes until somebody acknowledges, here or elsewhere', async () => {
    const guard = createFakeGuard('incident')
    const { tray, icon, item, shown } = await showTray(guard)
    const lit = shown()
    vi.advanceTimersByTime(600)
    const dark = shown()
    expect(dark).not.toBe(lit)
    vi.advanceTimersByTime(600)
    expect(shown()).toBe(lit)

    const alerts = await guard.call('alerts:list', { state: 'firing' })
    for (const alert of alerts.ok ? alerts.value : []) await guard.call('alerts:acknowledge', { id: alert.id })
    await tray.refresh()
    const images = icon.images.length
    vi.advanceTimersByTime(6_000)
    expect(icon.images).toHaveLength(images)
    expect(item('Acknowledge')?.enabled).toBe(false)
  })

  it('has the figure in it where that is wanted, until something is wrong', async () => {
    const guard = createFakeGuard('calm')
    const [accounts, budgets] = [await guard.call('accounts:list', {}), await guard.call('budgets:list', {})]
    for (const { id, state } of accounts.ok ? accounts.value : [])
      if (state !== 'ok') await guard.call('accounts:remove', { id })
    for (const { id } of budgets.ok ? budgets.value : []) await guard.call('budgets:remove', { id })
    const { icon, shown, tray } = await showTray(guard)
    const disc = shown()
    await guard.call('settings:change', { trayFigure: true })
    await vi.waitFor(() => expect(shown()).not.toBe(disc), patienceMs)
    const images = icon.images.length
    await guard.call('settings:change', { language: 'de' })
    await vi.waitFor(() => expect(icon.toolTip).toMatch(/ heute$/), patienceMs)
    expect(icon.images).toHaveLength(images)
    await guard.call('settings:change', { trayTitle: 'nothing' })
    await vi.waitFor(() => expect(shown()).toBe(disc), patienceMs)
    tray.destroy()
  })

  it('leads to each open alert and acknowledges it', async () => {
    const guard = createFakeGuard('incident')
    const { item } = await showTray(guard)
    const alerts = await guard.call('alerts:list', { state: 'firing' })
    const [alert] = alerts.ok ? alerts.value : []
    item('Open')?.click?.()
    item('Acknowledge')?.click?.()
    expect(asked).toEqual([`alert ${alert?.id}`])
    const after = await guard.call('alerts:show', { id: alert?.id ?? '' })
    expect(after).toMatchObject({ value: { state: 'acknowledged' } })
  })

  it('shows what was spent, opens the windows and quits', async () => {
    const { icon, item } = await showTray(createFakeGuard('calm'))
    expect(icon.menu?.items[0]?.label).toMatch(/^\D+[\d,.]+ today$/)
    expect(item('Poll now')?.enabled).toBe(true)
    item('Open dashboard')?.click?.()
    item('Settings')?.click?.()
    item('Quit')?.click?.()
    expect(asked).toEqual(['dashboard', 'settings'])
    expect(app.exitCode).toBe(0)
  })

  it('looks blind while the guard does not answer, and sees again when that says something changed', async () => {
    const guard = createFakeGuard('calm')
    guard.failWith({ kind: 'unreachable-guard', message: 'gone' })
    const { tray, icon } = await showTray(guard)
    expect(icon.toolTip).toBe('API Spend Guard: no data')
    guard.failWith(null)
    guard.push('changed', { what: ['spend'] })
    await tray.refresh()
    expect(icon.toolTip).toMatch(/today/)
  })

  it('notices by itself that a guard elsewhere is gone', async () => {
    const guard = createFakeGuard('calm')
    const { icon } = await showTray(guard)
    guard.failWith({ kind: 'unreachable-guard', message: 'gone' })
    vi.advanceTimersByTime(30_000)
    await vi.waitFor(() => expect(icon.toolTip).toBe('API Spend Guard: no data'), patienceMs)
  })

  it('stands still for a person who asks the system for less motion', async () => {
    systemPreferences.prefersReducedMotion = true
    const { icon } = await showTray(createFakeGuard('incident'))
    const images = icon.images.length
    vi.advanceTimersByTime(6_000)
    expect(icon.images).toHaveLength(images)
    systemPreferences.prefersReducedMotion = false
  })

  it('stops flashing at once when the settings say so', async () => {
    const guard = createFakeGuard('incident')
    const { tray, icon, shown } = await showTray(guard)
    const lit = shown()
    vi.advanceTimersByTime(600)
    await guard.call('settings:change', { trayFlash: false })
    await tray.refresh()
    await tray.refresh()
    expect(shown()).toBe(lit)
    const images = icon.images.length
    vi.advanceTimersByTime(6_000)
    expect(icon.images).toHaveLength(images)
  })

  it('pauses the guard, says so, and resumes it', async () => {
    const guard = createFakeGuard('calm')
    const { tray, icon, item } = await showTray(guard)
    item('For 1 hour')?.click?.()
    await tray.refresh()
    await tray.refresh()
    expect(icon.toolTip).toMatch(/paused until .*, not watching/)
    expect(item('Poll now')?.enabled).toBe(false)
    expect(item('Pause')).toBe(undefined)
    item('Resume')?.click?.()
    await tray.refresh()
    await tray.refresh()
    expect(icon.toolTip).toMatch(/today/)
    item('Until tomorrow')?.click?.()
    const status = await guard.call('status:get', {})
    const until = status.ok ? Date.parse(status.value.pause?.until ?? '') : Number.NaN
    expect(new Date(until).getHours()).toBe(0)
    expect(until - Date.now()).toBeLessThanOrEqual(25 * 3_600_000)
  })

  it('snoozes an alert until the next morning', async () => {
    const guard = createFakeGuard('incident')
    const { item } = await showTray(guard)
    item('Snooze until tomorrow 9:00')?.click?.()
    const alerts = await guard.call('alerts:list', { state: 'snoozed' })
    const until = alerts.ok ? (alerts.value[0]?.snoozedUntil ?? '') : ''
    expect(new Date(until).getHours()).toBe(9)
  })

  it('names what costs most today', async () => {
    const { icon } = await showTray(createFakeGuard('calm'))
    const labels = icon.menu?.items.map(({ label }) => label) ?? []
    expect(labels.filter((label) => /^\S+  \$[\d,.]+$/.test(label ?? ''))).toHaveLength(3)
  })

  it('is drawn for every scale, and as a template on macOS alone', async () => {
    const { shown } = await showTray(createFakeGuard('calm'))
    expect(shown()?.representations.map(({ width, scaleFactor }) => width / scaleFactor)).toHaveLength(5)
    expect(shown()?.representations.every(({ width, height, buffer }) => buffer.length === width * height * 4)).toBe(
      true,
    )
    expect(shown()?.isTemplate).toBe(false)
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    expect((await showTray(createFakeGuard('calm'))).shown()?.isTemplate).toBe(true)
  })

  it('tells the small window what it would show, and whether that is wanted', async () => {
    const { icon } = await showTray(createFakeGuard('calm'))
    expect(wanted.at(-1)).toBe('auto')
    expect(menus.at(-1)).toEqual(icon.menu?.items)
  })

  it('leaves an open menu alone while nothing changes', async () => {
    const { tray, icon } = await showTray(createFakeGuard('incident', () => Date.UTC(2026, 10, 18, 15)))
    const menu = icon.menu
    await tray.refresh()
    expect(icon.menu).toBe(menu)
  })

  it('opens the popover on a click where the system tells of one, and its menu on the other button', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    const { icon } = await showTray(createFakeGuard('calm'))
    expect(icon.menu).toBe(null)
    expect(icon.title).toMatch(/\d/)
    icon.emit('click')
    icon.emit('right-click')
    expect(asked).toEqual(['popover'])
    expect(icon.menu).not.toBe(null)
  })

  it('goes quietly, also when an answer comes late', async () => {
    const { tray, icon } = await showTray(createFakeGuard('incident'))
    const late = tray.refresh()
    tray.destroy()
    await late
    const images = icon.images.length
    vi.advanceTimersByTime(6_000)
    expect(icon.images).toHaveLength(images)
    expect(icon.isDestroyed()).toBe(true)
  })
})
