import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createSmallWindow } from '../../../electron/shell/small-window.ts'
import { hasTrayWatcher, lacksTray } from '../../../electron/shell/tray-host.ts'
import { trayModel } from '../../../electron/shell/tray-state.ts'
import { BrowserWindow } from '../../fakes/electron.ts'
import { createFakeGuard } from '../../fakes/guard-client.ts'

describe('a desktop without a tray', () => {
  const wayland = { platform: 'linux', watcher: false, sessionType: 'wayland', desktop: 'sway' } as const

  it('is GNOME or Wayland where nobody on the bus shows icons', () => {
    expect(lacksTray(wayland)).toBe(true)
    expect(lacksTray({ ...wayland, sessionType: 'x11', desktop: 'ubuntu:GNOME' })).toBe(true)
    expect(lacksTray({ ...wayland, watcher: true })).toBe(false)
  })

  it('is not one of which that is not known, nor an old panel, nor another system', () => {
    expect(lacksTray({ ...wayland, watcher: null })).toBe(false)
    expect(lacksTray({ ...wayland, sessionType: 'x11', desktop: 'XFCE' })).toBe(false)
    expect(lacksTray({ ...wayland, platform: 'darwin' })).toBe(false)
  })

  it('is found out by whichever program can ask the bus', async () => {
    const asked: string[] = []
    const only = (name: string, answer: string) => async (program: string) => {
      asked.push(program)
      return program === name ? answer : null
    }
    expect(await hasTrayWatcher(only('gdbus', '(true,)'))).toBe(true)
    expect(await hasTrayWatcher(only('busctl', 'b false'))).toBe(false)
    expect(await hasTrayWatcher(only('dbus-send', 'method return\n   boolean true'))).toBe(true)
    expect(await hasTrayWatcher(async () => null)).toBe(null)
    expect(asked).toEqual(['gdbus', 'gdbus', 'busctl', 'gdbus', 'busctl', 'dbus-send'])
  })
})

describe('the small window', () => {
  const followed: string[] = []
  const opened = () => BrowserWindow.getAllWindows()[0]
  const menu = [{ label: 'Quit' }]

  beforeEach(() => {
    BrowserWindow.opened.length = 0
    followed.length = 0
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
  })
  async function show() {
    const small = createSmallWindow((hash) => void followed.push(hash))
    const status = await createFakeGuard('incident').call('status:get', {})
    const model = trayModel(status.ok ? status.value : null, { trayTitle: 'today', trayFlash: true, trayFigure: false })
    small.tell(model, menu)
    await small.want('always')
    return { small, model }
  }

  it('is not there where there is a tray, nor where nobody wants it', async () => {
    const { small } = await show()
    await small.want('auto')
    expect(opened()).toBe(undefined)
    await small.want('never')
    expect(opened()).toBe(undefined)
  })

  it('shows in its title what would be beside the icon, has its menu, and calls for attention', async () => {
    const { small, model } = await show()
    expect(opened()).toMatchObject({ url: 'app://bundle/?view=popover', isFlashing: true })
    expect(opened()?.menu?.items).toEqual([{ label: 'Menu', submenu: menu }])
    expect(opened()?.title).toMatch(/^\$[\d,.]+ – API Spend Guard$/)
    small.tell({ ...model, title: '', flashing: false }, menu)
    expect(opened()).toMatchObject({ isFlashing: false, title: expect.stringMatching(/ today – API Spend Guard$/) })
  })

  it('goes to the taskbar when it is closed: a guard that nobody sees could not be ended', async () => {
    await show()
    opened()?.close()
    expect(opened()?.isMinimized()).toBe(true)
  })

  it('hands its links on, and stays what it is', async () => {
    await show()
    opened()?.followLink('#/alerts/alr-1')
    expect(followed).toEqual(['/alerts/alr-1'])
    expect(opened()?.url).toBe('app://bundle/?view=popover#')
  })
})
