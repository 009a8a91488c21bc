import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createHome, secretEnvironment } from '../../fakes/home.ts'

const cli = fileURLToPath(new URL('../../../electron/cli.ts', import.meta.url))

export interface ServedGuard {
  url: string
  token: string
  /** The address that lets a page in. */
  door: string
  stop(): Promise<void>
}

/** Runs the real `spend-guard serve` on a new data folder, with the vault, so that no keychain is needed. */
export async function serveGuard(more: readonly string[] = []): Promise<ServedGuard> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spend-guard-e2e-'))
  const home = createHome()
  const passphrase = path.join(folder, 'passphrase')
  await writeFile(passphrase, 'only for this test', { mode: 0o600 })
  const args = [
    '--data-dir',
    path.join(folder, 'data'),
    '--secret-store',
    'vault',
    '--vault-passphrase-file',
    passphrase,
  ]
  const child = spawn(process.execPath, [cli, ...args, 'serve', '--no-open', '--json', ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A home of nobody, so that what discovery finds does not depend on the computer.
    env: {
      ...process.env,
      TZ: 'UTC',
      DISPLAY: '',
      HOME: home,
      XDG_CONFIG_HOME: '',
      XDG_DATA_HOME: '',
      ...secretEnvironment,
    },
  })
  const complaints: string[] = []
  child.stderr.on('data', (piece) => complaints.push(String(piece)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => {
      throw new Error(`spend-guard serve ended: ${complaints.join('')}`)
    }),
  ])
  const { url, token } = JSON.parse(line) as { url: string; token: string }
  return {
    url,
    token,
    door: `${url}/#token=${token}`,
    async stop() {
      child.kill('SIGTERM')
      await ended
      for (const made of [folder, home]) await rm(made, { recursive: true, force: true })
    },
  }
}
