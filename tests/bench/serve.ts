import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createGuardOverHttp } from '../../electron/api/guard-over-http.ts'
import type { Ask } from './open-guard.ts'

const builtCli = fileURLToPath(new URL('../../out/electron/cli.js', import.meta.url))

/** What people run is measured, not what lies about from last week. */
export function ensureBuilt(): void {
  const setup = fileURLToPath(new URL('../../build/setup.mjs', import.meta.url))
  execFileSync(process.execPath, [setup], { stdio: ['ignore', 'ignore', 'inherit'] })
}

export interface Served {
  pid: number
  url: string
  token: string
  ask: Ask
  stop(): Promise<void>
}

/** The built `spend-guard serve` in a process of its own, on a data folder, with the vault. */
export async function serve(dataDir: string, args: readonly string[] = []): Promise<Served> {
  const passphrase = path.join(dataDir, 'passphrase')
  writeFileSync(passphrase, 'only for this measurement', { mode: 0o600 })
  const vault = ['--data-dir', dataDir, '--secret-store', 'vault', '--vault-passphrase-file', passphrase]
  const child = spawn(process.execPath, [builtCli, ...vault, 'serve', '--no-open', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TZ: 'UTC', DBUS_SESSION_BUS_ADDRESS: '' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => Promise.reject(new Error('spend-guard serve ended'))),
  ])
  const { url, token } = JSON.parse(line) as { url: string; token: string }
  const guard = createGuardOverHttp({ url, token, fetch })
  return {
    pid: child.pid ?? 0,
    url,
    token,
    ask: async (name, request) => {
      const answer = await guard.call(name, request)
      if (!answer.ok) throw new Error(answer.failure.message)
      return answer.value
    },
    async stop() {
      guard.close()
      child.kill('SIGTERM')
      await ended
    },
  }
}

export function newFolder(): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'spend-guard-bench-'))
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}
