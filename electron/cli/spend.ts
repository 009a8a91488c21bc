import { Option, type Command } from 'commander'
import type { Spend } from '../../shared/amounts.ts'
import { formatMoney } from '../../shared/money.ts'
import { countedText, ratesOfText, type DisplayTotal } from '../../shared/rate-notes.ts'
import { pauseEnd } from '../../shared/pause.ts'
import { groupings, type Grouping, type PollReport, type Report, type Status } from '../../shared/spend.ts'
import { csvCell } from '../../shared/csv-cell.ts'
import { ask, publish } from './connect.ts'
import type { CommandContext } from './program.ts'
import { exitCodes, table } from './terminal.ts'

export function spendCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('poll')
    .description('read accounts now, judge, deliver, and exit')
    .option('--account <id>', 'only this one, even when it is paused')
    .action(async (options: { account?: string }, command: Command) => {
      await withGuard(command, async (connection) => {
        const endpoint = connection.own ? await publish(connection, 0, null) : null
        try {
          const report = await ask(connection.guard, 'polls:run', { accountId: options.account ?? null })
          if (report.accounts.some((one) => !one.ok)) terminal.exitCode = exitCodes.someFailed
          if (terminal.json) return terminal.print(JSON.stringify(report))
          for (const one of report.accounts) terminal.print(`${one.label}: ${describePoll(one)}`)
          for (const finding of report.findings) terminal.print(`${finding.severity.toUpperCase()}: ${finding.summary}`)
          for (const one of report.deliveries)
            terminal.print(`Told ${one.channel}: ${one.state}${one.failure ? `, ${one.failure.message}` : ''}`)
          if (report.accounts.length === 0)
            terminal.print('No account yet. Add one: spend-guard accounts add openai --label "My company"')
        } finally {
          await connection.own?.tidy()
          await endpoint?.close()
        }
      })
    })
  program
    .command('status')
    .description('today and this month, budgets, alerts, health')
    .option('--check', 'exit with 4 when a budget is breached')
    .action(async (options: { check?: boolean }, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const status = await ask(guard, 'status:get', {})
        if (options.check && status.budgets.some((budget) => budget.state === 'breached'))
          terminal.exitCode = exitCodes.breached
        terminal.print(terminal.json ? JSON.stringify(status) : describeStatus(status))
      })
    })
  program
    .command('report')
    .description('spend of a range, broken down')
    .requiredOption('--from <day>', 'first day, such as 2026-11-01, or an instant')
    .requiredOption('--to <day>', 'last day, or an instant that is not part of it')
    .addOption(new Option('--by <what>', 'what the rows are').choices(groupings).makeOptionMandatory())
    .option('--zone <zone>', "time zone of the days (default: this computer's)")
    .option(
      '--scope <scope>',
      'only this, such as project:web; several: any of one kind, each of several kinds',
      collectScope,
    )
    .option('--csv', 'print CSV')
    .action(
      async (
        options: { from: string; to: string; by: Grouping; zone?: string; scope?: string[]; csv?: boolean },
        command: Command,
      ) => {
        await withGuard(command, async ({ guard }) => {
          const report = await ask(guard, 'spend:report', {
            from: options.from,
            to: options.to,
            by: options.by,
            zone: options.zone ?? null,
            scopes: options.scope ?? [],
          })
          terminal.print(
            options.csv ? reportCsv(report) : terminal.json ? JSON.stringify(report) : describeReport(report),
          )
        })
      },
    )
  program
    .command('doctor')
    .description('check keychain, database, clock, network and sources')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const { checks } = await ask(guard, 'doctor:run', {})
        if (checks.some((check) => check.state === 'failed')) terminal.exitCode = exitCodes.failed
        if (terminal.json) return terminal.print(JSON.stringify({ checks }))
        terminal.print(
          table(
            ['STATE', 'WHAT', ''],
            checks.map((check) => [check.state, check.name, check.message]),
          ),
        )
      })
    })
}

function collectScope(scope: string, before: string[] = []): string[] {
  return [...before, scope]
}

function moneyOf(spends: readonly Spend[]): string {
  return spends.length === 0
    ? 'unknown'
    : spends.map((spend) => formatMoney(spend.effective, spend.currency)).join(' + ')
}

/** `€1,234.56 (rates of 24 Nov 2026, ECB)`; nothing where it would say the same again. */
function displayText({ effective, currency, exchanges, missing }: DisplayTotal): string {
  if (exchanges.length === 0 && missing.length === 0) return ''
  const without = missing.length > 0 ? `without ${missing.join(', ')}: no rate is known` : null
  const notes = [ratesOfText(exchanges), without].filter((note) => note !== null)
  return `${formatMoney(effective, currency)} (${notes.join('; ')})`
}

function describeStatus(status: Status): string {
  const { display } = status
  const inOne = (total: DisplayTotal | undefined) => {
    const text = total ? displayText(total) : ''
    return text && `  =  ${text}`
  }
  const lines = [
    ...(status.pause ? [`PAUSED ${pauseEnd(status.pause)}: nothing is read. Go on with: spend-guard resume`, ''] : []),
    `Today       ${moneyOf(status.today)}${inOne(display?.today)}`,
    `This month  ${moneyOf(status.month)}${inOne(display?.month)}   (days in ${status.zone})`,
  ]
  for (const burn of status.burnPerHour) lines.push(`Burning     ${formatMoney(burn.amount, burn.currency)} an hour`)
  if (status.budgets.length > 0) {
    lines.push(
      '',
      table(
        ['BUDGET', 'SCOPE', 'SPENT', 'LIMIT', 'STATE', 'HEADING FOR'],
        status.budgets.map((one) => [
          one.period,
          one.scope,
          formatMoney(one.spent, one.currency),
          formatMoney(one.limit, one.currency),
          one.state,
          one.outlook ? formatMoney(one.outlook.end, one.currency) : '',
        ]),
        [2, 3, 5],
      ),
    )
    for (const one of status.budgets) {
      const counted = countedText(one, one.currency)
      if (counted) lines.push(`${one.period}, ${one.scope}: ${counted}`)
    }
  }
  if (status.accounts.length > 0) {
    lines.push(
      '',
      table(
        ['ACCOUNT', 'PROVIDER', 'STATE', 'AS OF'],
        status.accounts.map((one) => [one.label, one.provider, one.state, one.asOf ?? 'never']),
      ),
    )
    for (const one of status.accounts) {
      if (one.failure) lines.push(`${one.label}: ${one.failure.message}`)
      if (one.unpricedModels.length > 0)
        lines.push(`${one.label}: no price is known for ${one.unpricedModels.join(', ')}; a cautious one stands in.`)
    }
  }
  for (const alert of status.alerts)
    lines.push('', `${alert.severity.toUpperCase()} ${alert.state} ${alert.id.slice(0, 8)}: ${alert.summary}`)
  for (const notice of status.notices) lines.push('', notice.message)
  return lines.join('\n')
}

function describeReport(report: Report): string {
  const cells = (spend: Spend) =>
    (['effective', 'billed', 'estimate'] as const).map((column) => formatMoney(spend[column], spend.currency))
  const rows = report.rows.map((row) => [row.label, ...cells(row)])
  const totals = report.total.map((total) => ['Total', ...cells(total)])
  const inAll = report.display ? displayText(report.display) : ''
  return `${report.from} to ${report.to}, days in ${report.zone}\n\n${table([report.by.toUpperCase(), 'EFFECTIVE', 'BILLED', 'ESTIMATE'], [...rows, ...totals], [1, 2, 3])}${inAll ? `\n\nIn all ${inAll}` : ''}`
}

function reportCsv(report: Report): string {
  const rows = report.rows.map((row) =>
    [row.key, row.label, row.effective, row.billed, row.estimate, row.currency, row.asOf]
      .map((text) => csvCell(text ?? ''))
      .join(','),
  )
  return ['key,label,effective,billed,estimate,currency,asOf', ...rows].join('\r\n')
}

function describePoll(one: PollReport['accounts'][number]): string {
  if (one.spared)
    return `not due; reading it costs money. To read it all the same: spend-guard poll --account ${one.id}`
  return one.ok ? `${one.buckets} buckets read` : (one.failure?.message ?? 'failed')
}
