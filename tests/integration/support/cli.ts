import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../electron/cli.ts', import.meta.url))
/** Halves the start of the many processes of these suites. */
export const compileCache = path.join(tmpdir(), 'spend-guard-compile-cache')

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** One data folder with its secrets, and the real command line over it. */
export interface CommandLine {
  folder: string
  dataDir: string
  passphrase: string
  passphraseFile: string
  env: NodeJS.ProcessEnv
  /** For Node: the program, the global options and these. */
  argumentsOf(args: readonly string[]): string[]
  /** Runs a command to its end. The global options are added. */
  run(args: readonly string[], options?: { stdin?: string; env?: NodeJS.ProcessEnv; bare?: boolean }): Promise<Ran>
  /** The JSON a command prints; a complaint is thrown. */
  json<T>(args: readonly string[], stdin?: string): Promise<T>
  /** Starts `serve` and resolves once it says where it listens. */
  serve(args?: readonly string[], env?: NodeJS.ProcessEnv): Promise<Served>
}

export interface Served {
  url: string
  token: string
  child: ChildProcess
  ended: Promise<number | null>
}

export function createCommandLine(
  store: 'vault' | 'keychain' = 'vault',
  existing?: { dataDir: string; passphraseFile: string },
): CommandLine {
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-cli-'))
  const passphrase = 'only for this test'
  const file = existing?.passphraseFile ?? path.join(folder, 'passphrase')
  if (!existing) writeFileSync(file, passphrase, { mode: 0o600 })
  const dataDir = existing?.dataDir ?? path.join(folder, 'data')
  const globals = ['--data-dir', dataDir, '--secret-store', store]
  if (store === 'vault') globals.push('--vault-passphrase-file', file)

  const usual = { ...process.env, TZ: 'UTC', DISPLAY: '', NODE_COMPILE_CACHE: compileCache }
  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
    spawn(process.execPath, [program, ...args], { env: { ...usual, ...env } })

  const line: CommandLine = {
    folder,
    dataDir,
    passphrase,
    passphraseFile: file,
    env: usual,
    argumentsOf: (args) => [program, ...globals, ...args],
    run(args, { stdin = '', env, bare = false } = {}) {
      const child = start(bare ? args : [...globals, ...args], env)
      const ran: Ran = { code: null, stdout: '', stderr: '' }
      child.stdout?.setEncoding('utf8').on('data', (text) => (ran.stdout += String(text)))
      child.stderr?.setEncoding('utf8').on('data', (text) => (ran.stderr += String(text)))
      child.stdin?.on('error', () => undefined).end(stdin) // a command that reads none may be gone already
      return new Promise((resolve, reject) => {
        child.once('error', reject).once('close', (code) => resolve({ ...ran, code }))
      })
    },
    async json<T>(args: readonly string[], stdin?: string) {
      const ran = await line.run([...args, '--json'], stdin === undefined ? {} : { stdin })
      if (ran.stdout === '') throw new Error(`${args.join(' ')}: exit code ${ran.code}: ${ran.stderr}`)
      return JSON.parse(ran.stdout) as T
    },
    async serve(args = [], env = {}) {
      const child = start([...globals, 'serve', '--no-open', '--json', ...args], env)
      const complaints: string[] = []
      child.stderr?.on('data', (piece) => complaints.push(String(piece)))
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      const said = await Promise.race([
        new Promise<string>((resolve) => child.stdout && createInterface(child.stdout).once('line', resolve)),
        ended.then((code) => Promise.reject(new Error(`serve ended with ${code}: ${complaints.join('')}`))),
      ])
      return { ...(JSON.parse(said) as { url: string; token: string }), child, ended }
    },
  }
  return line
}
