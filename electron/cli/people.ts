import { Option, type Command } from 'commander'
import { severities, type Severity } from '../../shared/alerts.ts'
import { fail } from '../../shared/failures.ts'
import { hoursText, parseHours, type Hours } from '../../shared/hours.ts'
import type { Person } from '../../shared/people.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

interface SetOptions {
  quiet?: string
  passes?: Severity
  zone?: string
  rename?: string
}

export function peopleCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const people = program.command('people').description('whom channels reach, and when they would rather not be reached')
  people
    .command('set')
    .argument('<name>', 'what you call them')
    .description('add somebody, or change their quiet hours')
    .option('--quiet <hours>', 'such as 22:00-07:00 or "mon-fri 22:00-07:00"; "none" for never')
    .addOption(new Option('--passes <severity>', 'from this severity on, quiet hours are passed').choices(severities))
    .option('--rename <name>', 'what you call them from now on; channels that reach them follow')
    .option('--zone <zone>', "time zone of the hours (default: the guard's)")
    .action(async (name: string, options: SetOptions, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const before = (await ask(guard, 'people:list', {})).find((one) => one.name === name)
        const saved = await ask(guard, 'people:save', {
          name: options.rename ?? name,
          was: options.rename === undefined ? undefined : name,
          quiet: options.quiet === undefined ? (before?.quiet ?? null) : readHours(options.quiet),
          passes: options.passes ?? before?.passes ?? 'critical',
          zone: options.zone ?? before?.zone ?? null,
        })
        terminal.print(terminal.json ? JSON.stringify(saved) : `${saved.name}: ${quietText(saved)}.`)
      })
    })
  people
    .command('list')
    .description('everybody, and their quiet hours')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const list = await ask(guard, 'people:list', {})
        if (terminal.json) return terminal.print(JSON.stringify(list))
        if (list.length === 0)
          return terminal.print('Nobody yet. Add somebody: spend-guard people set Anna --quiet 22:00-07:00')
        const channels = await ask(guard, 'channels:list', {})
        terminal.print(
          table(
            ['NAME', 'QUIET', 'REACHED BY'],
            list.map((one) => [
              one.name,
              quietText(one),
              channels
                .filter(({ person }) => person === one.name)
                .map(({ label }) => label)
                .join(', '),
            ]),
          ),
        )
      })
    })
  people
    .command('remove')
    .argument('<name>')
    .description('forget somebody whom no channel reaches any more')
    .action(async (name: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'people:remove', { name })
        terminal.print(terminal.json ? JSON.stringify({ name }) : `Removed ${name}.`)
      })
    })
}

/** Ends the command where the text is no part of a day. */
export function readHours(text: string): Hours | null {
  if (text.trim().toLowerCase() === 'none') return null
  const hours = parseHours(text)
  if (!hours)
    throw new CommandFailure(
      fail('invalid-input', `"${text}" are no hours. Write 22:00-07:00 or "mon-fri 22:00-07:00".`),
      2,
    )
  return hours
}

function quietText({ quiet, passes, zone }: Person): string {
  if (!quiet) return 'never quiet'
  return `${hoursText(quiet)}${zone ? ` in ${zone}` : ''}, ${passes} passes`
}
