import { randomUUID } from 'node:crypto'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { severities, type Severity } from '../../shared/alerts.ts'
import type { Channel } from '../../shared/channels.ts'
import { channelFacts } from '../../shared/channels.ts'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { hoursText } from '../../shared/hours.ts'
import {
  cellText,
  longestRungMinutes,
  previewAlert,
  routing as routingShape,
  usualCell,
  type Cell,
  type Hearing,
  type Matrix,
  type Routing,
} from '../../shared/routing.ts'
import { ask } from './connect.ts'
import { readHours } from './people.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table, type Terminal } from './terminal.ts'

export function routeCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const routes = program.command('routes').description('who hears what, when')
  const severity = () => new Option('--severity <severity>', 'of the alert').choices(severities)
  routes
    .command('show')
    .description('every channel and what it hears, and the exceptions')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => show(guard, terminal, await ask(guard, 'routing:get', {})))
    })
  routes
    .command('set')
    .argument('<channel>', 'id of the channel, as "channels list" shows it')
    .argument('<when>', 'now, a time without acknowledgement such as 15m, backup, never, or usual', readCell)
    .description('when a channel hears an alert')
    .addOption(
      severity()
        .choices([...severities, 'all'])
        .default('all'),
    )
    .option('--exception <id>', 'only where this exception matches')
    .action(
      async (
        channel: string,
        cell: Cell | 'usual',
        options: { severity: Severity | 'all'; exception?: string },
        command: Command,
      ) => {
        const chosen = options.severity === 'all' ? severities : [options.severity]
        await change(command, (routing) => {
          if (options.exception === undefined)
            return { ...routing, matrix: withCell(routing.matrix, channel, chosen, cell) }
          return {
            ...routing,
            exceptions: mapException(routing, options.exception, (one) => ({
              ...one,
              matrix: withCell(one.matrix, channel, chosen, cell),
            })),
          }
        })
      },
    )
  routes
    .command('add')
    .description('an exception: what it does not say is as for all other alerts; the first that matches counts')
    .option('--scope <scope>', 'all, provider:ID, account:ID, workspace:W, project:NAME, model:NAME or key:NAME', 'all')
    .option('--hours <hours>', 'only what fires within them, such as "mon-fri 09:00-18:00"')
    .action(async (options: { scope: string; hours?: string }, command: Command) => {
      const hours = options.hours === undefined ? null : readHours(options.hours)
      const id = randomUUID().slice(0, 8)
      await change(
        command,
        (routing) => ({
          ...routing,
          exceptions: [...routing.exceptions, { id, scope: options.scope, hours, matrix: {} }],
        }),
        `Exception ${id}. Say what is different: spend-guard routes set CHANNEL never --exception ${id}`,
      )
    })
  routes
    .command('remove')
    .argument('<exception>', 'id of the exception')
    .description('forget an exception')
    .action(async (id: string, _options, command: Command) => {
      await change(command, (routing) => {
        mapException(routing, id, (one) => one)
        return { ...routing, exceptions: routing.exceptions.filter((one) => one.id !== id) }
      })
    })
  routes
    .command('fallback')
    .argument('<minutes>', 'a channel that has not delivered for so long does not get through', readMinutes)
    .description('when the next channel stands in for one that does not get through')
    .action(async (fallbackMinutes: number, _options, command: Command) => {
      await change(command, (routing) => ({ ...routing, fallbackMinutes }))
    })
  routes
    .command('preview')
    .description('who would hear an alert, and when')
    .addOption(severity().default('critical'))
    .option('--scope <scope>', 'what it is about', 'all')
    .option('--at <instant>', 'when it fires, such as 2026-11-28T03:00:00Z (default: now)', readInstant)
    .action(async (options: { severity: Severity; scope: string; at?: string }, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const preview = await ask(guard, 'routing:preview', { ...options, at: options.at ?? null })
        if (terminal.json) return terminal.print(JSON.stringify(preview))
        if (!preview.isKnownScope) terminal.note(`Nothing here is ${options.scope}.`)
        if (preview.exception) terminal.print(`Exception ${preview.exception} matches.`)
        for (const one of preview.hearings) terminal.print(hearingText(one))
      })
    })

  async function change(command: Command, act: (routing: Routing) => Routing, note?: string): Promise<void> {
    await withGuard(command, async ({ guard }) => {
      const { revision, ...routing } = await ask(guard, 'routing:get', {})
      const saved = await ask(guard, 'routing:set', { ...act(routing), revision })
      if (note !== undefined && !terminal.json) return terminal.print(note)
      await show(guard, terminal, saved)
    })
  }
}

function readCell(text: string): Cell | 'usual' {
  if (text === 'never' || text === 'backup' || text === 'usual') return text
  if (text === 'now') return 0
  const match = /^(\d+(?:\.\d+)?)(m|h)$/.exec(text.trim())
  const minutes = match ? Math.ceil(Number(match[1]) * (match[2] === 'h' ? 60 : 1)) : Infinity
  if (minutes > longestRungMinutes)
    throw new InvalidArgumentError('Write now, a time such as 15m or 2h (a day at most), backup, never, or usual.')
  return minutes
}

function readMinutes(text: string): number {
  if (!routingShape.shape.fallbackMinutes.safeParse(Number(text)).success)
    throw new InvalidArgumentError('Write a number of minutes from 1 to 120.')
  return Number(text)
}

function readInstant(text: string): string {
  if (!previewAlert.shape.at.safeParse(text).success)
    throw new InvalidArgumentError('Write it in UTC, such as 2026-11-28T03:00:00Z.')
  return text
}

/** `usual` takes the cell out, so that it is as the kind of channel has it, or as in the rest of the tree. */
function withCell(matrix: Matrix, channel: string, of: readonly Severity[], cell: Cell | 'usual'): Matrix {
  const row = { ...matrix[channel] }
  for (const one of of) {
    if (cell === 'usual') delete row[one]
    else row[one] = cell
  }
  return { ...matrix, [channel]: row }
}

function mapException(
  { exceptions }: Routing,
  id: string,
  act: (one: Routing['exceptions'][number]) => Routing['exceptions'][number],
): Routing['exceptions'] {
  if (!exceptions.some((one) => one.id === id))
    throw new CommandFailure(fail('not-found', `There is no exception ${id}. "spend-guard routes show" shows them.`))
  return exceptions.map((one) => (one.id === id ? act(one) : one))
}

async function show(guard: GuardClient, terminal: Terminal, routing: Routing): Promise<void> {
  if (terminal.json) return terminal.print(JSON.stringify(routing))
  const channels = await ask(guard, 'channels:list', {})
  terminal.print(
    matrixText(channels, (channel, of) => {
      const isCostly = channelFacts(channel.kind).costly === true
      return cellText(routing.matrix[channel.id]?.[of] ?? usualCell(isCostly, of))
    }),
  )
  for (const one of routing.exceptions) {
    terminal.print(`\nException ${one.id}: ${one.scope}${one.hours ? `, ${hoursText(one.hours)}` : ''}`)
    const named = channels.filter(({ id }) => one.matrix[id])
    terminal.print(
      named.length === 0
        ? 'Nothing is different yet.'
        : matrixText(named, (channel, of) => {
            const cell = one.matrix[channel.id]?.[of]
            return cell === undefined ? '' : cellText(cell)
          }),
    )
  }
  terminal.print(
    `\nA channel that has not delivered after ${routing.fallbackMinutes} min is stood in for by the next one.`,
  )
}

function matrixText(channels: readonly Channel[], cell: (channel: Channel, of: Severity) => string): string {
  const columns = severities.toReversed()
  return table(
    ['CHANNEL', 'ID', 'REACHES', ...columns.map((of) => of.toUpperCase())],
    channels.map((channel) => [
      channel.label,
      channel.id,
      channel.person ?? '',
      ...columns.map((of) => cell(channel, of)),
    ]),
  )
}

function hearingText({ channel, person, at, cell, isHeld, isAbsent }: Hearing): string {
  const who = person ? `${channel} (${person})` : channel
  const when = cell === 0 || at === null ? cellText(cell) : `${cellText(cell)} without acknowledgement`
  const held = isHeld && at !== null ? `, held by quiet hours until ${at}` : ''
  return `${who}: ${when}${held}${isAbsent ? ' (cannot be reached now)' : ''}`
}
