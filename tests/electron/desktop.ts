import type { ElectronApplication } from '@playwright/test'

/** What Electron was told to show outside of the windows; kept in the main process. */
interface Shown {
  tray: Electron.Tray | null
  menu: Electron.Menu | null
  images: number
  notifications: Electron.Notification[]
}

type Keeper = typeof globalThis & { shown: Shown }

/**
 * Looks over the shoulder of tray, menu and notifications: there is no other way to see or click them that is the same on
 * three systems. From now on, so whatever changes next is seen.
 */
export async function watchDesktop(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Menu, Notification, Tray, systemPreferences }) => {
    const shown: Shown = { tray: null, menu: null, images: 0, notifications: [] }
    Object.assign(globalThis, { shown })
    // A machine without a person at it may ask for stillness.
    const settings = systemPreferences.getAnimationSettings()
    systemPreferences.getAnimationSettings = () => ({ ...settings, prefersReducedMotion: false })

    const { setImage, setToolTip } = Tray.prototype
    Tray.prototype.setImage = function (image) {
      shown.images++
      setImage.call(this, image)
    }
    Tray.prototype.setToolTip = function (text) {
      shown.tray = this
      setToolTip.call(this, text)
    }
    const build = Menu.buildFromTemplate.bind(Menu)
    Menu.buildFromTemplate = (template) => {
      const menu = build(template)
      if (template.some(({ label }) => label === 'Quit')) shown.menu = menu
      return menu
    }
    const { show } = Notification.prototype
    Notification.prototype.show = function () {
      shown.notifications.push(this)
      show.call(this)
    }
  })
}

export const clickNotification = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => (globalThis as Keeper).shown.notifications.at(-1)?.emit('click'))

export const clickTray = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => (globalThis as Keeper).shown.tray?.emit('click'))

/** How often the icon was drawn anew. */
export const imagesDrawn = (app: ElectronApplication): Promise<number> =>
  app.evaluate(() => (globalThis as Keeper).shown.images)

/** Every entry of the tray's menu, those of its sub-menus included. */
export const menuLabels = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => {
    const labels = (menu: Electron.Menu | null | undefined): string[] =>
      menu?.items.flatMap((item) => [item.label, ...labels(item.submenu)]) ?? []
    return labels((globalThis as Keeper).shown.menu)
  })

export async function clickInTray(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate((_electron, wanted) => {
    const all = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
      menu?.items.flatMap((item) => [item, ...all(item.submenu)]) ?? []
    const found = all((globalThis as Keeper).shown.menu).find((item) => item.label === wanted && item.enabled)
    if (!found) throw new Error(`the menu of the tray has no ${wanted} to click`)
    found.click()
  }, label)
}

/** Whether the window at this address is on the screen; Chromium takes one that was never shown for visible. */
export const isShown = (app: ElectronApplication, address: string): Promise<boolean> =>
  app.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().startsWith(wanted) && window.isVisible(),
      ),
    address,
  )
