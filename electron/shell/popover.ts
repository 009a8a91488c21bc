import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { openPage } from './open-page.ts'
import { hearSummary, summaryAddress } from './summary-page.ts'

const size = { width: 340, height: 600 }
const gap = 4
/** A click on the tray takes the focus away before it is told: it must not open again what it has just closed. */
const sameClickMs = 300

/**
 * The small window beside the tray icon. It is made beforehand and kept, because a page takes longer to load than a click
 * may take; hidden, it hears of changes like any other page, so that what it shows is never old. Goes away when it loses
 * the focus or its page wants to close (Escape); its links are handed to `follow`.
 */
export function createPopover(follow: (hash: string) => void) {
  let window: BrowserWindow | null = null
  let hiddenAt = Number.NEGATIVE_INFINITY

  function prepare(): BrowserWindow {
    if (window && !window.isDestroyed()) return window
    const opened = openPage(
      { ...size, frame: false, resizable: false, skipTaskbar: true, alwaysOnTop: true, fullscreenable: false },
      summaryAddress,
      { keepHidden: true },
    )
    // Over a full-screen window, and on whichever desktop the menu bar is clicked.
    if (process.platform === 'darwin')
      opened.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
    opened.on('blur', () => {
      if (opened.isVisible()) hiddenAt = performance.now()
      opened.hide()
    })
    opened.on('close', (event) => {
      event.preventDefault()
      opened.hide()
    })
    hearSummary(opened, {
      follow(hash) {
        follow(hash)
        opened.hide()
      },
      close: () => opened.hide(),
    })
    window = opened
    return opened
  }

  return {
    prepare: (): void => void prepare(),
    /** `icon` is where the tray icon is; empty where the system does not tell. */
    toggle(icon: Rectangle): void {
      const popover = prepare()
      if (popover.isVisible()) return popover.hide()
      if (performance.now() - hiddenAt < sameClickMs) return
      const anchor = icon.width > 0 ? icon : { ...screen.getCursorScreenPoint(), width: 0, height: 0 }
      const { workArea } = screen.getDisplayMatching(anchor)
      popover.setBounds(placeBeside(anchor, workArea))
      popover.show()
      popover.focus()
    },
  }
}

/** Under the icon where there is room, otherwise above it, never over the edge of the screen, and no taller than that. */
function placeBeside(icon: Rectangle, area: Rectangle): Rectangle {
  const { width } = size
  const height = Math.min(size.height, area.height)
  const centred = Math.round(icon.x + icon.width / 2 - width / 2)
  const x = Math.max(area.x, Math.min(centred, area.x + area.width - width))
  const below = Math.max(area.y, icon.y + icon.height + gap)
  const fits = below + height <= area.y + area.height
  const above = Math.min(icon.y - gap, area.y + area.height) - height
  return { x, y: fits ? below : Math.max(area.y, above), width, height }
}
