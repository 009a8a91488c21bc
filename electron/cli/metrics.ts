import type { Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import type { GuardMetrics } from '../../shared/guard-metrics.ts'
import { durationText, falseText, measuredText, rateText, spreadText, sumsText } from '../../shared/metric-words.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

/** Without --days: what is asked about most. */
const usual = [30, 90, null] as const

export function metricsCommand(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('metrics')
    .description('how the guard itself does: how fast it tells, whether it gets through, how often for nothing')
    .option('--days <number>', 'of alerts that opened in the last so many days (default: 30, 90 and all)')
    .action(async (options: { days?: string }, command: Command) => {
      const windows = options.days === undefined ? usual : [readDays(options.days)]
      await withGuard(command, async ({ guard }) => {
        const all: { days: number | null; metrics: GuardMetrics }[] = []
        for (const days of windows) all.push({ days, metrics: await ask(guard, 'metrics:get', { days }) })
        terminal.print(
          terminal.json
            ? JSON.stringify(all.map(({ days, metrics }) => ({ days, ...metrics })))
            : all.map(({ days, metrics }) => describe(days, metrics)).join('\n\n'),
        )
      })
    })
}

function readDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1)
    throw new CommandFailure(fail('invalid-input', `"${text}" is not a number of days. Write --days 30.`), 2)
  return days
}

function describe(days: number | null, metrics: GuardMetrics): string {
  const { action, falsePages, prevented, deliveries } = metrics
  const lines = [
    days === null ? 'Since the beginning' : `The last ${days} days`,
    `  Alerts that fired      ${metrics.fired.reduce((sum, { count }) => sum + count, 0)}`,
    `  Told after it began    ${spreadText(metrics.timeToAlert.sinceItBegan)}`,
    `  Told after it showed   ${spreadText(metrics.timeToAlert.sinceItShowed)}`,
    `  Acted on within a day  ${rateText(action.rate)} (${action.acted} of ${action.of})`,
    `  Time to acknowledge    ${spreadText(metrics.timeToAcknowledge)}`,
    `  False alarms           ${falseText(metrics.verdicts)}`,
    `  False pages a month    ${falsePages.perMonth === null ? 'unknown' : Number(falsePages.perMonth.toFixed(2))}`,
    `  Prevented, measured    ${measuredText(prevented)}`,
    `  Prevented, you say     ${sumsText(prevented.reported, 'nothing said')}`,
  ]
  if (deliveries.length === 0) return lines.join('\n')
  const rows = deliveries.map((one) => [
    `  ${one.channel ?? 'removed channel'}`,
    String(one.delivered),
    String(one.failed),
    rateText(one.success),
    durationText(one.latency.p50),
    durationText(one.latency.p95),
  ])
  return [
    ...lines,
    table(['  CHANNEL', 'DELIVERED', 'FAILED', 'SUCCESS', 'HALF WITHIN', '95% WITHIN'], rows, [1, 2, 3, 4, 5]),
  ].join('\n')
}
