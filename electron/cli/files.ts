import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Option, type Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { importFormats, type ImportState } from '../../shared/imports.ts'
import type { Request } from '../../shared/ipc.ts'
import { formatMoney } from '../../shared/money.ts'
import { exportFormats, type ExportFormat } from '../../shared/spend.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { table, type Terminal } from './terminal.ts'

interface ImportOptions {
  format: (typeof importFormats)[number]
  account: string
}

interface ExportOptions {
  format: ExportFormat
  from: string
  to: string
}

/** What leaves the ledger as a file, and what enters it as one. */
export function fileCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('export')
    .description('everything known of a range: csv and json by series and day, focus as FOCUS 1.4')
    .addOption(new Option('--format <format>', 'form of the file').choices(exportFormats).makeOptionMandatory())
    .requiredOption('--from <day>', 'first UTC day')
    .requiredOption('--to <day>', 'last UTC day')
    .argument('[file]', 'where to; - or nothing for standard output')
    .action(async (file: string | undefined, options: ExportOptions, command: Command) => {
      await withGuard(command, ({ guard }) => writeOut(terminal, file, exported(guard, options), 'rows'))
    })
  program
    .command('import')
    .description('take bills from files; the same file again changes nothing, a newer one replaces its days')
    .addOption(new Option('--format <format>', 'form of the files').choices(importFormats).makeOptionMandatory())
    .requiredOption('--account <id>', 'account the bills belong to, made by "accounts add focus --label ..."')
    .argument('<file...>', 'CSV, gzipped CSV or Parquet; all parts of one delivery together')
    .action(async (files: string[], options: ImportOptions, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const request = {
          format: options.format,
          accountId: options.account,
          // The guard reads the files, wherever it was started.
          files: files.map((file) => path.resolve(file)),
        }
        const done = await importFiles(guard, request, (text) => (terminal.json ? undefined : terminal.note(text)))
        terminal.print(terminal.json ? JSON.stringify(done) : describeImport(done))
      })
    })
}

/** How often a long import is asked how far it is. */
const askEveryMs = 250
const tellEveryMs = 5_000

async function importFiles(guard: GuardClient, request: Request<'imports:start'>, note: (text: string) => void) {
  let state = await ask(guard, 'imports:start', request)
  let toldAtMs = Date.now()
  while (state.state === 'reading' || state.state === 'storing') {
    await sleep(askEveryMs)
    state = await ask(guard, 'imports:get', { id: state.id })
    if (Date.now() - toldAtMs < tellEveryMs) continue
    toldAtMs = Date.now()
    note(`${state.lines} lines read${state.state === 'storing' ? ', storing' : ''}...`)
  }
  if (state.failure) throw new CommandFailure(state.failure)
  return state
}

function describeImport({ lines, totals, bills, changedDays, merged }: ImportState): string {
  const money = totals.map((total) => formatMoney(total.amount, total.currency)).join(' + ')
  const rows = bills.map((bill) => [bill.issuer, bill.billingAccount, bill.from, bill.to, String(bill.days)])
  const text = [
    `${lines} lines read${money ? `: ${money}` : ''}. ${changedDays ?? 0} days are new or changed.`,
    '',
    table(['BILL OF', 'ACCOUNT', 'FROM', 'TO (EXCLUSIVE)', 'DAYS'], rows, [4]),
  ]
  if (merged) text.push('', 'There were too many kinds of spend to keep apart; some were put together by service.')
  return text.join('\n')
}

/** The pieces of an export; a long one is never held whole. */
async function* exported(guard: GuardClient, { format, from, to }: ExportOptions) {
  for (let after: string | null = null; ;) {
    const piece: { text: string; rows: number; next: string | null } = await ask(guard, 'spend:export', {
      format,
      from,
      to,
      after,
    })
    yield piece
    if (piece.next === null) return
    after = piece.next
  }
}

/** To a file, saying how many `what` it has, or to standard output. */
export async function writeOut(
  terminal: Terminal,
  file: string | undefined,
  pieces: AsyncIterable<{ text: string; rows: number }>,
  what: 'rows' | 'alerts',
): Promise<void> {
  if (file === undefined || file === '-') {
    for await (const { text } of pieces) if (text) terminal.print(text.trimEnd())
    return
  }
  const rows = await writeWhole(file, pieces)
  terminal.print(terminal.json ? JSON.stringify({ file, [what]: rows }) : `${rows} ${what} written to ${file}.`)
}

/** A reader of the file sees the old one or the new one, never half. Answers how many rows it has. */
async function writeWhole(file: string, pieces: AsyncIterable<{ text: string; rows: number }>): Promise<number> {
  const draft = `${file}.part`
  const handle = orRefuse(file, () => openSync(draft, 'w', 0o600))
  let rows = 0
  try {
    for await (const piece of pieces) {
      orRefuse(file, () => writeFileSync(handle, piece.text))
      rows += piece.rows
    }
    orRefuse(file, () => renameSync(draft, file))
    return rows
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
}

function orRefuse<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown'
    throw new CommandFailure(fail('invalid-input', `The file ${file} cannot be written (${code}).`))
  }
}
