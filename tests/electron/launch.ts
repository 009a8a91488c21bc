import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { ShellBridge } from '../../renderer/shell-client.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import type { Result } from '../../shared/result.ts'

const root = path.join(import.meta.dirname, '../..')

export interface Launched {
  app: ElectronApplication
  page: Page
  /** Asks the guard from within the page, through preload script and IPC. */
  ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>>
  quit(): Promise<void>
}

export const newHome = (): string => mkdtempSync(path.join(tmpdir(), 'spend-guard-electron-'))

/** Starts the built app on the data folder of `home`. */
export async function launch(home: string): Promise<Launched> {
  const app = await _electron.launch({
    cwd: root,
    args: [...asRoot(), root, '--data-dir', path.join(home, 'data'), '--poll-every', '2', ...secretStore(home)],
  })
  const page = await app.firstWindow()
  return {
    app,
    page,
    async ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
      const answer = await page.evaluate(
        ([name, request]) => (window as unknown as { spendGuard: ShellBridge }).spendGuard.calls[name]?.(request),
        [name, request] as const,
      )
      const result = answer as Result<Reply<N>>
      if (!result.ok) throw new Error(`${name}: ${result.failure.message}`)
      return result.value
    },
    async quit() {
      const closed = app.waitForEvent('close')
      // The connection goes with the app, before it can answer.
      await app.evaluate(({ app }) => app.quit()).catch(() => undefined)
      await closed
    },
  }
}

function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** On Linux the tests have a keyring of their own; elsewhere the person's keychain is left alone. */
function secretStore(home: string): string[] {
  if (process.platform === 'linux') return []
  const passphrase = path.join(home, 'passphrase')
  writeFileSync(passphrase, 'only for this test', { mode: 0o600 })
  return ['--secret-store', 'vault', '--vault-passphrase-file', passphrase]
}
