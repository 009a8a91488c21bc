import { Argument, type Command } from 'commander'
import { formatMoney } from '../../shared/money.ts'
import { providerFacts, providerIds, type ProviderId } from '../../shared/providers.ts'
import type { Trial, TriedRow, TriedSource } from '../../shared/trials.ts'
import { readKeyOf } from './accounts.ts'
import { ask } from './connect.ts'
import { addKeyOptions, type KeySource } from './key-source.ts'
import type { CommandContext } from './program.ts'
import { collectOption, withFiles } from './secret-input.ts'
import { exitCodes, table } from './terminal.ts'

interface TryOptions extends KeySource {
  baseUrl?: string
  option?: Record<string, string>
}

/** `accounts try`: what would be understood of an account, before there is one. */
export function tryCommand(accounts: Command, { terminal, withGuard }: CommandContext): void {
  const command = accounts
    .command('try')
    .description('read the newest of an account and show what is understood; nothing is stored')
    .addArgument(new Argument('<provider>', 'whose bill it is').choices(providerIds))
    .option('--base-url <url>', 'replaces scheme and host: a proxy, gateway or emulator')
    .option('--option <name=value>', 'option of the provider; a long one as name=@file', collectOption)
    .action(async (provider: ProviderId, options: TryOptions, command: Command) => {
      const typed = withFiles(providerFacts(provider).options, options.option ?? {})
      const secret = await readKeyOf(provider, options)
      await withGuard(command, async ({ guard }) => {
        const entry = { provider, secret, baseUrl: options.baseUrl ?? null, options: typed }
        const trial = await ask(guard, 'accounts:try', entry)
        if (!trial.ok) terminal.exitCode = exitCodes.failed
        if (terminal.json) return terminal.print(JSON.stringify(trial))
        describeTrial(trial).forEach(terminal.print)
        if (trial.ok)
          terminal.print(`It can be read. Add it with the same options: spend-guard accounts add ${provider} --label …`)
      })
    })
  addKeyOptions(command)
}

/** What was understood, part by part. */
export function describeTrial({ sources, balances }: Trial): string[] {
  const left = balances?.failure || balances?.left.length ? [describeBalances(balances)] : []
  return [...sources.map(describe), ...left]
}

function describe(source: TriedSource): string {
  const { id, failure, count, rows, sums, warnings } = source
  const head = `${id} (${source.plane}, ${source.from.slice(0, 16)} to ${source.to.slice(0, 16)} UTC)`
  if (failure) return `${head}\n  ${failure.message}\n`
  const total = sums.map(({ currency, amount }) => formatMoney(amount, currency)).join(' and ')
  return [
    `${head}: ${count} ${count === 1 ? 'row' : 'rows'}${total && `, ${total} together`}`,
    ...(rows.length === 0 ? [] : [table(columns, rows.map(cells))]),
    ...(count > rows.length ? [`… and ${count - rows.length} older ones`] : []),
    ...warnings.map((warning) => `Note: ${warning}`),
    '',
  ].join('\n')
}

function describeBalances({ failure, left }: NonNullable<Trial['balances']>): string {
  if (failure) return `balance\n  ${failure.message}\n`
  return left.map(({ currency, amount }) => `balance: ${amount} ${currency} left\n`).join('')
}

const columns = ['AT', 'AMOUNT', 'MODEL', 'PROJECT', 'KEY', 'LINE ITEM', 'TIER']

function cells({ at, amount, currency, model, project, apiKey, lineItem, tier }: TriedRow): string[] {
  return [
    at?.slice(0, 16) ?? 'now',
    // What is left counts downwards, so that spend is what it grows by.
    at === null && amount.startsWith('-') ? `${amount.slice(1)} ${currency} left` : `${amount} ${currency}`,
    ...[model, project, apiKey, lineItem, tier].map((label) => label ?? ''),
  ]
}
