import type { EventEmitter } from 'node:events'
import { app, BrowserWindow, dialog } from 'electron'
import type { Logger } from '../logging/logger.ts'
import { minuteMs } from '../../shared/time.ts'

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
}): void {
  const { log, now } = parts
  const startedAtMs = now()
  const faults = parts.process ?? process

  app.on('web-contents-created', (_event, contents) => {
    let reloadedAtMs: number[] = []
    contents.on('render-process-gone', (_gone, { reason, exitCode }) => {
      if (reason === 'clean-exit') return
      log.error('a page ended', { reason, exitCode })
      reloadedAtMs = reloadedAtMs.filter((atMs) => atMs > now() - recentMs)
      // A window that is gone is made anew when it is asked for.
      if (reloadedAtMs.length >= mostRestarts) return BrowserWindow.fromWebContents(contents)?.destroy()
      reloadedAtMs.push(now())
      contents.reload()
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
        'API Spend Guard has ended',
        'It met the same kind of fault several times. Nothing is watched any more; guard.log in its data folder says why.',
      )
    else app.relaunch(againWith(restarts + 1))
    app.exit(1)
  })
}

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
