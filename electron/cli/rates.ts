import type { Command } from 'commander'
import { currency } from '../../shared/amounts.ts'
import { fail } from '../../shared/failures.ts'
import { rateDay, ratesSourceText, shortRate, type RatesState } from '../../shared/rate-notes.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table } from './terminal.ts'

export function rateCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const rates = program.command('rates').description('what currencies are worth, and the one that totals are shown in')
  const show = (state: RatesState) => terminal.print(terminal.json ? JSON.stringify(state) : describe(state))
  rates
    .command('show')
    .description('the rates that are used, and where they come from')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => show(await ask(guard, 'rates:get', {})))
    })
  rates
    .command('display')
    .argument('<currency>', 'such as EUR; "none" shows each currency by itself')
    .description('show totals in one currency too, beside the exact amounts')
    .action(async (text: string, _options, command: Command) => {
      const displayCurrency = text.toLowerCase() === 'none' ? null : readCurrency(text)
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'settings:change', { displayCurrency })
        show(await ask(guard, 'rates:get', {}))
      })
    })
  rates
    .command('set')
    .argument('<from>', 'such as USD')
    .argument('<to>', 'such as EUR')
    .argument('<rate>', 'what one unit of the first is worth in the second, such as 0.92')
    .option('--from <day>', 'first day it holds for (default: today); a later one takes its place')
    .description('set a rate by hand; it goes before what is published, both ways')
    .action(async (from: string, to: string, rate: string, options: { from?: string }, command: Command) => {
      const entry = { from: readCurrency(from), to: readCurrency(to), rate, fromDay: options.from ?? null }
      await withGuard(command, async ({ guard }) => show(await ask(guard, 'rates:set', entry)))
    })
  rates
    .command('clear')
    .argument('<from>')
    .argument('<to>')
    .option('--from <day>', 'only the one from this day')
    .description('forget what was set by hand for two currencies')
    .action(async (from: string, to: string, options: { from?: string }, command: Command) => {
      const pair = { from: readCurrency(from), to: readCurrency(to), fromDay: options.from ?? null }
      await withGuard(command, async ({ guard }) => show(await ask(guard, 'rates:clear', pair)))
    })
  rates
    .command('accept')
    .argument('<currency>')
    .description('believe a published rate that was held back because it moved too far')
    .action(async (text: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) =>
        show(await ask(guard, 'rates:accept', { currency: readCurrency(text) })),
      )
    })
}

function readCurrency(text: string): string {
  const read = currency.safeParse(text.toUpperCase())
  if (!read.success)
    throw new CommandFailure(fail('invalid-input', `"${text}" is no currency. Write three letters, such as USD.`), 2)
  return read.data
}

function describe(state: RatesState): string {
  const lines = [
    state.displayCurrency
      ? `Totals are shown in ${state.displayCurrency} too.`
      : 'Each currency is shown by itself. Choose one for totals: spend-guard rates display EUR',
    ratesSourceText(state),
  ]
  if (state.failure) lines.push(`Last try: ${state.failure.message}`)
  for (const { currency, day, perEuro, usedPerEuro } of state.held)
    lines.push(
      `Held back: ${perEuro} ${currency} for one euro of ${rateDay(day)} is more than a quarter off; ${usedPerEuro ?? 'none'} stays in use. If it is right: spend-guard rates accept ${currency}`,
    )
  for (const { from, to, rate, fromDay } of state.manual)
    lines.push(`By hand: 1 ${from} is ${rate} ${to}, from ${rateDay(fromDay)}`)
  return `${lines.join('\n')}\n\n${table(
    ['CURRENCY', 'FOR ONE EURO', 'OF'],
    state.rates.map(({ currency, perEuro, day }) => [currency, shortRate(perEuro), rateDay(day)]),
    [1],
  )}`
}
