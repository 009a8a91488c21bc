import path from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import ElectronStore from 'electron-store'
import { hourMs, iso } from '../shared/time.ts'
import { i18n } from '../shared/words.ts'
import { defaultDataDir, prepareDataDir } from './data-dir.ts'
import { handleCalls } from './ipc/handle.ts'
import { forwardPushes, pushToWindows } from './ipc/push.ts'
import { createFileLog } from './logging/file-log.ts'
import { setAppMenu } from './shell/app-menu.ts'
import { registerScheme, servePages } from './shell/app-protocol.ts'
import { parseArguments } from './shell/arguments.ts'
import { surviveCrashes } from './shell/crashes.ts'
import { claimLinks, createDoor } from './shell/deep-link.ts'
import { denyPermissions, hardenApp } from './shell/hardening.ts'
import { withDesktopApp } from './shell/desktop-app.ts'
import { endWithLastWindow } from './shell/last-window.ts'
import { loadUpdater, wayOfThisCopy } from './shell/load-updater.ts'
import { createLoginItem, wasStartedAtLogin } from './shell/login-item.ts'
import { createDesktopPort } from './shell/notifications.ts'
import { openGuard, type OpenedGuard } from './shell/open-guard.ts'
import { followSystem } from './shell/power.ts'
import { createSmallWindow } from './shell/small-window.ts'
import { createTray } from './shell/tray.ts'
import { createUpdates } from './shell/updates.ts'
import { createWindows } from './shell/windows.ts'
import { beginToSpeak, speak, speakAsSet } from './speak.ts'
import { systemClock } from './system-clock.ts'

beginToSpeak()
const args = parseArguments(process.argv.slice(1))
const dataDir = prepareDataDir(args.dataDir ?? defaultDataDir())
const log = createFileLog(dataDir)
app.setPath('userData', path.join(dataDir, 'app'))
hardenApp()
registerScheme()
const crashes = surviveCrashes({ log, restarts: args.restarts, now: Date.now })
const door = createDoor(process.argv.slice(1))

// Not awaited: `ready` comes only after this module has been evaluated (electron/electron#40719, checked 2026-11-24).
if (app.requestSingleInstanceLock()) void app.whenReady().then(run).catch(cannotStart)
else app.quit()

async function run(): Promise<void> {
  app.setAppUserModelId('dev.apispendguard.app')
  claimLinks()
  setAppMenu()
  denyPermissions()
  servePages(path.join(import.meta.dirname, '../renderer'))

  const memory = new ElectronStore<{ bounds: Electron.Rectangle | null }>({
    name: 'window',
    defaults: { bounds: null },
  })
  const windows = createWindows({
    bounds: () => memory.get('bounds'),
    remember: (bounds) => memory.set('bounds', bounds),
  })
  let tray: ReturnType<typeof createTray> | null = null
  const desktop = createDesktopPort({
    openAlert: (id) => (id === null ? windows.showDashboard() : windows.showAlert(id)),
    acknowledge: (id) => void opened.guard.call('alerts:acknowledge', { id, via: 'notification' }),
    snooze: (id) => void opened.guard.call('alerts:snooze', { id, until: inAnHour(), via: 'notification' }),
    refreshTray: () => void tray?.refresh(),
  })

  // What keeps a guard from opening is said before its settings can be read.
  await speak('system', app.getPreferredSystemLanguages())
  const opened = await openGuard(args, dataDir, desktop, log)
  await speakAsSet(opened.guard, app.getPreferredSystemLanguages())
  const end = endOnce(opened, () => {
    updates.stop()
    stopFollowing()
    tray?.destroy()
  })
  const stopFollowing = followSystem(opened)
  const updates = createUpdates({
    clock: systemClock,
    log,
    way: wayOfThisCopy(),
    load: loadUpdater,
    async channel() {
      const settings = await opened.guard.call('settings:get', {})
      return settings.ok ? settings.value.updates : 'off'
    },
    beforeInstall: end,
    onChange: () => pushToWindows('app', guard.app()),
  })
  const guard = withDesktopApp(opened.guard, { loginItem: createLoginItem(), updates })
  handleCalls(guard)
  forwardPushes(guard)
  tray = createTray(guard, windows, createSmallWindow(windows.follow), (chosen) =>
    speak(chosen, app.getPreferredSystemLanguages()),
  )
  // The guard stays in the tray when its windows are closed.
  app.on('window-all-closed', () => undefined)
  void opened.erased.then(() => {
    tray?.destroy()
    endWithLastWindow()
  })
  opened.start()
  updates.start()
  const alert = door.lead(windows)
  if (alert) windows.showAlert(alert)
  else if (!args.hidden && !wasStartedAtLogin()) windows.showDashboard()
  windows.preparePopover()
  crashes.tellThrough(desktop)
}

function inAnHour(): string {
  return iso(Date.now() + hourMs)
}

function cannotStart(error: Error): void {
  dialog.showErrorBox(i18n.t('API Spend Guard cannot start'), error.message)
  app.exit(1)
}

/** Quitting waits until what is in memory is written. The answer is for those who have something to do after that. */
function endOnce(opened: OpenedGuard, beforehand: () => void): () => Promise<void> {
  let ending: Promise<void> | null = null
  let hasEnded = false
  async function end(): Promise<void> {
    beforehand()
    // Closed, so that each notes its place; destroyed, because some hide instead, and would keep the app from quitting.
    for (const window of BrowserWindow.getAllWindows()) {
      window.close()
      if (!window.isDestroyed()) window.destroy()
    }
    await opened.stop().finally(() => (hasEnded = true))
  }
  app.on('before-quit', (event) => {
    if (hasEnded) return
    event.preventDefault()
    void (ending ??= end()).finally(() => app.exit(0))
  })
  return () => (ending ??= end())
}
