import { Option, type Command } from 'commander'
import { alertStates, ruleKinds, severities, type Alert } from '../../shared/alerts.ts'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { Request } from '../../shared/ipc.ts'
import { iso } from '../../shared/time.ts'
import { byMe, wholeId } from './alert-id.ts'
import { describeAlert } from './describe-alert.ts'
import { alertHistoryCommands } from './alert-history.ts'
import { ask } from './connect.ts'
import { readAmount } from './budgets.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

export function alertCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const alerts = program.command('alerts').description('what fired, and what became of it')
  const show = (alert: Alert) => terminal.print(terminal.json ? JSON.stringify(alert) : describeAlert(alert))
  alerts
    .command('list')
    .description('newest first')
    .addOption(new Option('--state <state>', 'only these').choices([...alertStates, 'open']))
    .option('--search <text>', 'words that occur in what is said of it: summary, scope, names, reasons, notes')
    .option('--since <day>', 'first day it may have opened on, or an instant')
    .option('--until <day>', 'last day it may have opened on, or an instant that is not part of it')
    .addOption(new Option('--rule <rule>', 'only of this rule').choices(ruleKinds))
    .addOption(new Option('--severity <severity>', 'only these').choices(severities))
    .option('--scope <scope>', 'only of this scope, such as account:ID or project:web')
    .option('--limit <number>', 'how many at most', '200')
    .action(async ({ limit, ...search }: ListOptions, command: Command) => {
      const most = readCount(limit)
      await withGuard(command, async ({ guard }) => {
        const list = await findAlerts(guard, search, most)
        if (terminal.json) return terminal.print(JSON.stringify(list))
        if (list.length === 0) return terminal.print('No alerts.')
        terminal.print(
          table(
            ['ID', 'STATE', 'SEVERITY', 'OPENED', 'WHAT'],
            list.map((one) => [one.id.slice(0, 8), one.state, one.severity, one.openedAt, one.summary]),
          ),
        )
      })
    })
  alerts
    .command('show')
    .argument('<id>', 'id of the alert; its first characters will do')
    .description('one alert, whole')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'alerts:show', { id: await wholeId(guard, id) })),
      )
    })
  alerts
    .command('ack')
    .argument('<id>', 'id of the alert; its first characters will do')
    .description('somebody is on it')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'alerts:acknowledge', { id: await wholeId(guard, id), ...byMe() })),
      )
    })
  alerts
    .command('snooze')
    .argument('<id>', 'id of the alert; its first characters will do')
    .description('be quiet for a while, or until a further amount')
    .option('--for <duration>', 'such as 30m, 2h or 1d')
    .option('--until-amount <amount>', 'speak up when it reaches this amount; alone, for a month at most')
    .action(async (id: string, options: { for?: string; untilAmount?: string }, command: Command) => {
      if (options.for === undefined && options.untilAmount === undefined)
        throw new CommandFailure(fail('invalid-input', 'For how long? Write --for 2h, --until-amount 500, or both.'), 2)
      const until = iso(Date.now() + durationMs(options.for ?? '30d'))
      const amount = options.untilAmount === undefined ? null : readAmount(options.untilAmount)
      await withGuard(command, async ({ guard }) => {
        const alert = await ask(guard, 'alerts:show', { id: await wholeId(guard, id) })
        if (amount?.currency && amount.currency !== alert.currency)
          throw new CommandFailure(fail('invalid-input', `This alert counts in ${alert.currency}.`), 2)
        const untilAmount = amount?.limit ?? null
        show(await ask(guard, 'alerts:snooze', { id: alert.id, until, untilAmount, ...byMe() }))
      })
    })
  alerts
    .command('accept')
    .argument('<id>')
    .description('it is here to stay: the new normal')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'alerts:accept', { id: await wholeId(guard, id), ...byMe() })),
      )
    })
  alerts
    .command('resolve')
    .argument('<id>', 'id of the alert; its first characters will do')
    .description('it is dealt with')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'alerts:resolve', { id: await wholeId(guard, id), ...byMe() })),
      )
    })
  alertHistoryCommands(alerts, { terminal, withGuard }, show)
}

interface ListOptions extends Search {
  limit: string
}

type Search = Pick<Request<'alerts:list'>, 'state' | 'search' | 'since' | 'until' | 'rule' | 'severity' | 'scope'>

/** The guard answers a thousand at once. */
const mostAtOnce = 1_000

async function findAlerts(guard: GuardClient, search: Search, most: number): Promise<Alert[]> {
  const found: Alert[] = []
  for (;;) {
    const limit = Math.min(most - found.length, mostAtOnce)
    const page = await ask(guard, 'alerts:list', { ...search, limit, after: found.at(-1)?.id ?? null })
    found.push(...page)
    if (page.length < limit || found.length >= most) return found
  }
}

function readCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new CommandFailure(fail('invalid-input', `"${text}" is not a number of alerts. Write --limit 500.`), 2)
  return count
}

const longestMs = 366 * 86_400_000

export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(m|h|d)$/.exec(text.trim())
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[match?.[2] ?? '']
  if (!match || unitMs === undefined)
    throw new CommandFailure(fail('invalid-input', `"${text}" is not a duration. Write 30m, 2h or 1d.`), 2)
  const ms = Number(match[1]) * unitMs
  if (ms > longestMs)
    throw new CommandFailure(fail('invalid-input', `${text} is too long: an alert sleeps for a year at most.`), 2)
  return ms
}
