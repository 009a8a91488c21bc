import { Command, Option, type OutputConfiguration } from 'commander'
import { version } from '../../shared/version.ts'
import { accountCommands } from './accounts.ts'
import { alertCommands } from './alerts.ts'
import { budgetCommands } from './budgets.ts'
import { capsCommand } from './caps.ts'
import { channelCommands } from './channels.ts'
import { connect, type Connection, type GlobalOptions } from './connect.ts'
import { dataCommands } from './data.ts'
import { discoverCommand } from './discover.ts'
import { fileCommands } from './files.ts'
import { heartbeatCommands } from './heartbeat.ts'
import { peopleCommands } from './people.ts'
import { metricsCommand } from './metrics.ts'
import { pauseCommands } from './pause.ts'
import { planCommands } from './plans.ts'
import { rateCommands } from './rates.ts'
import { providersCommand } from './providers.ts'
import { routeCommands } from './routes.ts'
import { replayCommand } from './replay.ts'
import { spendCommands } from './spend.ts'
import { serveCommand } from './serve.ts'
import { detectCommand } from './detect.ts'
import type { Terminal } from './terminal.ts'

/** What a command gets: the terminal, and a guard that is closed when it ends. */
export interface CommandContext {
  terminal: Terminal
  withGuard<T>(command: Command, act: (connection: Connection) => Promise<T>): Promise<T>
}

/** The command line of docs/system-design.md; every command is a call or two of the contract in shared/ipc.ts. */
export function createProgram(terminal: Terminal): Command {
  const output: OutputConfiguration = {
    writeOut: (text) => terminal.print(text.trimEnd()),
    // The help that stands for a missing command. What is wrong is told by `run`, in our own form.
    writeErr: (text) => (terminal.json ? undefined : terminal.note(text.trimEnd())),
    outputError: () => undefined,
  }
  const program = new Command('spend-guard')
    .description('A smoke detector for API bills. Start with: spend-guard serve')
    .version(version, '--version')
    .showSuggestionAfterError()
  const context: CommandContext = {
    terminal,
    async withGuard(command, act) {
      const connection = await connect(command.optsWithGlobals<GlobalOptions>(), terminal)
      try {
        return await act(connection)
      } finally {
        await connection.close()
      }
    },
  }
  serveCommand(program, context)
  spendCommands(program, context)
  fileCommands(program, context)
  accountCommands(program, context)
  providersCommand(program, context)
  budgetCommands(program, context)
  planCommands(program, context)
  channelCommands(program, context)
  routeCommands(program, context)
  peopleCommands(program, context)
  alertCommands(program, context)
  metricsCommand(program, context)
  capsCommand(program, context)
  rateCommands(program, context)
  heartbeatCommands(program, context)
  pauseCommands(program, context)
  replayCommand(program, context)
  dataCommands(program, context)
  discoverCommand(program, context)
  detectCommand(program, context)
  for (const command of everyCommand(program)) {
    addGlobalOptions(command)
    command.exitOverride().configureOutput(output).configureHelp({ showGlobalOptions: true })
  }
  return program
}

function* everyCommand(command: Command): Iterable<Command> {
  yield command
  for (const child of command.commands) yield* everyCommand(child)
}

/** They may stand before or after the command. */
function addGlobalOptions(command: Command): void {
  const options = [
    new Option('--data-dir <dir>', 'folder of the database (default: the one of this user)'),
    new Option('--secret-store <kind>', 'where keys are kept').choices(['keychain', 'vault']),
    new Option('--vault-passphrase-file <file>', 'passphrase of the vault; /dev/fd/3 works too'),
    new Option('--server <url>', 'use the guard at this address'),
    new Option('--server-token-file <file>', 'token of that guard'),
    new Option('--json', 'print JSON'),
  ]
  for (const option of options) command.addOption(command.parent ? option.hideHelp() : option)
}
