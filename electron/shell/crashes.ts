import type { EventEmitter } from 'node:events'
import { app, BrowserWindow, dialog } from 'electron'
import { minuteMs } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'
import type { Logger } from '../logging/logger.ts'
import type { DesktopNote, DesktopPort } from '../system.ts'

/** More often than this in so long a time, and it is no accident: starting again would go on for ever. */
const mostRestarts = 3
const recentMs = 10 * minuteMs

/**
 * What ends although nobody ended it. A page is loaded again. The app itself starts again, because after a fault nobody
 * thought of it may look alive and watch nothing; what it knew is on the disk. Both a few times only, and both are logged.
 */
export function surviveCrashes(parts: {
  log: Logger
  /** How often it has started again, each time soon after the last. */
  restarts: number
  now(): number
  process?: EventEmitter
}) {
  const { log, now } = parts
  const startedAtMs = now()
  const faults = parts.process ?? process
  let desktop: Pick<DesktopPort, 'notify'> | null = null

  function tell(note: DesktopNote): void {
    // It is in the log as well, and the tray shows that the guard is there.
    void desktop?.notify(note).catch(() => undefined)
  }

  app.on('web-contents-created', (_event, contents) => {
    let reloadedAtMs: number[] = []
    function mend(): void {
      if (contents.isDestroyed()) return
      reloadedAtMs = reloadedAtMs.filter((atMs) => atMs > now() - recentMs)
      if (reloadedAtMs.length < mostRestarts) {
        reloadedAtMs.push(now())
        contents.reload()
        return
      }
      // A window that is gone is made anew when it is asked for.
      BrowserWindow.fromWebContents(contents)?.destroy()
      tell(windowGone())
    }
    contents.on('render-process-gone', (_gone, { reason, exitCode }) => {
      if (reason === 'clean-exit') return
      log.error('a page ended', { reason, exitCode })
      // Not at once: until electron/electron#51900 (checked 2026-11-30) loading within this event ends the whole app.
      setImmediate(mend)
    })
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) => {
    if (reason !== 'clean-exit') log.error('a helper process ended', { type, reason, exitCode, serviceName })
  })
  faults.on('unhandledRejection', (reason: unknown) => log.error('nobody handled a fault', describe(reason)))
  faults.on('uncaughtException', (error: unknown) => {
    log.error('the app ended by a fault', describe(error))
    const restarts = now() - startedAtMs > recentMs ? 0 : parts.restarts
    if (restarts >= mostRestarts)
      dialog.showErrorBox(
        i18n.t('API Spend Guard has ended'),
        i18n.t(
          'It met the same kind of fault several times. Nothing is watched any more; guard.log in its data folder says why.',
        ),
      )
    else app.relaunch(againWith(restarts + 1))
    app.exit(1)
  })
  return {
    /** From now on the person is told through this, and at once if the app has started again by itself. */
    tellThrough(port: Pick<DesktopPort, 'notify'>): void {
      desktop = port
      if (parts.restarts > 0) tell(restarted())
    },
  }
}

const aboutTheApp = { alertIds: [], urgent: false }

const restarted = (): DesktopNote => ({
  ...aboutTheApp,
  title: i18n.t('API Spend Guard started again'),
  body: i18n.t('It met a fault. It watches again; guard.log in its data folder says what it was.'),
})

const windowGone = (): DesktopNote => ({
  ...aboutTheApp,
  title: i18n.t('A window of API Spend Guard was closed'),
  body: i18n.t(
    'Its page broke off several times in a row. The guard goes on watching; guard.log in its data folder says more.',
  ),
})

/** The same start, with the count in it, and without the link that may have been its reason. */
function againWith(restarts: number): Electron.RelaunchOptions {
  const all = process.argv.slice(1)
  const own = (all.includes('--') ? all.slice(0, all.indexOf('--')) : all).filter(
    (arg) => !arg.startsWith('--restarts='),
  )
  const image = process.env['APPIMAGE']
  return { args: [...own, `--restarts=${restarts}`], ...(image ? { execPath: image } : {}) }
}

/** The logger redacts; a stack names files and lines, which is what one wants to know. */
function describe(thrown: unknown) {
  if (!(thrown instanceof Error)) return { message: String(thrown) }
  const { name, message, stack } = thrown
  return { name, message, at: stack?.split('\n').slice(1, 4).join(' ').trim() }
}
