import { Option, type Command } from 'commander'
import type { LibraryReport, ReplayReport } from '../../shared/replay.ts'
import { addDays, localDay, periods, type Period } from '../../shared/time.ts'
import { formatMoney } from '../../shared/money.ts'
import { fail } from '../../shared/failures.ts'
import { readAmount } from './budgets.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

interface ReplayOptions {
  from?: string
  to?: string
  library?: boolean
  velocityFloor?: string
  anomalyFloor?: string
  budget?: TriedBudget[]
}

interface TriedBudget {
  limit: string
  currency?: string
  period: Period
  scope: string
}

const shownDays = 30

export function replayCommand(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('replay')
    .description('what your rules would have said over your own history, or over a library of stories')
    .option('--from <day>', `first day (default: ${shownDays} days ago)`)
    .option('--to <day>', 'last day (default: today)')
    .option('--library', 'over the library: leaks, loops, launches, and much that should be quiet')
    .option('--velocity-floor <amount>', 'try another floor of money per hour')
    .option('--anomaly-floor <amount>', 'try another smallest impact of unusual spend')
    .addOption(
      new Option('--budget <limit/period[/scope]>', 'try this budget instead of yours; repeat for several').argParser(
        collectBudget,
      ),
    )
    .action(async (options: ReplayOptions, command: Command) => {
      if (options.library && (options.from !== undefined || options.to !== undefined))
        throw new CommandFailure(
          fail('invalid-input', 'The library has days of its own: leave --from and --to out.'),
          2,
        )
      const tried = {
        ...(options.velocityFloor === undefined ? {} : { velocityFloor: readAmount(options.velocityFloor).limit }),
        ...(options.anomalyFloor === undefined ? {} : { anomalyFloor: readAmount(options.anomalyFloor).limit }),
        ...(options.budget === undefined ? {} : { budgets: options.budget }),
      }
      await withGuard(command, async ({ guard }) => {
        if (options.library) {
          const report = await ask(guard, 'replay:library', tried)
          return terminal.print(terminal.json ? JSON.stringify(report) : describeLibrary(report))
        }
        const { zone } = await ask(guard, 'status:get', {})
        const to = options.to ?? localDay(Date.now(), zone)
        const from = options.from ?? addDays(to.slice(0, 10), 1 - shownDays)
        const report = await ask(guard, 'replay:run', { ...tried, from, to })
        terminal.print(terminal.json ? JSON.stringify(report) : describeReplay(report))
      })
    })
}

/** `100/day`, `49.50 EUR/month/provider:openai`. */
export function collectBudget(text: string, before: TriedBudget[] = []): TriedBudget[] {
  const [amount = '', name = '', ...scope] = text.split('/')
  const period = periods.find((one) => one === name)
  if (!period)
    throw new CommandFailure(
      fail('invalid-input', `"${text}" is not a budget. Write 100/day or 49.50/month/provider:openai.`),
      2,
    )
  return [...before, { ...readAmount(amount), period, scope: scope.join('/') || 'all' }]
}

function describeReplay({ from, to, pages }: ReplayReport): string {
  const days = `${from.slice(0, 10)} to ${to.slice(0, 10)}`
  if (pages.length === 0) return `${days}: your rules would have been silent.`
  const count = pages.length === 1 ? 'one message' : `${pages.length} messages`
  const rows = pages.map((page) => [
    page.at.slice(0, 16).replace('T', ' '),
    page.severity,
    page.rule,
    formatMoney(page.amount, page.currency),
    page.summary,
  ])
  return `${days}: ${count}.\n\n${table(['UTC', 'SEVERITY', 'RULE', 'AMOUNT', 'WHAT'], rows, [3])}`
}

function describeLibrary({ stories }: LibraryReport): string {
  const rows = stories.map((story) => [
    story.name,
    story.lost === null ? '-' : formatMoney(story.lost, 'USD'),
    story.minutes === null ? '-' : String(story.minutes),
    String(story.pages),
    story.good ? 'good' : story.expect === 'alert' ? 'not told' : 'not quiet',
  ])
  const good = stories.filter((story) => story.good).length
  return `${table(['STORY', 'LOST', 'MINUTES', 'PAGES', 'VERDICT'], rows, [1, 2, 3])}\n\n${good} of ${stories.length} as they should be.`
}
