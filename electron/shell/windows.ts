import path from 'node:path'
import { BrowserWindow, type BrowserWindowConstructorOptions, type Rectangle } from 'electron'
import { pageOrigin } from './app-protocol.ts'

const popoverAddress = `${pageOrigin}/?view=popover`

export type Windows = ReturnType<typeof createWindows>

export interface WindowMemory {
  bounds(): Rectangle | null
  remember(bounds: Rectangle): void
}

/** The dashboard, which also shows alerts and settings, and the small popover of the tray. Made when first needed. */
export function createWindows(memory: WindowMemory) {
  let dashboard: BrowserWindow | null = null
  let popover: BrowserWindow | null = null

  function open(options: BrowserWindowConstructorOptions, address: string): BrowserWindow {
    const window = new BrowserWindow({
      show: false,
      title: 'API Spend Guard',
      backgroundColor: '#101418',
      ...options,
      webPreferences: {
        preload: path.join(import.meta.dirname, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    })
    window.once('ready-to-show', () => window.show())
    void window.loadURL(address)
    return window
  }

  function show(hash: string): void {
    const address = `${pageOrigin}/#${hash}`
    if (!dashboard || dashboard.isDestroyed()) {
      const window = open({ width: 1_120, height: 780, minWidth: 640, minHeight: 480, ...memory.bounds() }, address)
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

  /** A link in the popover opens the dashboard at its address, and the popover stays what it is. */
  function leadToDashboard(from: BrowserWindow): void {
    from.webContents.on('did-navigate-in-page', (_event, url) => {
      const { hash } = new URL(url)
      if (hash.length < 2) return
      show(hash.slice(1))
      from.hide()
      void from.loadURL(`${popoverAddress}#`)
    })
  }

  return {
    showDashboard: () => show('/'),
    showSettings: () => show('/settings/accounts'),
    showAlert: (id: string) => show(`/alerts/${encodeURIComponent(id)}`),
    /** Beside the tray icon; hides when it loses the focus. */
    togglePopover(near: Rectangle | null): void {
      if (popover && !popover.isDestroyed() && popover.isVisible()) return popover.hide()
      if (!popover || popover.isDestroyed()) {
        popover = open(
          {
            width: 340,
            height: 480,
            frame: false,
            resizable: false,
            skipTaskbar: true,
            alwaysOnTop: true,
            fullscreenable: false,
          },
          popoverAddress,
        )
        popover.on('blur', () => popover?.hide())
        leadToDashboard(popover)
      } else popover.show()
      if (near && near.width > 0)
        popover.setPosition(
          Math.round(near.x + near.width / 2 - 170),
          near.y > 400 ? near.y - 484 : near.y + near.height + 4,
        )
    },
  }
}
