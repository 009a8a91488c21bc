import type { Clock } from '../../shared/clock.ts'
import type { UpdateState } from '../../shared/desktop-app.ts'
import type { Settings } from '../../shared/settings.ts'
import { dayMs, minuteMs } from '../../shared/time.ts'
import type { Logger } from '../logging/logger.ts'
import { mayCheck, mayDownload, nextUpdate, type UpdateEvent } from './update-state.ts'
import { i18n, sentences } from '../../shared/words.ts'

/** What we use of electron-updater. It verifies what it fetches: the signature on macOS and Windows, SHA-512 everywhere. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowPrerelease: boolean
  allowDowngrade: boolean
  logger: object | null
  on(event: 'update-available' | 'update-downloaded', listener: (info: { version: string }) => void): unknown
  on(event: 'update-not-available', listener: () => void): unknown
  on(event: 'download-progress', listener: (info: { percent: number }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  checkForUpdates(): Promise<unknown>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
}

/** Not among the first things: those who start the app want to see their spend. */
const firstCheckMs = minuteMs
const everyMs = dayMs

export type Updates = ReturnType<typeof createUpdates>

/**
 * Newer versions of the app: looked for once a day unless that is switched off, fetched when a person says so, and
 * installed when they say so again.
 */
export function createUpdates(parts: {
  clock: Clock
  log: Logger
  /** Looked up each time; off while the guard does not answer. */
  channel(): Promise<Settings['updates']>
  way: Pick<UpdateState, 'way' | 'message'>
  load(): Promise<Updater>
  /** The guard has written everything and lets go of its folder. */
  beforeInstall(): Promise<void>
  onChange(): void
}) {
  const { clock, log } = parts
  let state: UpdateState = { step: 'idle', version: null, share: null, checkedAt: null, ...parts.way }
  let loaded: Promise<Updater> | null = null
  let cancelTimer: (() => void) | null = null

  function note(event: UpdateEvent): void {
    state = nextUpdate(state, event)
    parts.onChange()
  }

  /** Without the text of the error, which quotes whatever the server answered. */
  function failed(what: string, error: Error): void {
    log.warn('update failed', { what, name: error.name, code: (error as { code?: string }).code ?? null })
    note({ kind: 'failed', message: sentences(what, i18n.t('Check the connection, and try again.')) })
  }

  async function updater(): Promise<Updater> {
    loaded ??= parts.load().then((found) => {
      found.autoDownload = false
      found.autoInstallOnAppQuit = false
      found.logger = null
      found.on('update-available', ({ version }) => note({ kind: 'found', version, atMs: clock.now() }))
      found.on('update-not-available', () => note({ kind: 'none', atMs: clock.now() }))
      found.on('download-progress', ({ percent }) => note({ kind: 'progress', percent }))
      found.on('update-downloaded', ({ version }) => note({ kind: 'downloaded', version }))
      // Each call rejects as well, which is where it is told; an event nobody hears would end the app.
      found.on('error', () => undefined)
      return found
    })
    const found = await loaded
    found.allowPrerelease = (await parts.channel()) === 'beta'
    // Leaving the beta channel means waiting for the next stable version, not going back to the last.
    found.allowDowngrade = false
    return found
  }

  async function check(): Promise<void> {
    if (!mayCheck(state)) return
    note({ kind: 'checking' })
    try {
      await (await updater()).checkForUpdates()
    } catch (error) {
      failed(i18n.t('Newer versions could not be looked for.'), error as Error)
    }
  }

  async function checkIfWanted(): Promise<void> {
    if ((await parts.channel()) !== 'off') await check()
  }

  function plan(delayMs: number): void {
    cancelTimer = clock.after(delayMs, () => {
      void checkIfWanted()
      plan(everyMs)
    })
  }

  return {
    state: (): UpdateState => state,
    start: () => plan(firstCheckMs),
    stop: () => cancelTimer?.(),
    /** Because a person asks; also where looking by itself is switched off. */
    check,
    async download(): Promise<void> {
      if (!mayDownload(state)) return
      note({ kind: 'progress', percent: 0 })
      try {
        await (await updater()).downloadUpdate()
      } catch (error) {
        failed(i18n.t('The newer version could not be fetched, or is not what it should be.'), error as Error)
      }
    },
    async install(): Promise<void> {
      if (state.step !== 'downloaded') return
      const ready = await updater()
      await parts.beforeInstall()
      ready.quitAndInstall(true, true)
    },
  }
}
