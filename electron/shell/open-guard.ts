import { readFileSync } from 'node:fs'
import path from 'node:path'
import { app, shell } from 'electron'
import ElectronStore from 'electron-store'
import { projectPages } from '../../shared/project-pages.ts'
import { pageUrl, providerIds, providerPages } from '../../shared/providers.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { thisComputer } from '../discovery/computer.ts'
import type { Logger } from '../logging/logger.ts'
import { systemClock } from '../system-clock.ts'
import type { DesktopPort, System } from '../system.ts'
import type { AppArguments } from './arguments.ts'
import { startKeychainUtility } from './keychain-utility.ts'
import { systemFetch } from './system-fetch.ts'
import { i18n } from '../../shared/words.ts'

export interface OpenedGuard {
  guard: GuardClient
  start(): void
  wake(): void
  /** The computer goes to sleep. */
  rest(): void
  stop(): Promise<void>
  /** Resolves once everything was deleted on this computer: there is nothing left to guard. */
  erased: Promise<void>
}

const never = new Promise<void>(() => undefined)

/** A guard in another process: no engine and no native module is loaded. Without a desktop it notifies by itself. */
async function openRemote(url: string, token: string, desktop: DesktopPort | null): Promise<OpenedGuard> {
  const [{ createGuardOverHttp }, { notifyOfRemoteAlerts }] = await Promise.all([
    import('../api/guard-over-http.ts'),
    import('./remote-alerts.ts'),
  ])
  const guard = createGuardOverHttp({ url, token, fetch: systemFetch })
  return {
    guard,
    start: () => void (desktop && notifyOfRemoteAlerts(guard, desktop)),
    wake() {},
    rest() {},
    stop: async () => guard.close(),
    erased: never,
  }
}

async function openServer(server: string, tokenFile: string | null, desktop: DesktopPort): Promise<OpenedGuard> {
  const { parseServerAddress } = await import('../api/server-address.ts')
  const address = parseServerAddress(server)
  if (!address.ok) throw new Error(address.failure.message)
  const { origin } = address.value
  const token = address.value.token ?? (tokenFile === null ? null : readFileSync(tokenFile, 'utf8').trim())
  if (!token)
    throw new Error(
      i18n.t('That guard needs its token: give the whole address with #token=…, or --server-token-file FILE.'),
    )
  return openRemote(origin, token, desktop)
}

/** `spend-guard serve` runs on this data folder already: one guard is enough, and this is a window on it. */
async function joinOwner(dataDir: string): Promise<OpenedGuard> {
  const { readEndpoint } = await import('../owner.ts')
  const owner = readEndpoint(dataDir)
  if (owner) return openRemote(owner.url, owner.token, null)
  throw new Error(i18n.t('A guard runs on this data folder already. End it, or choose another folder with --data-dir.'))
}

/** The engine inside the app, which also answers the command line while it runs. */
async function openLocal(args: AppArguments, dataDir: string, desktop: DesktopPort, log: Logger): Promise<OpenedGuard> {
  const [
    { createReopeningGuard },
    { eraseLeftovers },
    { lockFolder },
    host,
    { createKeychain },
    vault,
    { publish },
    { setAsideUnreadable },
  ] = await Promise.all([
    import('../reopening.ts'),
    import('../erase.ts'),
    import('../storage/folder-lock.ts'),
    import('../host.ts'),
    import('../secrets/keychain.ts'),
    import('../secrets/vault.ts'),
    import('../cli/connect.ts'),
    import('../settings/set-aside.ts'),
  ])
  const lock = lockFolder(dataDir)
  if (!lock) return joinOwner(dataDir)
  setAsideUnreadable(dataDir, log, Date.now())
  const settings = new ElectronStore<Record<string, unknown>>({ cwd: dataDir, name: 'settings' })
  const system: System = {
    dataDir,
    clock: systemClock,
    fetch: systemFetch,
    secrets:
      args.secretStore === 'vault'
        ? vault.createVault(path.join(dataDir, 'vault.json'), vault.passphraseFrom(args.vaultPassphraseFile))
        : createKeychain(startKeychainUtility),
    settings: host.settingsOfRun(settings, args.pollEverySeconds),
    log,
    desktop,
    openLink: openOurLink,
    computer: thisComputer(),
    zone: host.machineZone(),
    languages: app.getPreferredSystemLanguages(),
    random: Math.random,
  }
  const guard = createReopeningGuard(system)
  if (!guard.ok) {
    lock.release()
    throw new Error(guard.failure.message)
  }
  let isErased = false
  void guard.value.erased.then(() => (isErased = true))
  const endpoint = await publish(
    { guard: guard.value, own: guard.value, dataDir, close: async () => undefined },
    0,
    null,
  )
  return {
    guard: guard.value,
    start: () => guard.value.start(),
    wake: () => guard.value.wake(),
    rest: () => guard.value.rest(),
    async stop() {
      await endpoint.close()
      await guard.value.stop()
      lock.release()
      if (isErased) eraseLeftovers(dataDir)
    },
    erased: guard.value.erased,
  }
}

export async function openGuard(
  args: AppArguments,
  dataDir: string,
  desktop: DesktopPort,
  log: Logger,
): Promise<OpenedGuard> {
  return args.server === null
    ? openLocal(args, dataDir, desktop, log)
    : openServer(args.server, args.serverTokenFile, desktop)
}

/** Only addresses from our own lists, of providers' pages and the project's, ever reach the browser. */
function openOurLink(url: string): void {
  const known: string[] = providerIds.flatMap((id) => providerPages.map((page) => pageUrl(id, page)))
  known.push(...Object.values(projectPages))
  if (known.includes(url)) void shell.openExternal(url)
}
