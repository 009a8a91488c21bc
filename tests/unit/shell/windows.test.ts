import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createWindows } from '../../../electron/shell/windows.ts'
import { BrowserWindow, screen } from '../../fakes/electron.ts'

describe('the windows', () => {
  const tray = { x: 1_000, y: 0, width: 22, height: 22 }
  const remembered: unknown[] = []
  let windows: ReturnType<typeof createWindows>
  let bounds: { x: number; y: number; width: number; height: number }
  const [first, second] = [() => BrowserWindow.opened[0], () => BrowserWindow.opened[1]]

  beforeEach(() => {
    BrowserWindow.opened.length = 0
    remembered.length = 0
    bounds = { x: 40, y: 60, width: 900, height: 600 }
    windows = createWindows({
      bounds: () => bounds,
      remember: (bounds) => remembered.push(bounds),
    })
  })

  it('give their pages no power', () => {
    windows.showDashboard()
    windows.togglePopover(tray)
    for (const { options } of BrowserWindow.opened) {
      // Exactly these: what is not named keeps Electron's safe default.
      expect(options.webPreferences).toEqual({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        preload: expect.stringMatching(/preload\.cjs$/),
      })
    }
    expect(BrowserWindow.opened).toHaveLength(2)
  })

  it('appear only when there is something to see, where they were last', () => {
    windows.showDashboard()
    expect(first()?.options).toMatchObject({ show: false, ...bounds })
    expect(first()?.isVisible()).toBe(true)
    first()?.close()
    expect(remembered).toEqual([{ x: 10, y: 20, width: 900, height: 700 }])
  })

  it.each([
    ['to the right of the screen', { x: 1_300, y: 60, width: 900, height: 600 }],
    ['below it', { x: 40, y: 900, width: 900, height: 600 }],
    ['with the title above it', { x: 40, y: -30, width: 900, height: 600 }],
  ])('appear in the middle when they were last %s, which has changed', (_where, lost) => {
    bounds = lost
    windows.showDashboard()
    expect(first()?.options).toMatchObject({ width: 1_120, height: 780 })
    expect(first()?.options).not.toHaveProperty('x')
  })

  it('are one for dashboard, alerts and settings', () => {
    windows.showDashboard()
    windows.showSettings()
    windows.showAlert('alr/1 #')
    expect(BrowserWindow.opened).toHaveLength(1)
    expect(first()?.url).toBe('app://bundle/#/alerts/alr%2F1%20%23')
  })

  it('come to the front when asked for again, and back after they were closed', () => {
    windows.showDashboard()
    first()?.minimize()
    windows.showDashboard()
    expect(first()).toMatchObject({ isFocused: true })
    expect(first()?.isVisible()).toBe(true)
    first()?.close()
    windows.showAlert('alr-1')
    expect(second()?.url).toBe('app://bundle/#/alerts/alr-1')
  })

  it('show the popover under the tray icon, and hide it at the next click or when it loses the focus', () => {
    windows.togglePopover(tray)
    expect(first()).toMatchObject({
      url: 'app://bundle/?view=popover',
      bounds: { x: 841, y: 26, width: 340, height: 600 },
    })
    windows.togglePopover(tray)
    expect(first()?.isVisible()).toBe(false)
    windows.togglePopover(tray)
    expect(first()?.isVisible()).toBe(true)
    first()?.emit('blur')
    expect(first()?.isVisible()).toBe(false)
    expect(BrowserWindow.opened).toHaveLength(1)
  })

  it('have the popover ready before it is asked for, and hide it again when its page wants to close', () => {
    windows.preparePopover()
    expect(first()?.isVisible()).toBe(false)
    windows.togglePopover(tray)
    expect(BrowserWindow.opened).toHaveLength(1)
    expect(first()).toMatchObject({ isFocused: true })
    first()?.followLink('#close')
    expect(first()?.isVisible()).toBe(false)
    expect(first()?.url).toBe('app://bundle/?view=popover#')
    windows.togglePopover(tray)
    first()?.close()
    expect(first()?.isVisible()).toBe(false)
    expect(first()?.isDestroyed()).toBe(false)
    expect(BrowserWindow.opened).toHaveLength(1)
  })

  it('make the popover no taller than a small screen', () => {
    vi.spyOn(screen, 'getDisplayMatching').mockReturnValue({ workArea: { x: 0, y: 25, width: 800, height: 455 } })
    windows.togglePopover({ x: 700, y: 0, width: 22, height: 22 })
    expect(first()?.bounds).toEqual({ x: 460, y: 25, width: 340, height: 455 })
  })

  it('keep the popover closed when the click that closed it was on the tray', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    windows.togglePopover(tray)
    first()?.emit('blur')
    windows.togglePopover(tray)
    expect(first()?.isVisible()).toBe(false)
    vi.advanceTimersByTime(1_000)
    windows.togglePopover(tray)
    expect(first()?.isVisible()).toBe(true)
    vi.useRealTimers()
  })

  it.each([
    ['at the right edge', { x: 1_250, y: 0, width: 22, height: 22 }, [940, 26, 600]],
    ['at the bottom', { x: 600, y: 778, width: 22, height: 22 }, [441, 174, 600]],
    ['nowhere to be known: at the pointer', { x: 0, y: 0, width: 0, height: 0 }, [940, 186, 600]],
  ])('keep the popover on the screen when the icon is %s', (_where, icon, [x, y, height]) => {
    windows.togglePopover(icon)
    expect(first()?.bounds).toEqual({ x, y, width: 340, height })
  })

  it('open the dashboard at the address of a link in the popover, which stays what it is', () => {
    windows.togglePopover(tray)
    first()?.followLink('#/alerts/alr-1')
    expect(second()?.url).toBe('app://bundle/#/alerts/alr-1')
    expect(first()?.isVisible()).toBe(false)
    expect(first()?.url).toBe('app://bundle/?view=popover#')
  })
})
