import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTray } from '../../../electron/shell/tray.ts'
import { app, Tray, type MenuItem } from '../../fakes/electron.ts'
import { createFakeGuard, type FakeGuard } from '../../fakes/guard-client.ts'

const asked: string[] = []
const windows = {
  showDashboard: () => void asked.push('dashboard'),
  showSettings: () => void asked.push('settings'),
  showAlert: (id: string) => void asked.push(`alert ${id}`),
  togglePopover: () => void asked.push('popover'),
}

async function showTray(guard: FakeGuard) {
  const tray = createTray(guard, windows)
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
  afterEach(() => vi.useRealTimers())

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
