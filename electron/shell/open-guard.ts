import path from 'node:path'
import { shell } from 'electron'
import ElectronStore from 'electron-store'
import { providerFacts, providerIds } from '../../shared/providers.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { DesktopPort, System } from '../system.ts'
import type { AppArguments } from './arguments.ts'
import { startKeychainUtility } from './keychain-utility.ts'
import { systemFetch } from './system-fetch.ts'

export interface OpenedGuard {
  guard: GuardClient
  start(): void
  wake(): void
  stop(): Promise<void>
}

/** A guard elsewhere: no engine and no native module is loaded. */
async function openRemote(server: string): Promise<OpenedGuard> {
  const { createGuardOverHttp } = await import('../api/guard-over-http.ts')
  const url = new URL(server)
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? ''
  const guard = createGuardOverHttp({ url: url.origin, token, fetch: systemFetch })
  return { guard, start() {}, wake() {}, stop: async () => guard.close() }
}

/** The engine inside the app, which also answers the command line while it runs. */
async function openLocal(args: AppArguments, dataDir: string, desktop: DesktopPort): Promise<OpenedGuard> {
  const [{ createGuard }, { lockFolder }, host, { createKeychain }, vault, { publish }] = await Promise.all([
    import('../guard.ts'),
    import('../storage/folder-lock.ts'),
    import('../host.ts'),
    import('../secrets/keychain.ts'),
    import('../secrets/vault.ts'),
    import('../cli/connect.ts'),
  ])
  const lock = lockFolder(dataDir)
  if (!lock)
    throw new Error('A guard runs on this data folder already. End it, or choose another folder with --data-dir.')
  const settings = new ElectronStore<Record<string, unknown>>({ cwd: dataDir, name: 'settings' })
  const system: System = {
    dataDir,
    clock: host.systemClock,
    fetch: systemFetch,
    secrets:
      args.secretStore === 'vault'
        ? vault.createVault(path.join(dataDir, 'vault.json'), vault.passphraseFrom(args.vaultPassphraseFile))
        : createKeychain(startKeychainUtility),
    settings: host.settingsOfRun(settings, args.pollEverySeconds),
    log: host.createFileLog(dataDir),
    desktop,
    openLink: openOurLink,
    zone: host.machineZone(),
    random: Math.random,
  }
  const guard = createGuard(system)
  if (!guard.ok) {
    lock.release()
    throw new Error(guard.failure.message)
  }
  const endpoint = await publish(
    { guard: guard.value, own: guard.value, dataDir, close: async () => undefined },
    0,
    null,
  )
  return {
    guard: guard.value,
    start: () => guard.value.start(),
    wake: () => guard.value.wake(),
    async stop() {
      await endpoint.close()
      await guard.value.stop()
      lock.release()
    },
  }
}

export function openGuard(args: AppArguments, dataDir: string, desktop: DesktopPort): Promise<OpenedGuard> {
  return args.server === null ? openLocal(args, dataDir, desktop) : openRemote(args.server)
}

/** Only addresses from our own list of provider pages ever reach the browser. */
function openOurLink(url: string): void {
  const known = providerIds.map(providerFacts).flatMap((facts) => [facts.keyUrl, facts.billingUrl, facts.stopUrl])
  if (known.includes(url)) void shell.openExternal(url)
}
