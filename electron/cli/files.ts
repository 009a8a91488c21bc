import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { exportFormats, type ExportFormat } from '../../shared/spend.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'

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
      await withGuard(command, async ({ guard }) => {
        if (file === undefined || file === '-') {
          for await (const { text } of exported(guard, options)) if (text) terminal.print(text.trimEnd())
          return
        }
        const rows = await writeWhole(file, exported(guard, options))
        terminal.print(terminal.json ? JSON.stringify({ file, rows }) : `${rows} rows written to ${file}.`)
      })
    })
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
