import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import type { Result } from '../../shared/result.ts'
import type { Evaluates } from './steps.ts'

const root = path.join(import.meta.dirname, '../..')

export const dashboardAddress = 'app://bundle/#'
export const popoverAddress = 'app://bundle/?view=popover'

export interface Launched {
  app: ElectronApplication
  page: Page
  /** Its page by way of the main process, which also reaches one that has ended and come back. */
  window: Evaluates
  /** Asks the guard from within the page, through preload script and IPC. */
  ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>>
  /** The page of the window at this address, once there is one. */
  pageAt(address: string): Promise<Page>
  /** Starts the same app a second time, and waits until that has ended. */
  startAgain(more?: readonly string[]): Promise<void>
  quit(): Promise<void>
}

export const newHome = (): string => mkdtempSync(path.join(tmpdir(), 'spend-guard-electron-'))

/** Starts the built app on the data folder of `home`. */
export async function launch(home: string): Promise<Launched> {
  const args = [...asRoot(), root, '--data-dir', path.join(home, 'data'), '--poll-every', '2', ...secretStore(home)]
  const app = await _electron.launch({ cwd: root, args })
  const window: Evaluates = {
    evaluate: <T>(expression: string) =>
      app.evaluate(
        ({ BrowserWindow }, [address, code]): Promise<T> => {
          const windows = BrowserWindow.getAllWindows()
          const { webContents } = windows.find((one) => one.webContents.getURL().startsWith(address)) ?? {}
          return webContents?.executeJavaScript(code) ?? Promise.reject(new Error('the window is not there'))
        },
        [dashboardAddress, expression] as const,
      ),
  }
  async function pageAt(address: string): Promise<Page> {
    for (;;) {
      const found = app.windows().find((one) => one.url().startsWith(address))
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    app,
    // Not the summary beside the tray, which is there as well, hidden.
    page: await pageAt(dashboardAddress),
    window,
    async ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
      const call = `spendGuard.calls[${JSON.stringify(name)}](${JSON.stringify(request)})`
      const result = await window.evaluate<Result<Reply<N>>>(call)
      if (!result.ok) throw new Error(`${name}: ${result.failure.message}`)
      return result.value
    },
    pageAt,
    async startAgain(more = []) {
      const second = spawn(app.process().spawnfile, [...args, ...more], { cwd: root, stdio: 'ignore' })
      await once(second, 'exit')
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
