import type { Clock } from '../shared/clock.ts'
import type { Computer } from './discovery/computer.ts'
import type { Logger } from './logging/logger.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { SettingsFile } from './settings/settings.ts'

/** What a host (Electron, headless, command line, a test) hands to the guard. The guard itself never asks which it is. */
export interface System {
  /** Folder of the database, its backups and the settings. */
  dataDir: string
  clock: Clock
  fetch: typeof fetch
  secrets: SecretStore
  settings: SettingsFile
  log: Logger
  /** Null where there is no desktop to notify on; the desktop and tray channels are then absent. */
  desktop: DesktopPort | null
  /** Opens a page of ours or of a provider in the person's browser. */
  openLink(url: string): void
  /** Where names of credentials are looked for, when a person asks. */
  computer: Computer
  /** IANA name of the machine's time zone, such as Europe/Berlin. */
  zone: string
  /** Languages of the machine, such as de-AT, best first. */
  languages: readonly string[]
  /** 0 <= n < 1; spreads polls. */
  random(): number
}

export interface DesktopNote {
  /** The alerts it is about, gravest first; a click opens the first. */
  alertIds: readonly string[]
  title: string
  body: string
  urgent: boolean
}

export interface DesktopPort {
  /** Resolves once the system took the notification, rejects with a reason a person can read. */
  notify(note: DesktopNote): Promise<void>
  /** Makes the tray icon call for attention; it stops by itself when nothing fires any more. */
  signal(note: DesktopNote): Promise<void>
}
