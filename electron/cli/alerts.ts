import { userInfo } from 'node:os'
import { Option, type Command } from 'commander'
import { alertStates, type Alert, type AlertState } from '../../shared/alerts.ts'
import { fail } from '../../shared/failures.ts'
import { formatMoney } from '../../shared/money.ts'
import { iso } from '../../shared/time.ts'
import { ask } from './connect.ts'
import { readAmount } from './budgets.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

export function alertCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const alerts = program.command('alerts').description('what fired, and what became of it')
  const show = (alert: Alert) => terminal.print(terminal.json ? JSON.stringify(alert) : describe(alert))
  alerts
    .command('list')
    .description('newest first')
    .addOption(new Option('--state <state>', 'only these').choices([...alertStates, 'open']))
    .action(async (options: { state?: AlertState | 'open' }, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const list = await ask(guard, 'alerts:list', { state: options.state ?? null })
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
    .requiredOption('--for <duration>', 'such as 30m, 2h or 1d')
    .option('--until-amount <amount>', 'speak up earlier at this amount')
    .action(async (id: string, options: { for: string; untilAmount?: string }, command: Command) => {
      const until = iso(Date.now() + durationMs(options.for))
      const untilAmount = options.untilAmount === undefined ? null : readAmount(options.untilAmount).limit
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'alerts:snooze', { id: await wholeId(guard, id), until, untilAmount, ...byMe() })),
      )
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
}

/** Lists show the first eight characters of an id; they are enough where they are unique. */
async function wholeId(guard: Parameters<typeof ask>[0], id: string): Promise<string> {
  if (id.length >= 36) return id
  const matches = (await ask(guard, 'alerts:list', { limit: 1_000 })).filter((alert) => alert.id.startsWith(id))
  if (matches.length > 1)
    throw new CommandFailure(fail('invalid-input', `Several alerts begin with ${id}. Give more of the id.`), 2)
  return matches[0]?.id ?? id
}

/** Who types, and that it was typed. */
function byMe(): { by: string; via: 'cli' } {
  try {
    return { by: userInfo().username, via: 'cli' }
  } catch {
    return { by: 'you', via: 'cli' } // a user without a name, as in some containers
  }
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

function describe(alert: Alert): string {
  const money = (amount: string | null) => formatMoney(amount, alert.currency)
  return [
    `${alert.severity.toUpperCase()} ${alert.state}: ${alert.summary}`,
    `Scope    ${alert.scopeLabel} (${alert.scope})`,
    `Amount   ${money(alert.amount)}${alert.limit === null ? '' : ` of ${money(alert.limit)}`} since ${alert.since}`,
    ...alert.causes.map((cause) => `Why      ${cause}`),
    ...alert.contributors.map((one) => `By ${one.dimension.padEnd(8)} ${one.name}: ${money(one.amount)}`),
    `To do    ${alert.advice}${alert.link ? ` ${alert.link}` : ''}`,
    ...alert.deliveries.map(
      (one) =>
        `Told     ${one.channel} (${one.because === 'route' || one.because === 'news' ? one.occasion : one.because}): ${one.state}${heldText(one)}${one.failure ? `, ${one.failure.message}` : ''}`,
    ),
    ...alert.history.map(
      (one) => `History  ${one.at} ${one.state} by ${one.by}${one.via === 'guard' ? '' : ` (${one.via})`}: ${one.note}`,
    ),
  ].join('\n')
}

function heldText({ held, nextAttemptAt }: Alert['deliveries'][number]): string {
  if (held === null || nextAttemptAt === null) return ''
  return held === 'quiet' ? `, quiet hours hold it until ${nextAttemptAt}` : `, waits for others until ${nextAttemptAt}`
}
