import type { Command } from 'commander'
import type { Plan } from '../../shared/plans.ts'
import { formatMoney } from '../../shared/money.ts'
import { readAmount } from './budgets.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { table } from './terminal.ts'

interface AddOptions {
  limit: string
  from: string
  to: string
  scope: string
  zone?: string
  note?: string
}

export function planCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const plans = program.command('plans').description('spend that is expected, such as a launch')
  plans
    .command('add')
    .description('up to so much a day is no reason for an alert; budgets stay as they are')
    .requiredOption('--limit <amount>', 'for each day, ordinary spend included: 300, or "250 EUR"')
    .requiredOption('--from <day>', 'first day, such as 2026-11-27')
    .requiredOption('--to <day>', 'last day, part of it')
    .option('--scope <scope>', 'all, provider:ID, account:ID or workspace:W', 'all')
    .option('--zone <zone>', "time zone of the days (default: the guard's)")
    .option('--note <text>', 'what it is for')
    .action(async (options: AddOptions, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const { from, to, scope, zone, note } = options
        const plan = await ask(guard, 'plans:add', {
          ...readAmount(options.limit),
          from,
          to,
          scope,
          zone: zone ?? null,
          ...(note === undefined ? {} : { note }),
        })
        terminal.print(terminal.json ? JSON.stringify(plan) : `Plan ${plan.id}: ${describe(plan)}.`)
      })
    })
  plans
    .command('list')
    .description('all plans, also those that are over')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const list = await ask(guard, 'plans:list', {})
        if (terminal.json) return terminal.print(JSON.stringify(list))
        if (list.length === 0)
          return terminal.print(
            'No plan. Announce one: spend-guard plans add --limit 300 --from 2026-11-27 --to 2026-11-30',
          )
        terminal.print(
          table(
            ['ID', 'A DAY', 'FROM', 'TO', 'SCOPE', 'ZONE', 'NOTE'],
            list.map((one) => [
              one.id,
              formatMoney(one.limit, one.currency),
              one.from,
              one.to,
              one.scope,
              one.zone,
              one.note,
            ]),
            [1],
          ),
        )
      })
    })
  plans
    .command('remove')
    .argument('<id>')
    .description('take a plan back, from today on')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'plans:remove', { id })
        terminal.print(terminal.json ? JSON.stringify({ id }) : `Removed ${id}.`)
      })
    })
}

function describe(plan: Plan): string {
  return `up to ${formatMoney(plan.limit, plan.currency)} a day from ${plan.from} to ${plan.to} for ${plan.scope}`
}
