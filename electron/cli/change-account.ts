import type { Command } from 'commander'
import type { Account } from '../../shared/accounts.ts'
import { fail } from '../../shared/failures.ts'
import { providerFacts, withinSentence } from '../../shared/providers.ts'
import { ask } from './connect.ts'
import { addKeyOptions, readKey, type KeySource } from './key-source.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { collectOption, withFiles } from './secret-input.ts'
import { describeTrial } from './try-account.ts'
import { exitCodes } from './terminal.ts'

interface SetOptions extends KeySource {
  label?: string
  workspace?: string
  baseUrl?: string
  option?: Record<string, string>
  key?: boolean
  try?: boolean
}

/** `accounts set`: what is said of an account, in place. What is not named stays as it is. */
export function setCommand(accounts: Command, { terminal, withGuard }: CommandContext): void {
  const command = accounts
    .command('set')
    .argument('<id>', 'id of the account, as "accounts list" shows it')
    .description('change what is said of an account; its history stays. An empty value takes one away')
    .option('--label <label>', 'what you call it')
    .option('--workspace <workspace>', 'client or team it belongs to')
    .option('--base-url <url>', 'replaces scheme and host; wants the key again, because it goes to another place')
    .option('--option <name=value>', 'option of the provider; a long one as name=@file', collectOption)
    .option('--key', 'read the key from standard input too')
    .option('--try', 'show what would be understood, and change nothing')
    .action(async (id: string, options: SetOptions, command: Command) => {
      const named = options.secretFile ?? options.fromEnv ?? options.fromFile
      const secret = options.key || named !== undefined ? await readKey('key', options) : ''
      await withGuard(command, async ({ guard }) => {
        const account = (await ask(guard, 'accounts:list', {})).find((one) => one.id === id)
        if (!account) throw new CommandFailure(fail('not-found', `There is no account ${id}.`))
        const change = { ...changed(account, options), secret }
        if (options.try) {
          const look = await ask(guard, 'accounts:look-at-change', change)
          const failure = look.check?.failure ?? null
          if (failure || look.trial?.ok === false) terminal.exitCode = exitCodes.failed
          if (failure) terminal.complain(failure)
          if (terminal.json) return terminal.print(JSON.stringify(look))
          if (look.trial) describeTrial(look.trial).forEach(terminal.print)
          if (look.check?.ok) terminal.print(`The ${withinSentence(look.check.kind)} works.`)
          return look.means.forEach(terminal.print)
        }
        const done = await ask(guard, 'accounts:change', change)
        if (terminal.json) return terminal.print(JSON.stringify(done))
        terminal.print(`${done.label} is changed.`)
        for (const sentence of done.means) terminal.print(sentence)
        for (const warning of done.warnings) terminal.note(`Note: ${warning}`)
      })
    })
  addKeyOptions(command)
}

function changed(account: Account, { label, workspace, baseUrl, option = {} }: SetOptions) {
  const { id, provider } = account
  const options = { ...account.options, ...withFiles(providerFacts(provider).options, option) }
  return {
    id,
    provider,
    label: label ?? account.label,
    workspace: workspace === undefined ? account.workspace : workspace.trim() || null,
    baseUrl: baseUrl === undefined ? account.baseUrl : baseUrl.trim() || null,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value.trim() !== '')),
  }
}
