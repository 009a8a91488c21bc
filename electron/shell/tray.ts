import { app, Menu, nativeImage, Tray, type NativeImage } from 'electron'
import type { GuardClient } from '../../shared/guard-client.ts'
import { hourMs, iso } from '../../shared/time.ts'
import { drawTrayIcon } from './tray-icons.ts'
import { trayModel, type TrayIcon, type TrayModel } from './tray-state.ts'
import type { Windows } from './windows.ts'

const flashMs = 600
/** A guard in another process may go without a word, and must not look calm from then on. */
const lookMs = 30_000

/** The icon in the menu bar. It shows what the guard says and hands clicks on; what it shows is decided in tray-state. */
export function createTray(guard: GuardClient, windows: Windows) {
  const images = new Map<string, NativeImage>()
  let shown = image('calm', true)
  const tray = new Tray(shown)
  let model: TrayModel | null = null
  let menu: Menu | null = null
  let flashing: ReturnType<typeof setInterval> | null = null
  let lit = true

  function image(icon: TrayIcon, isLit: boolean): NativeImage {
    const key = `${icon} ${isLit}`
    let drawn = images.get(key)
    if (!drawn) {
      drawn = nativeImage.createFromBitmap(drawTrayIcon(icon, 44, isLit), { width: 44, height: 44, scaleFactor: 2 })
      images.set(key, drawn)
    }
    return drawn
  }

  /** Some desktops write every image that is set to a file. */
  function show(next: NativeImage): void {
    if (next !== shown) tray.setImage(next)
    shown = next
  }

  function draw(next: TrayModel): void {
    // A menu that is replaced while it is open closes.
    if (tray.isDestroyed() || JSON.stringify(next) === JSON.stringify(model)) return
    model = next
    tray.setToolTip(next.tooltip)
    if (process.platform === 'darwin') tray.setTitle(next.title)
    menu = menuOf(next)
    if (process.platform === 'linux') tray.setContextMenu(menu)
    if (next.flashing && !flashing) flashing = setInterval(blink, flashMs)
    if (!next.flashing && flashing) {
      clearInterval(flashing)
      flashing = null
      lit = true
    }
    show(image(next.icon, lit))
  }

  function blink(): void {
    if (!model) return
    lit = !lit
    show(image(model.icon, lit))
  }

  function menuOf(next: TrayModel): Menu {
    return Menu.buildFromTemplate([
      { label: next.today ? `${next.today} today` : 'No spend known yet', enabled: false },
      ...next.alerts.map((alert) => ({
        // A single & would mark the next letter as a shortcut.
        label: alert.label.replaceAll('&', '&&'),
        submenu: [
          { label: 'Open', click: () => windows.showAlert(alert.id) },
          {
            label: 'Acknowledge',
            enabled: alert.canAcknowledge,
            click: () => void guard.call('alerts:acknowledge', { id: alert.id, via: 'tray' }),
          },
          {
            label: 'Snooze 1 hour',
            click: () =>
              void guard.call('alerts:snooze', { id: alert.id, until: iso(Date.now() + hourMs), via: 'tray' }),
          },
        ],
      })),
      { type: 'separator' },
      { label: 'Show summary', click: () => windows.togglePopover(tray.getBounds()) },
      { label: 'Open dashboard', click: () => windows.showDashboard() },
      { label: 'Poll now', click: () => void guard.call('polls:run', { untilTold: false }) },
      { label: 'Settings', click: () => windows.showSettings() },
      { type: 'separator' },
      { label: 'Quit', click: () => app.quit() },
    ])
  }

  async function refresh(): Promise<void> {
    const [status, settings] = await Promise.all([guard.call('status:get', {}), guard.call('settings:get', {})])
    draw(trayModel(status.ok ? status.value : null, settings.ok ? settings.value.trayTitle : 'nothing'))
  }

  // Given a menu to keep, the icon shows it at every click; only on Linux is there no other way to a menu.
  tray.on('click', () => windows.togglePopover(tray.getBounds()))
  tray.on('right-click', () => menu && tray.popUpContextMenu(menu))
  const stop = guard.on('changed', () => void refresh())
  const look = setInterval(() => void refresh(), lookMs)
  void refresh()
  return {
    refresh,
    destroy(): void {
      stop()
      clearInterval(look)
      if (flashing) clearInterval(flashing)
      tray.destroy()
    },
  }
}
