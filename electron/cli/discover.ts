import { stat } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { Ability, Discovered, Trace } from '../../shared/discovery.ts'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { needsOptions, providerIds } from '../../shared/providers.ts'
import { pathOf, thisComputer } from '../discovery/computer.ts'
import { look } from '../discovery/look.ts'
import { present, takeable } from '../discovery/present.ts'
import { addAccount, readKeyOf } from './accounts.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { exitCodes, table, type Terminal } from './terminal.ts'

const abilityWords: Record<Ability, string> = {
  bill: 'reads the bill',
  broad: 'reads the bill, and can do much more',
  depends: 'may read the bill',
  spend: 'can spend, but not read the bill',
  logs: 'logs of use on this computer',
}

/** Looks in this process and not in the guard's: it is the environment and the folder of this terminal that matter. */
export function discoverCommand(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('discover')
    .description('names of credentials found on this computer; no value is read before you agree')
    .option('--in <folder>', 'look for dotenv files in this project folder too; may be repeated', collectFolder, [])
    .action(async (options: { in: string[] }, command: Command) => {
      const folders = await Promise.all(options.in.map(wholePath))
      await withGuard(command, async ({ guard }) => {
        const seen = await look(thisComputer(), { folders, standingIn: process.cwd() })
        const found = present(seen, await ask(guard, 'accounts:list', {}))
        if (terminal.json) return terminal.print(JSON.stringify(found))
        terminal.print(describe(found))
        if (process.stdin.isTTY && process.stdout.isTTY) await offer(found, guard, terminal, confirm)
      })
    })
}

function collectFolder(folder: string, before: string[]): string[] {
  return [...before, folder]
}

/** A folder that is not there is a slip of the hand, and better told at once than as one line among many. */
async function wholePath(folder: string): Promise<string> {
  const whole = path.resolve(pathOf(folder, thisComputer()) ?? folder)
  const facts = await stat(whole).catch(() => null)
  if (!facts?.isDirectory())
    throw new CommandFailure(fail('invalid-input', `There is no folder ${folder} that can be read.`), exitCodes.usage)
  return whole
}

/** The table, then what to do about each provider that could be watched. */
export function describe({ providers, unread, stopped }: Discovered): string {
  const rows = providers.flatMap(({ label, traces }) =>
    traces.map(({ name, where, ability }) => [label, name, where, abilityWords[ability]]),
  )
  const strangers = providers.filter(({ watchable }) => !watchable).map(({ label }) => label)
  const parts = [
    rows.length === 0
      ? 'No name of a credential was found. Look in your projects too: spend-guard discover --in FOLDER'
      : table(['PROVIDER', 'FOUND', 'WHERE', 'WHAT IT USUALLY DOES'], rows),
    ...providers.filter(({ watchable }) => watchable).map(advice),
    strangers.length === 0 ? null : `Found, not watched by this version: ${strangers.join(', ')}.`,
    unread.length === 0 ? null : unread.map(({ where, why }) => `Not read: ${where}. ${why}`).join('\n'),
    stopped,
    rows.length === 0 ? null : 'Only names were read, no values.',
  ]
  return parts.filter((part) => part !== null).join('\n\n')
}

function advice({ label, accounts, key, command }: Discovered['providers'][number]): string {
  if (accounts > 0) return `${label} is watched already (${accounts === 1 ? 'one account' : `${accounts} accounts`}).`
  const first = [`${label} is not watched yet.`, key?.help].filter(Boolean).join(' ')
  return [first, ...[key?.url, command].filter(Boolean).map((line) => `  ${line}`)].join('\n')
}

/** Asks about every key that reads the bill and no more. Only a yes has its value read, and it goes to the guard. */
export async function offer(
  { providers }: Discovered,
  guard: GuardClient,
  terminal: Terminal,
  agree: (question: string) => Promise<boolean>,
): Promise<void> {
  for (const { id, label, accounts, traces } of providers) {
    const provider = providerIds.find((each) => each === id)
    const key = takeable(traces)
    // One that needs more than its key is for a person to add.
    if (!provider || !key || accounts > 0 || needsOptions(provider)) continue
    const question = `Watch ${label} with ${key.name} (${key.where})? It is read once and kept in the keychain or vault.`
    if (!(await agree(question))) continue
    try {
      const secret = await readKeyOf(provider, sourceOf(key))
      await addAccount(guard, terminal, { provider, label, secret })
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error
      terminal.complain(error.failure)
      terminal.exitCode = exitCodes.failed
    }
  }
}

function sourceOf({ name, where }: Trace) {
  return where === 'environment' ? { fromEnv: name } : { fromFile: `${where}:${name}` }
}

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and Ctrl-D close it without an answer, which is a no.
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
  try {
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${question} [y/N] `), closed])).trim())
  } finally {
    lines.close()
  }
}
