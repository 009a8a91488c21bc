import type { Command } from 'commander'
import { eraseWords, type Backup, type Erased } from '../../shared/data.ts'
import { fail } from '../../shared/failures.ts'
import { defaultDataDir, prepareDataDir } from '../data-dir.ts'
import { ask, systemOf, useFolder, type GlobalOptions } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

/** What is kept of the guard's own: backups, and an end to all of it. */
export function dataCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const backups = program.command('backups').description('copies of the database: history, alerts, budgets, channels')
  const show = (list: readonly Backup[]) =>
    terminal.print(
      list.length === 0
        ? 'No backup yet. One is made each day, and now by: spend-guard backups create'
        : table(
            ['NAME', 'MADE', 'MB'],
            list.map(({ name, at, bytes }) => [name, at, (bytes / 1e6).toFixed(1)]),
            [2],
          ),
    )
  backups
    .command('list')
    .description('all backups, newest first; the oldest of five makes room for a new one')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const state = await ask(guard, 'data:get', {})
        if (terminal.json) terminal.print(JSON.stringify(state.backups))
        else show(state.backups)
      })
    })
  backups
    .command('create')
    .description('make one now')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const state = await ask(guard, 'data:back-up', {})
        if (terminal.json) terminal.print(JSON.stringify(state.backups[0]))
        else show(state.backups.slice(0, 1))
      })
    })
  backups
    .command('restore')
    .argument('<name>', 'name of the backup, as "backups list" shows it')
    .description('put a backup in place of the database, which is backed up before; settings and keys stay as they are')
    .action(async (name: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const state = await ask(guard, 'data:restore', { name })
        if (terminal.json) return terminal.print(JSON.stringify(state))
        terminal.print(`Restored ${name}. What was there is kept as ${state.backups[0]?.name ?? 'a backup'}.`)
        terminal.print('Newer spend is read again from the providers: spend-guard poll')
      })
    })
  program
    .command('erase')
    .description('delete everything: history, alerts, settings, backups, log, and the keys in the keychain or vault')
    .option('--yes', 'say that you mean it')
    .action(async (options: { yes?: boolean }, command: Command) => {
      if (!options.yes)
        throw new CommandFailure(
          fail(
            'invalid-input',
            'This cannot be taken back: nothing of the guard would be left. If you mean it, add --yes.',
          ),
          2,
        )
      const globals = command.optsWithGlobals<GlobalOptions>()
      const erased =
        (await eraseHere(globals)) ??
        (await withGuard(command, ({ guard }) => ask(guard, 'data:erase', { confirm: eraseWords })))
      terminal.print(terminal.json ? JSON.stringify(erased) : describeErased(erased))
    })
}

/** Without opening the database: also one that cannot be opened any more. Null where another process has it. */
async function eraseHere(globals: GlobalOptions): Promise<Erased | null> {
  if (globals.server !== undefined) return null
  const dataDir = useFolder(globals.dataDir ?? defaultDataDir(), prepareDataDir)
  const [{ lockFolder }, { eraseData, eraseLeftovers }] = await Promise.all([
    import('../storage/folder-lock.ts'),
    import('../erase.ts'),
  ])
  const lock = useFolder(dataDir, lockFolder)
  if (!lock) return null
  const erased = await eraseData(await systemOf(dataDir, globals)).finally(() => lock.release())
  if (!erased.ok) throw new CommandFailure(erased.failure)
  eraseLeftovers(dataDir)
  return erased.value
}

function describeErased({ gone, stays }: Erased): string {
  const lines = (list: readonly string[]) => list.map((one) => `  ${one}`)
  return ['Deleted:', ...lines(gone), 'What stays:', ...lines(stays)].join('\n')
}
