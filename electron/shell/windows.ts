import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { pageOrigin } from './app-protocol.ts'
import { openPage } from './open-page.ts'
import { createPopover } from './popover.ts'

export type Windows = ReturnType<typeof createWindows>

export interface WindowMemory {
  bounds(): Rectangle | null
  remember(bounds: Rectangle): void
}

/** The dashboard, which also shows alerts and settings, and the small popover of the tray. Made when first needed. */
export function createWindows(memory: WindowMemory) {
  let dashboard: BrowserWindow | null = null
  const popover = createPopover(show)

  function show(hash: string): void {
    const address = `${pageOrigin}/#${hash}`
    if (!dashboard || dashboard.isDestroyed()) {
      const window = openPage(
        { width: 1_120, height: 780, minWidth: 640, minHeight: 480, ...placeOnScreen(memory.bounds()) },
        address,
      )
      window.on('close', () => memory.remember(window.getNormalBounds()))
      window.on('closed', () => {
        dashboard = null
      })
      dashboard = window
      return
    }
    if (dashboard.webContents.getURL() !== address) void dashboard.loadURL(address)
    if (dashboard.isMinimized()) dashboard.restore()
    dashboard.show()
    dashboard.focus()
  }

  return {
    showDashboard: () => show('/'),
    showSettings: () => show('/settings/accounts'),
    showAlert: (id: string) => show(`/alerts/${encodeURIComponent(id)}`),
    preparePopover: popover.prepare,
    togglePopover: popover.toggle,
    /** A link in one of the small windows leads here. */
    follow: show,
  }
}

/** Null for a place on a screen that has been unplugged since, where nobody would find the window. */
function placeOnScreen(bounds: Rectangle | null): Rectangle | null {
  if (!bounds) return null
  const { x, y, width, height } = screen.getDisplayMatching(bounds).workArea
  const middle = bounds.x + bounds.width / 2
  const isReachable = middle > x && middle < x + width && bounds.y >= y && bounds.y < y + height
  return isReachable ? bounds : null
}
