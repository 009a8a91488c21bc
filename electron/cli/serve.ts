import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { InvalidArgumentError, type Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import { refusePublicUrl } from '../../shared/public-url.ts'
import { onNewlyFiring } from '../alerts/newly-firing.ts'
import { connect, publish, type GlobalOptions } from './connect.ts'
import { readEndpoint } from '../owner.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'

const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}, please.`)
  return number
}

function publicUrl(text: string): string {
  const problem = refusePublicUrl(text)
  if (problem) throw new InvalidArgumentError(problem)
  return new URL(text).origin
}

export function serveCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('serve')
    .description('watch, and serve the dashboard on this computer')
    .option('--port <number>', 'port on 127.0.0.1 (default: any free one)', wholeNumber(0, 65_535))
    .option('--no-open', 'do not open the browser')
    .option(
      '--public-url <url>',
      'where phones reach this guard, for a link in each message (docs/links.md); without it messages hold none',
      publicUrl,
    )
    // What is below the least of the setting would be left aside without a word.
    .option('--poll-every <seconds>', 'read this often in this run, instead of as set', wholeNumber(2, 3_600))
    .action(async (options: { port?: number; open: boolean; pollEvery?: number }, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions>()
      if (globals.server !== undefined)
        throw new CommandFailure(fail('invalid-input', 'serve starts a guard here; it does not go with --server.'), 2)
      const connection = await connect(globals, { ...terminal, json: true })
      const { own } = connection
      if (!own) {
        await connection.close()
        const dashboard = await dashboardOf(connection.dataDir)
        if (dashboard !== null && options.open && !terminal.json && hasDisplay())
          (await import('../host.ts')).openLink(dashboard)
        throw new CommandFailure(
          fail(
            'data-folder-busy',
            dashboard === null || terminal.json
              ? 'A guard runs on this data folder already; "spend-guard status" shows that it works.'
              : `A guard runs on this data folder already. Its dashboard: ${dashboard}`,
          ),
        )
      }
      const stopped = new Promise<void>((resolve) => {
        process.once('SIGINT', resolve)
        process.once('SIGTERM', resolve)
        void own.erased.then(resolve)
      })
      const links = await own.serveLinks()
      const endpoint = await publish(connection, options.port ?? 0, rendererDir(), links).catch(
        async (error: { code?: string }) => {
          await connection.close()
          throw new CommandFailure(
            fail(
              'invalid-input',
              `Port ${options.port} cannot be used (${error.code ?? 'unknown'}). Choose another with --port.`,
            ),
          )
        },
      )
      if (!terminal.json)
        onNewlyFiring(own, (alert) =>
          terminal.print(`${alert.severity.toUpperCase()} ${alert.openedAt}: ${alert.summary}`),
        )
      own.start()
      const address = `${endpoint.url}/#token=${endpoint.token}`
      terminal.print(
        terminal.json
          ? JSON.stringify({ url: endpoint.url, token: endpoint.token })
          : `API Spend Guard is watching. Dashboard: ${address}`,
      )
      if (!terminal.json && links.publicUrl() !== null)
        terminal.print(`Messages hold links to ${links.publicUrl()}/a/… for acknowledging.`)
      if (options.open && !terminal.json && hasDisplay()) (await import('../host.ts')).openLink(address)
      await stopped
      await endpoint.close()
      await connection.close()
    })
}

/** The address of the guard that runs already. Null for the app, and for a command: they serve calls but no page. */
async function dashboardOf(dataDir: string): Promise<string | null> {
  const owner = readEndpoint(dataDir)
  if (!owner) return null
  try {
    const page = await fetch(owner.url, { method: 'HEAD', signal: AbortSignal.timeout(2_000) })
    return page.ok ? `${owner.url}/#token=${owner.token}` : null
  } catch {
    return null // it ended just now
  }
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

/** The built page, seen from the bundle in out/electron or from the source in electron/cli. */
function rendererDir(): string | null {
  const candidates = ['../renderer', '../../renderer', '../../out/renderer'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  )
  return candidates.find((folder) => existsSync(`${folder}/index.html`) && !existsSync(`${folder}/main.tsx`)) ?? null
}
