import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { pageOrigin } from './app-protocol.ts'
import { openPage } from './open-page.ts'

const address = `${pageOrigin}/?view=popover`
const size = { width: 340, height: 480 }
const gap = 4
/** A click on the tray takes the focus away before it is told: it must not open again what it has just closed. */
const sameClickMs = 300

/** The small window beside the tray icon. Hides when it loses the focus; its links are handed to `follow`. */
export function createPopover(follow: (hash: string) => void) {
  let window: BrowserWindow | null = null
  let hiddenAt = Number.NEGATIVE_INFINITY

  function open(): BrowserWindow {
    const opened = openPage(
      { ...size, frame: false, resizable: false, skipTaskbar: true, alwaysOnTop: true, fullscreenable: false },
      address,
    )
    opened.on('blur', () => {
      if (opened.isVisible()) hiddenAt = performance.now()
      opened.hide()
    })
    opened.webContents.on('did-navigate-in-page', (_event, url) => {
      const { hash } = new URL(url)
      if (hash.length < 2) return
      follow(hash.slice(1))
      opened.hide()
      void opened.loadURL(`${address}#`)
    })
    return opened
  }

  return {
    /** `icon` is where the tray icon is; empty where the system does not tell. */
    toggle(icon: Rectangle): void {
      if (window?.isDestroyed()) window = null
      if (window?.isVisible()) return window.hide()
      if (performance.now() - hiddenAt < sameClickMs) return
      if (window) window.show()
      else window = open()
      const anchor = icon.width > 0 ? icon : { ...screen.getCursorScreenPoint(), width: 0, height: 0 }
      window.setPosition(...placeBeside(anchor, screen.getDisplayMatching(anchor).workArea))
    },
  }
}

/** Under the icon where there is room, otherwise above it, and never over the edge of the screen. */
function placeBeside(icon: Rectangle, area: Rectangle): [x: number, y: number] {
  const centred = Math.round(icon.x + icon.width / 2 - size.width / 2)
  const x = Math.max(area.x, Math.min(centred, area.x + area.width - size.width))
  const below = icon.y + icon.height + gap
  const fits = below + size.height <= area.y + area.height
  return [x, fits ? below : Math.max(area.y, icon.y - size.height - gap)]
}
