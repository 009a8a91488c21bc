import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import type { LinkDesk } from '../alerts/links.ts'
import { createGuardOverHttp } from '../api/guard-over-http.ts'
import { parseServerAddress } from '../api/server-address.ts'
import { defaultDataDir, prepareDataDir } from '../data-dir.ts'
import type { ReopeningGuard } from '../reopening.ts'
import type { System } from '../system.ts'
import { publishEndpoint, readEndpoint } from '../owner.ts'
import { CommandFailure } from './run.ts'
import { readSecretFile } from './secret-input.ts'
import type { Terminal } from './terminal.ts'

export interface GlobalOptions {
  dataDir?: string
  secretStore?: 'keychain' | 'vault'
  vaultPassphraseFile?: string
  server?: string
  serverTokenFile?: string
  json?: boolean
  /** Seconds; of `serve`. */
  pollEvery?: number
  /** Of `serve`. */
  publicUrl?: string
}

export interface Connection {
  guard: GuardClient
  /** The guard of this very process, when it owns the data folder. */
  own: ReopeningGuard | null
  dataDir: string
  close(): Promise<void>
}

const longestWaitMs = 15_000

/**
 * The guard a command talks to: the one at `--server`; the one that owns the data folder already; otherwise one of our
 * own, for the length of this command.
 */
export async function connect(options: GlobalOptions, terminal: Terminal): Promise<Connection> {
  if (options.server !== undefined) return connectTo(options.server, options)
  if (options.dataDir === '')
    // as of a shell variable that is not set: it would mean the current folder
    throw new CommandFailure(fail('invalid-input', '--data-dir needs the path of a folder.'), 2)
  const dataDir = useFolder(options.dataDir ?? defaultDataDir(), prepareDataDir)
  const { lockFolder } = await import('../storage/folder-lock.ts')
  for (const deadline = Date.now() + longestWaitMs; ;) {
    const lock = useFolder(dataDir, lockFolder)
    if (lock) return openOwn(dataDir, options, () => lock.release())
    const owner = readEndpoint(dataDir)
    const client = owner && createGuardOverHttp({ ...owner, fetch })
    if (client && (await client.call('settings:get', {})).ok) {
      if (!terminal.json) terminal.note(`Using the guard that runs as process ${owner.pid}.`)
      return { guard: client, own: null, dataDir, close: async () => client.close() }
    }
    client?.close()
    if (Date.now() > deadline) {
      throw new CommandFailure(
        fail(
          'data-folder-busy',
          `Another process is using ${dataDir} and does not answer. Wait for it to end, or choose another folder with --data-dir.`,
        ),
      )
    }
    await sleep(100)
  }
}

/** A folder may be somebody else's, read-only, full, or no folder at all: a sentence says so, and what to do. */
export function useFolder<T>(dataDir: string, act: (dataDir: string) => T): T {
  try {
    return act(dataDir)
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown'
    throw new CommandFailure(
      code === 'ENOSPC' || code.startsWith('SQLITE_FULL')
        ? fail('disk-full', 'The disk is full. Free some space; nothing was lost.')
        : fail(
            'data-folder-unusable',
            `The data folder ${dataDir} cannot be used (${code}). Check that it is a folder that you can write to, or choose another with --data-dir.`,
          ),
    )
  }
}

/** The token comes with the address as `serve` printed it, from a file, or from the data folder of that guard. */
function connectTo(server: string, options: GlobalOptions): Connection {
  const address = parseServerAddress(server)
  if (!address.ok) throw new CommandFailure(address.failure, 2)
  const { origin } = address.value
  const dataDir = options.dataDir ?? defaultDataDir()
  const known = readEndpoint(dataDir)
  const token =
    address.value.token ??
    (options.serverTokenFile === undefined ? null : readSecretFile(options.serverTokenFile).trim()) ??
    (known && new URL(known.url).origin === origin ? known.token : null)
  if (token === null)
    throw new CommandFailure(
      fail(
        'credential-rejected',
        'That guard needs its token: give the whole address with #token=…, or --server-token-file FILE.',
      ),
      2,
    )
  const client = createGuardOverHttp({ url: origin, token, fetch })
  return { guard: client, own: null, dataDir, close: async () => client.close() }
}

/** The surroundings of a guard in this process, as the options say. */
export async function systemOf(dataDir: string, options: GlobalOptions): Promise<System> {
  const { createNodeSystem } = await import('../host.ts')
  return createNodeSystem({
    dataDir,
    secretStore: options.secretStore ?? 'keychain',
    vaultPassphraseFile: options.vaultPassphraseFile ?? null,
    pollEverySeconds: options.pollEvery ?? null,
    publicUrl: options.publicUrl ?? null,
  })
}

async function openOwn(dataDir: string, options: GlobalOptions, release: () => void): Promise<Connection> {
  const [{ createReopeningGuard }, { eraseLeftovers }, { speakAsSet }, system] = await Promise.all([
    import('../reopening.ts'),
    import('../erase.ts'),
    import('../speak.ts'),
    systemOf(dataDir, options),
  ])
  const guard = createReopeningGuard(system)
  if (!guard.ok) {
    release()
    throw new CommandFailure(guard.failure)
  }
  await speakAsSet(guard.value, system.languages)
  let isErased = false
  void guard.value.erased.then(() => (isErased = true))
  return {
    guard: guard.value,
    own: guard.value,
    dataDir,
    async close() {
      await guard.value.stop()
      release()
      if (isErased) eraseLeftovers(dataDir)
    },
  }
}

/** Serves the guard of this process to others: on a port, with a token of this run. */
export async function publish(
  connection: Connection,
  port: number,
  rendererDir: string | null,
  links: LinkDesk | null = null,
) {
  const { createApiServer } = await import('../api/server.ts')
  const token = randomBytes(24).toString('base64url')
  const server = createApiServer({ guard: connection.guard, token, rendererDir, links })
  const url = await server.listen(port)
  const retract = publishEndpoint(connection.dataDir, { url, token, pid: process.pid })
  return {
    url,
    token,
    async close() {
      retract()
      await server.close()
    },
  }
}

/** Calls, or ends the command with the failure. */
export async function ask<N extends CallName>(guard: GuardClient, name: N, request: Request<N>): Promise<Reply<N>> {
  const answer = await guard.call(name, request)
  if (answer.ok) return answer.value
  throw new CommandFailure(answer.failure, answer.failure.kind === 'invalid-input' ? 2 : 1)
}
