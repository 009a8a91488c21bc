import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import type { Settings } from '../../shared/settings.ts'
import { i18n } from '../../shared/words.ts'
import { openPage } from './open-page.ts'
import { hearSummary, summaryAddress } from './summary-page.ts'
import { hasTrayWatcher, lacksTray } from './tray-host.ts'
import type { TrayModel } from './tray-state.ts'

const size = { width: 340, height: 600 }

/** What the tray tells it; a tray that is seen does without one. */
export interface SmallWindow {
  want(choice: Settings['smallWindow']): Promise<void>
  tell(model: TrayModel, menu: MenuItemConstructorOptions[]): void
}

/**
 * The summary as an ordinary window, for desktops without a tray: its title is what would be beside the icon, its menu
 * that of the icon, and the taskbar calls for attention in its place. Closed, it goes to the taskbar, because a guard that
 * cannot be seen cannot be ended either.
 */
export function createSmallWindow(follow: (hash: string) => void): SmallWindow {
  let window: BrowserWindow | null = null
  let told: { model: TrayModel; menu: MenuItemConstructorOptions[] } | null = null

  function open(): BrowserWindow {
    const opened = openPage({ ...size, minWidth: 300, minHeight: 320 }, summaryAddress)
    opened.on('page-title-updated', (event) => event.preventDefault())
    opened.on('close', (event) => {
      if (window !== opened) return
      event.preventDefault()
      opened.minimize()
    })
    hearSummary(opened, { follow, close: () => opened.minimize() })
    return opened
  }

  function show(): void {
    if (!window || !told) return
    const { model, menu } = told
    window.setTitle(`${model.title || (model.lines[0] ?? '')} – API Spend Guard`)
    // A bar has no room for all of it side by side.
    window.setMenu(Menu.buildFromTemplate([{ label: i18n.t('Menu'), submenu: menu }]))
    window.flashFrame(model.flashing)
  }

  return {
    async want(choice) {
      const isWanted = choice === 'always' || (choice === 'auto' && (await isTrayMissing()))
      if (window?.isDestroyed()) window = null
      if (isWanted && !window) {
        window = open()
        show()
      } else if (!isWanted && window) {
        const obsolete = window
        window = null
        obsolete.close()
      }
    },
    tell(model, menu) {
      told = { model, menu }
      if (window && !window.isDestroyed()) show()
    },
  }
}

/** Asked again each time: at login the panel may come up after us. */
async function isTrayMissing(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  return lacksTray({
    platform: process.platform,
    watcher: await hasTrayWatcher(),
    sessionType: process.env['XDG_SESSION_TYPE'],
    desktop: process.env['XDG_CURRENT_DESKTOP'],
  })
}
