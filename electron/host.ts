import { execFile, spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import path from 'node:path'
import Conf from 'conf'
import { isZone } from '../shared/time.ts'
import { thisComputer } from './discovery/computer.ts'
import { createFileLog } from './logging/file-log.ts'
import { forkKeychain } from './secrets/fork-keychain.ts'
import { createKeychain } from './secrets/keychain.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import { createVault, passphraseFrom } from './secrets/vault.ts'
import { setAsideUnreadable } from './settings/set-aside.ts'
import type { SettingsFile } from './settings/settings.ts'
import { systemClock } from './system-clock.ts'
import type { DesktopPort, System } from './system.ts'

export interface HostOptions {
  dataDir: string
  secretStore: 'keychain' | 'vault'
  vaultPassphraseFile: string | null
  /** For this run, instead of what the settings say. */
  pollEverySeconds: number | null
  /** For this run, instead of what the settings say. */
  publicUrl: string | null
}

/** The surroundings of a guard in plain Node: for `serve` and the command line. */
export function createNodeSystem(options: HostOptions): System {
  const log = createFileLog(options.dataDir)
  setAsideUnreadable(options.dataDir, log, Date.now())
  const settings = new Conf<Record<string, unknown>>({
    cwd: options.dataDir,
    configName: 'settings',
    projectName: 'api-spend-guard',
  })
  return {
    dataDir: options.dataDir,
    clock: systemClock,
    fetch: globalThis.fetch,
    secrets: createSecrets(options),
    settings: settingsOfRun(settings, options.pollEverySeconds, options.publicUrl),
    log,
    desktop: createDesktop(),
    openLink,
    computer: thisComputer(),
    zone: machineZone(),
    languages: [new Intl.DateTimeFormat().resolvedOptions().locale],
    random: Math.random,
  }
}

/** The settings as kept, but for what this run was started with: a pace of its own, a public address of its own. */
export function settingsOfRun(
  kept: SettingsFile,
  pollEverySeconds: number | null,
  publicUrl: string | null = null,
): SettingsFile {
  const ofRun = (key: string) =>
    key.endsWith('EverySeconds') ? pollEverySeconds : key === 'publicUrl' ? publicUrl : null
  return {
    get: (key) => ofRun(key) ?? kept.get(key),
    set: (key, value) => kept.set(key, value),
  }
}

/**
 * The zone this process lives in. Node knows no name where TZ is empty, begins with a colon or names a file, all of
 * which are usual on Linux; and a TZ that means nothing is UTC to the C library, and so to us.
 */
export function machineZone(
  intlZone: string | null = (new Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined) ?? null,
  tz: string | null = process.env['TZ'] ?? null,
  linkOf: (file: string) => string = realpathSync,
): string {
  const named = tz?.replace(/^:/, '')
  const candidates = [intlZone, named, named?.startsWith('/') ? zoneOfFile(named, linkOf) : null]
  return candidates.find((name) => typeof name === 'string' && isZone(name)) ?? 'UTC'
}

/** `/etc/localtime` is a link to `/usr/share/zoneinfo/Europe/Berlin`. */
function zoneOfFile(file: string, linkOf: (file: string) => string): string | null {
  try {
    return linkOf(file).split('/zoneinfo/')[1] ?? null
  } catch {
    return null // no such file: then it means nothing
  }
}

function createSecrets(options: HostOptions): SecretStore {
  if (options.secretStore === 'vault')
    return createVault(path.join(options.dataDir, 'vault.json'), passphraseFrom(options.vaultPassphraseFile))
  return createKeychain(forkKeychain)
}

/** Where the desktop has a notification daemon that `notify-send` reaches. Other systems notify from the app. */
function createDesktop(): DesktopPort | null {
  if (process.platform !== 'linux' || !process.env['DBUS_SESSION_BUS_ADDRESS']) return null
  const notify: DesktopPort['notify'] = (note) =>
    new Promise((resolve, reject) => {
      const args = [
        '--app-name=API Spend Guard',
        `--urgency=${note.urgent ? 'critical' : 'normal'}`,
        '--',
        note.title,
        note.body,
      ]
      execFile('notify-send', args, { timeout: 10_000 }, (error) =>
        error ? reject(new Error('no notification service answers')) : resolve(),
      )
    })
  return { notify, signal: async () => undefined }
}

export function openLink(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['explorer.exe', url]
        : ['xdg-open', url]
  if (!command) return
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined) // no browser here: the address was printed too
  child.unref()
}
