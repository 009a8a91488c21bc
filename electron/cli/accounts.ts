import { Argument, type Command } from 'commander'
import { providerFacts, providerIds, withinSentence, type ProviderId } from '../../shared/providers.ts'
import type { KeyCheck } from '../../shared/accounts.ts'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { Request } from '../../shared/ipc.ts'
import { monthlyReadingCost } from '../../shared/reading-cost.ts'
import { ask } from './connect.ts'
import { setCommand } from './change-account.ts'
import { addKeyOptions, readKey, type KeySource } from './key-source.ts'
import { tryCommand } from './try-account.ts'
import type { CommandContext } from './program.ts'
import { collectOption, withFiles } from './secret-input.ts'
import { exitCodes, table, type Terminal } from './terminal.ts'

interface AddOptions extends KeySource {
  label: string
  workspace?: string
  baseUrl?: string
  option?: Record<string, string>
}

export function accountCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const accounts = program.command('accounts').description('provider accounts that are watched')
  const add = accounts
    .command('add')
    .description('watch an account; its key, where it needs one, comes on standard input, or from where you say')
    .addArgument(new Argument('<provider>', 'whose bill it is').choices(providerIds))
    .requiredOption('--label <label>', 'what you call it')
    .option('--workspace <workspace>', 'client or team it belongs to')
    .option('--base-url <url>', 'replaces scheme and host: a proxy, gateway or emulator')
    .option(
      '--option <name=value>',
      'option of the provider, "spend-guard providers ID" lists them; a long one as name=@file',
      collectOption,
    )
    .action(async (provider: ProviderId, options: AddOptions, command: Command) => {
      const typed = withFiles(providerFacts(provider).options, options.option ?? {})
      const secret = await readKeyOf(provider, options)
      await withGuard(command, ({ guard }) =>
        addAccount(guard, terminal, {
          provider,
          secret,
          label: options.label,
          workspace: options.workspace ?? null,
          baseUrl: options.baseUrl ?? null,
          options: typed,
        }),
      )
    })
  addKeyOptions(add)
  tryCommand(accounts, { terminal, withGuard })
  setCommand(accounts, { terminal, withGuard })
  accounts
    .command('list')
    .description('all accounts and their health')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const list = await ask(guard, 'accounts:list', {})
        if (terminal.json) return terminal.print(JSON.stringify(list))
        if (list.length === 0)
          return terminal.print('No account yet. Add one: spend-guard accounts add openai --label "My company"')
        terminal.print(
          table(
            ['ID', 'PROVIDER', 'LABEL', 'WORKSPACE', 'STATE', 'AS OF'],
            list.map((one) => [one.id, one.provider, one.label, one.workspace ?? '', one.state, one.asOf ?? 'never']),
          ),
        )
        for (const one of list) if (one.failure) terminal.print(`${one.label}: ${one.failure.message}`)
      })
    })
  accounts
    .command('test')
    .argument('<id>', 'id of the account, as "accounts list" shows it')
    .description('ask the provider whether the key works')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const check: KeyCheck = await ask(guard, 'accounts:test', { id })
        if (!check.ok) {
          terminal.exitCode = exitCodes.failed
          terminal.complain(check.failure ?? fail('internal', 'The key does not work.'))
        }
        if (terminal.json) return terminal.print(JSON.stringify(check))
        if (check.ok)
          terminal.print(
            `The ${withinSentence(check.kind)} works${check.organization ? ` for ${check.organization}` : ''}.`,
          )
        for (const warning of check.warnings) terminal.print(`Note: ${warning}`)
      })
    })
  const replace = accounts
    .command('replace-key')
    .argument('<id>', 'id of the account, as "accounts list" shows it')
    .description('give an account a new key, on standard input or from where you say; its history stays')
    .action(async (id: string, options: KeySource, command: Command) => {
      const secret = await readKey('new key', options)
      await withGuard(command, async ({ guard }) => {
        const changed = await ask(guard, 'accounts:replace-key', { id, secret })
        terminal.print(
          terminal.json
            ? JSON.stringify(changed)
            : `${changed.label} has its new key. Read it now: spend-guard poll --account ${id}`,
        )
      })
    })
  addKeyOptions(replace)
  accounts
    .command('remove')
    .argument('<id>', 'id of the account, as "accounts list" shows it')
    .description('stop watching; what it spent stays in the history')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'accounts:remove', { id })
        terminal.print(terminal.json ? JSON.stringify({ id }) : `Removed ${id}. Its key is deleted, its history stays.`)
      })
    })
}

/** The key of a new account; '' where the provider needs none. */
export async function readKeyOf(provider: ProviderId, source: KeySource): Promise<string> {
  const { label, key } = providerFacts(provider)
  return key ? readKey(`${label} ${withinSentence(key.name)}`, source, key.optional && 'optional') : ''
}

/** Watches an account and says so. The guard refuses a key that cannot read the bill before it keeps anything. */
export async function addAccount(
  guard: GuardClient,
  terminal: Terminal,
  entry: Request<'accounts:add'>,
): Promise<void> {
  const added = await ask(guard, 'accounts:add', entry)
  for (const warning of added.warnings) terminal.note(terminal.json ? JSON.stringify({ warning }) : `Note: ${warning}`)
  terminal.print(
    terminal.json
      ? JSON.stringify(added)
      : `Added ${added.label} (${added.id}). ${
          added.sources.every(({ everySeconds }) => everySeconds === null)
            ? `Fill it: spend-guard import --format focus --account ${added.id} FILE`
            : `Read it now: spend-guard poll --account ${added.id}`
        }`,
  )
  const cost = monthlyReadingCost(added.sources)
  if (cost !== null && !terminal.json) terminal.note(cost)
}
