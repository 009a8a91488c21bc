import path from 'node:path'
import { app, dialog } from 'electron'
import ElectronStore from 'electron-store'
import { hourMs, iso } from '../shared/time.ts'
import { defaultDataDir, prepareDataDir } from './data-dir.ts'
import { handleCalls } from './ipc/handle.ts'
import { forwardPushes } from './ipc/push.ts'
import { setAppMenu } from './shell/app-menu.ts'
import { registerScheme, servePages } from './shell/app-protocol.ts'
import { parseArguments } from './shell/arguments.ts'
import { denyPermissions, hardenApp } from './shell/hardening.ts'
import { createDesktopPort } from './shell/notifications.ts'
import { openGuard, type OpenedGuard } from './shell/open-guard.ts'
import { wakeOnResume } from './shell/power.ts'
import { createTray } from './shell/tray.ts'
import { createWindows } from './shell/windows.ts'
import { speakAsSet } from './speak.ts'

const args = parseArguments(process.argv.slice(1))
const dataDir = prepareDataDir(args.dataDir ?? defaultDataDir())
app.setPath('userData', path.join(dataDir, 'app'))
hardenApp()
registerScheme()

// Not awaited: `ready` comes only after this module has been evaluated (electron/electron#40719, checked 2026-11-24).
if (app.requestSingleInstanceLock()) void app.whenReady().then(run).catch(cannotStart)
else app.quit()

async function run(): Promise<void> {
  app.setAppUserModelId('dev.apispendguard.app')
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
    openAlert: windows.showAlert,
    acknowledge: (id) => void opened.guard.call('alerts:acknowledge', { id, via: 'notification' }),
    snooze: (id) => void opened.guard.call('alerts:snooze', { id, until: inAnHour(), via: 'notification' }),
    refreshTray: () => void tray?.refresh(),
  })

  const opened = await openGuard(args, dataDir, desktop)
  await speakAsSet(opened.guard, app.getPreferredSystemLanguages())
  handleCalls(opened.guard)
  forwardPushes(opened.guard)
  tray = createTray(opened.guard, windows)
  wakeOnResume(opened.wake)
  app.on('second-instance', () => windows.showDashboard())
  app.on('activate', () => windows.showDashboard())
  // The guard stays in the tray when its windows are closed.
  app.on('window-all-closed', () => undefined)
  endOnce(opened, () => tray?.destroy())
  opened.start()
  windows.showDashboard()
}

function inAnHour(): string {
  return iso(Date.now() + hourMs)
}

function cannotStart(error: Error): void {
  dialog.showErrorBox('API Spend Guard cannot start', error.message)
  app.exit(1)
}

/** Quitting waits until what is in memory is written. */
function endOnce(opened: OpenedGuard, destroyTray: () => void): void {
  let ending = false
  app.on('before-quit', (event) => {
    if (ending) return
    ending = true
    event.preventDefault()
    destroyTray()
    void opened.stop().finally(() => app.exit(0))
  })
}
