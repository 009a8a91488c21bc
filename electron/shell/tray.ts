import { Menu, nativeImage, systemPreferences, Tray, type NativeImage } from 'electron'
import type { GuardClient } from '../../shared/guard-client.ts'
import { settings as settingsSchema, type Settings } from '../../shared/settings.ts'
import { localDay } from '../../shared/time.ts'
import type { SmallWindow } from './small-window.ts'
import { drawTrayIcon, trayScales, traySize } from './tray-icons.ts'
import { trayMenu } from './tray-menu.ts'
import { trayModel, type TrayIcon, type TrayModel } from './tray-state.ts'
import type { Windows } from './windows.ts'

const flashMs = 600
/** A guard in another process may go without a word, and must not look calm from then on. */
const lookMs = 30_000

/** The icon in the menu bar. It shows what the guard says and hands clicks on; what it shows is decided in tray-state. */
export function createTray(
  guard: GuardClient,
  windows: Windows,
  small: SmallWindow,
  /** A guard in another process has its language changed there, and says no more than that settings changed. */
  speakAs: (chosen: Settings['language']) => Promise<void>,
) {
  const images = new Map<string, NativeImage>()
  let lastFigure: { figure: string; image: NativeImage } | null = null
  let shown = image('calm', true)
  const tray = new Tray(shown)
  let model: TrayModel | null = null
  let menu: Menu | null = null
  let flashing: ReturnType<typeof setInterval> | null = null
  let lit = true
  let looking: Promise<void> | null = null
  let again = false

  function image(icon: TrayIcon, isLit: boolean): NativeImage {
    const key = `${icon} ${isLit}`
    const drawn = images.get(key) ?? drawImage(icon, isLit)
    images.set(key, drawn)
    return drawn
  }

  /** Of figures, which are many, the last one is kept. macOS has the text beside the icon. */
  function imageOf({ icon, figure }: TrayModel): NativeImage {
    if (figure === null || process.platform === 'darwin') return image(icon, lit)
    if (lastFigure?.figure !== figure) lastFigure = { figure, image: drawImage(icon, true, figure) }
    return lastFigure.image
  }

  /** Some desktops write every image that is set to a file. */
  function show(next: NativeImage): void {
    if (next !== shown) tray.setImage(next)
    shown = next
  }

  function draw(next: TrayModel): void {
    if (tray.isDestroyed()) return
    flash(next.flashing && !prefersStillness())
    // A menu that is replaced while it is open closes.
    if (JSON.stringify(next) === JSON.stringify(model)) return
    model = next
    tray.setToolTip(next.tooltip)
    if (process.platform === 'darwin') tray.setTitle(next.title)
    const items = trayMenu(next, guard, windows, () => windows.togglePopover(tray.getBounds()))
    menu = Menu.buildFromTemplate(items)
    if (process.platform === 'linux') tray.setContextMenu(menu)
    small.tell(next, items)
    show(imageOf(next))
  }

  function flash(wanted: boolean): void {
    if (wanted && !flashing) flashing = setInterval(blink, flashMs)
    if (wanted || !flashing) return
    clearInterval(flashing)
    flashing = null
    lit = true
    if (model) show(imageOf(model))
  }

  function blink(): void {
    if (!model) return
    lit = !lit
    show(image(model.icon, lit))
  }

  async function look(): Promise<void> {
    const [status, settings] = await Promise.all([guard.call('status:get', {}), guard.call('settings:get', {})])
    const today = status.ok ? localDay(Date.parse(status.value.at), status.value.zone) : null
    const report =
      status.ok && today
        ? await guard.call('spend:report', { from: today, to: today, by: 'model', zone: status.value.zone })
        : null
    const wanted = settings.ok ? settings.value : settingsSchema.parse({ trayTitle: 'nothing' })
    if (settings.ok) await speakAs(wanted.language)
    await small.want(wanted.smallWindow)
    draw(trayModel(status.ok ? status.value : null, wanted, report?.ok ? report.value.rows : []))
  }

  /** Ten changes in a second are looked at once, and once more when the last of them is over. */
  function refresh(): Promise<void> {
    if (looking) {
      again = true
      return looking
    }
    looking = look().finally(() => {
      looking = null
      if (again) void refresh()
      again = false
    })
    return looking
  }

  // Given a menu to keep, the icon shows it at every click; only on Linux is there no other way to a menu.
  tray.on('click', () => windows.togglePopover(tray.getBounds()))
  tray.on('right-click', () => menu && tray.popUpContextMenu(menu))
  const stop = guard.on('changed', () => void refresh())
  const timer = setInterval(() => void refresh(), lookMs)
  void refresh()
  return {
    refresh,
    destroy(): void {
      stop()
      clearInterval(timer)
      if (flashing) clearInterval(flashing)
      if (!tray.isDestroyed()) tray.destroy()
    },
  }
}

/** Drawn once for each scale, so that no screen has to stretch it. macOS colours a template to suit its menu bar. */
function drawImage(icon: TrayIcon, lit: boolean, figure: string | null = null): NativeImage {
  const template = process.platform === 'darwin'
  const drawn = nativeImage.createEmpty()
  for (const scaleFactor of trayScales) {
    const size = Math.round(traySize(process.platform) * scaleFactor)
    const buffer = drawTrayIcon(icon, size, { lit, template, figure })
    drawn.addRepresentation({ scaleFactor, width: size, height: size, buffer })
  }
  if (template) drawn.setTemplateImage(true)
  return drawn
}

/** Who asks the system for less motion gets the icon of the state without the flashing: a stop sign that stands still. */
function prefersStillness(): boolean {
  return systemPreferences.getAnimationSettings().prefersReducedMotion
}
