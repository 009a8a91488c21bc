import { Argument, Option, type Command } from 'commander'
import { alertExportFormats, type AlertExportFormat } from '../../shared/alert-search.ts'
import type { Alert } from '../../shared/alerts.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { Reply } from '../../shared/ipc.ts'
import { verdicts, type Verdict } from '../../shared/verdicts.ts'
import { byMe, wholeId } from './alert-id.ts'
import { ask } from './connect.ts'
import { writeOut } from './files.ts'
import type { CommandContext } from './program.ts'

interface ExportOptions {
  format: AlertExportFormat
  since?: string
  until?: string
}

/** Judging alerts, and taking all that is kept of them out. */
export function alertHistoryCommands(
  alerts: Command,
  { terminal, withGuard }: CommandContext,
  show: (alert: Alert) => void,
): void {
  alerts
    .command('verdict')
    .argument('<id>', 'id of the alert; its first characters will do')
    .addArgument(new Argument('<verdict>', 'a real problem, a false alarm, or expected').choices(verdicts))
    .description('what it was, for the numbers of "spend-guard metrics"; it may be changed later')
    .option('--prevented <amount>', 'what would have been spent without it, in its currency')
    .option('--note <text>', 'why')
    .action(async (id: string, verdict: Verdict, options: { prevented?: string; note?: string }, command: Command) => {
      const { prevented = null, note = '' } = options
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'alerts:verdict', { id: await wholeId(guard, id), verdict, prevented, note, ...byMe() })),
      )
    })
  alerts
    .command('export')
    .description('the whole history: what rules saw, who did what from where, every attempt to tell somebody')
    .addOption(new Option('--format <format>', 'form of the file').choices(alertExportFormats).makeOptionMandatory())
    .option('--since <day>', 'first day an alert may have opened on, or an instant')
    .option('--until <day>', 'last day, or an instant that is not part of it')
    .argument('[file]', 'where to; - or nothing for standard output')
    .action(async (file: string | undefined, options: ExportOptions, command: Command) => {
      await withGuard(command, ({ guard }) => writeOut(terminal, file, exported(guard, options), 'alerts'))
    })
}

async function* exported(guard: GuardClient, { format, since, until }: ExportOptions) {
  for (let after: string | null = null; ;) {
    const piece: Reply<'alerts:export'> = await ask(guard, 'alerts:export', { format, since, until, after })
    yield piece
    if (piece.next === null) return
    after = piece.next
  }
}
