import { Option, type Command } from 'commander'
import { severities } from '../../shared/alerts.ts'
import type { Budget, Threshold } from '../../shared/budgets.ts'
import { fail } from '../../shared/failures.ts'
import type { Request } from '../../shared/ipc.ts'
import { formatMoney } from '../../shared/money.ts'
import { periods, type Period } from '../../shared/time.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

interface SetOptions {
  id?: string
  limit?: string
  period?: Period
  scope?: string
  zone?: string
  threshold?: Threshold[]
}

export function budgetCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const budgets = program.command('budgets').description('limits, and when to hear of them')
  budgets
    .command('set')
    .description('make a budget, or change one with --id: what is not named stays as it is')
    .option('--limit <amount>', 'such as 100, 49.50 or "80 EUR"')
    .addOption(new Option('--period <period>', 'what the limit is for').choices(periods))
    .option(
      '--scope <scope>',
      'all (the default), provider:ID, account:ID, workspace:W, project:NAME, model:NAME or key:NAME',
    )
    .option('--zone <zone>', "time zone of the period (default: this computer's, also with an empty one)")
    .option('--threshold <at[:severity]>', 'such as 80%:warning or $40:critical; repeat for several', collectThreshold)
    .option('--id <id>', 'the budget to change')
    .action(async (options: SetOptions, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const before =
          options.id === undefined ? null : (await ask(guard, 'budgets:list', {})).find(({ id }) => id === options.id)
        if (before === undefined)
          throw new CommandFailure(
            fail('not-found', `There is no budget ${options.id}. "spend-guard budgets list" shows them.`),
          )
        const saved = await ask(guard, 'budgets:set', entryOf(before, options))
        terminal.print(
          terminal.json
            ? JSON.stringify(saved)
            : `Budget ${saved.id}: ${formatMoney(saved.limit, saved.currency)} a ${saved.period} for ${saved.scope}.`,
        )
      })
    })
  budgets
    .command('list')
    .description('all budgets')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const list = await ask(guard, 'budgets:list', {})
        if (terminal.json) return terminal.print(JSON.stringify(list))
        if (list.length === 0)
          return terminal.print('No budget yet. Set one: spend-guard budgets set --limit 100 --period day')
        terminal.print(
          table(
            ['ID', 'LIMIT', 'PERIOD', 'SCOPE', 'ZONE', 'THRESHOLDS'],
            list.map((one) => [
              one.id,
              formatMoney(one.limit, one.currency),
              one.period,
              one.scope,
              one.zone ?? 'machine',
              one.thresholds
                .map(({ percent, amount, severity }) => `${percent === undefined ? amount : `${percent}%`}:${severity}`)
                .join(' '),
            ]),
            [1],
          ),
        )
      })
    })
  budgets
    .command('remove')
    .argument('<id>', 'id of the budget, as "budgets list" shows it')
    .description('forget a budget')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'budgets:remove', { id })
        terminal.print(terminal.json ? JSON.stringify({ id }) : `Removed ${id}.`)
      })
    })
}

/** The budget as it is to be: a new one, or the one there is with what was named in its place. */
function entryOf(before: Budget | null, options: SetOptions): Request<'budgets:set'> {
  const limit = options.limit ?? before?.limit
  const period = options.period ?? before?.period
  if (limit === undefined || period === undefined)
    throw new CommandFailure(fail('invalid-input', 'A budget needs a limit and a period: --limit 100 --period day.'), 2)
  const amount = readAmount(limit)
  const currency = amount.currency ?? (limit.includes('$') ? 'USD' : before?.currency)
  const { scope = before?.scope, threshold: thresholds = before?.thresholds } = options
  return {
    ...(before ? { id: before.id } : {}),
    limit: amount.limit,
    ...(currency === undefined ? {} : { currency }),
    period,
    ...(scope === undefined ? {} : { scope }),
    zone: options.zone === undefined ? (before?.zone ?? null) : options.zone.trim() || null,
    ...(thresholds === undefined ? {} : { thresholds }),
  }
}

/** `100`, `$49.50`, `80 EUR`. */
export function readAmount(text: string): { limit: string; currency?: string } {
  const match = /^\s*\$?(\d+(?:\.\d+)?|\.\d+)\s*([A-Za-z]{3})?\s*$/.exec(text)
  if (!match?.[1])
    throw new CommandFailure(fail('invalid-input', `"${text}" is not an amount. Write 100, 49.50 or "80 EUR".`), 2)
  return { limit: match[1], ...(match[2] ? { currency: match[2].toUpperCase() } : {}) }
}

/** `80%`, `80%:warning`, or an amount in the budget's currency: `$40:critical`. */
export function collectThreshold(text: string, before: Threshold[] = []): Threshold[] {
  const match = /^(\$?)(\d+(?:\.\d+)?)(%?)(?::(\w+))?$/.exec(text.trim())
  const [, dollar, number = '', sign, severity] = match ?? []
  const known = severities.find((each) => each === severity)
  if (!match || (dollar && sign) || (severity !== undefined && !known)) {
    throw new CommandFailure(
      fail(
        'invalid-input',
        `"${text}" is not a threshold. Write 80%:warning or $40:critical (info, warning, critical).`,
      ),
      2,
    )
  }
  if (dollar) return [...before, { amount: number, severity: known ?? 'warning' }]
  const percent = Number(number)
  return [...before, { percent, severity: known ?? (percent >= 100 ? 'critical' : percent >= 80 ? 'warning' : 'info') }]
}
