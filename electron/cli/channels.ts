import { Argument, Option, type Command } from 'commander'
import { addableKinds, channelFacts, channelKinds, type ChannelKind } from '../../shared/channels.ts'
import { fail } from '../../shared/failures.ts'
import { formatMoney } from '../../shared/money.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'
import { collectOption, readSecret, withFiles } from './secret-input.ts'
import { exitCodes, table } from './terminal.ts'

interface AddOptions {
  label: string
  baseUrl?: string
  option?: Record<string, string>
  secretFile?: string
  person?: string
}

interface SetOptions {
  label?: string
  baseUrl?: string
  option?: Record<string, string>
  secretFile?: string
  secretStdin?: true
  person?: string
  selfTest?: 'on' | 'off'
}

export function channelCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const channels = program.command('channels').description('places alerts go')
  channels
    .command('add')
    .description('add a channel; its secret comes on standard input')
    .addArgument(new Argument('<kind>', 'what kind of channel').choices(channelKinds))
    .requiredOption('--label <label>', 'what you call it')
    .option('--base-url <url>', 'replaces scheme and host')
    .option('--option <name=value>', 'option of the channel, "spend-guard channels kinds" lists them', collectOption)
    .option('--secret-file <file>', 'read the secret from a file')
    .option('--person <name>', 'whom it reaches, as "people list" shows them')
    .action(async (kind: ChannelKind, options: AddOptions, command: Command) => {
      const facts = channelFacts(kind)
      if (facts.secret === null)
        throw new CommandFailure(fail('invalid-input', `${facts.label} is always there; it need not be added.`), 2)
      const need = facts.secret.optional && 'optional'
      const secret = await readSecret(facts.secret.name, options.secretFile, need)
      await withGuard(command, async ({ guard }) => {
        const added = await ask(guard, 'channels:add', {
          kind,
          secret,
          label: options.label,
          baseUrl: options.baseUrl ?? null,
          options: withFiles(facts.options, options.option ?? {}),
          person: options.person ?? null,
        })
        terminal.print(
          terminal.json
            ? JSON.stringify(added)
            : `Added ${added.label} (${added.id}). Try it: spend-guard channels test ${added.id}`,
        )
      })
    })
  channels
    .command('kinds')
    .description('kinds of channels, the secret each wants, and its options')
    .action(() => {
      if (terminal.json)
        return terminal.print(JSON.stringify(channelKinds.map((kind) => ({ kind, ...channelFacts(kind) }))))
      terminal.print(addableKinds.map(describeKind).join('\n\n'))
    })
  channels
    .command('list')
    .description('all channels and how they do')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const list = await ask(guard, 'channels:list', {})
        if (terminal.json) return terminal.print(JSON.stringify(list))
        terminal.print(
          table(
            ['ID', 'KIND', 'LABEL', 'REACHES', 'STATE', 'TODAY', 'COST OF MONTH', 'LAST DELIVERED', 'LAST FAILURE'],
            list.map((one) => [
              one.id,
              one.kind,
              one.label,
              one.person ?? '',
              one.state,
              one.dailyCap === null ? String(one.sentToday) : `${one.sentToday} of ${one.dailyCap}`,
              one.costOfMonth.map(({ amount, currency }) => formatMoney(amount, currency)).join(', '),
              one.lastDeliveredAt ?? 'never',
              one.lastFailure?.message ?? '',
            ]),
          ),
        )
      })
    })
  channels
    .command('set')
    .argument('<id>', 'id of the channel, as "channels list" shows it')
    .description('change a channel in place; its routes and history stay')
    .option('--label <label>', 'what you call it')
    .option('--option <name=value>', 'change an option; "name=" takes it away', collectOption)
    .option('--base-url <url>', 'replaces scheme and host; "none" for the usual ones')
    .addOption(
      new Option('--secret-stdin', 'take a new secret from standard input, or typed without echo').conflicts(
        'secretFile',
      ),
    )
    .option('--secret-file <file>', 'read a new secret from a file')
    .option('--person <name>', 'whom it reaches; "none" for nobody in particular')
    .addOption(new Option('--self-test <switch>', 'a test message once a week').choices(['on', 'off']))
    .action(async (id: string, options: SetOptions, command: Command) => {
      const isNewSecret = options.secretStdin || options.secretFile !== undefined
      const secret = isNewSecret ? await readSecret('new secret', options.secretFile) : ''
      await withGuard(command, async ({ guard }) => {
        const { kind } = (await ask(guard, 'channels:list', {})).find((one) => one.id === id) ?? {}
        const changed = await ask(guard, 'channels:change', {
          id,
          secret,
          label: options.label,
          baseUrl: options.baseUrl === 'none' ? null : options.baseUrl,
          options: kind && options.option && withFiles(channelFacts(kind).options, options.option),
          person: options.person === 'none' ? null : options.person,
          selfTest: options.selfTest === undefined ? undefined : options.selfTest === 'on',
        })
        terminal.print(
          terminal.json
            ? JSON.stringify(changed)
            : `${changed.label}${changed.person ? ` reaches ${changed.person}` : ''}; its weekly test is ${changed.selfTest ? 'on' : 'off'}.${isNewSecret ? ` It has its new secret. Try it: spend-guard channels test ${id}` : ''}`,
        )
      })
    })
  channels
    .command('test')
    .argument('<id>', 'id of the channel, as "channels list" shows it')
    .description('send a test message')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const outcome = await ask(guard, 'channels:test', { id })
        if (terminal.json) terminal.print(JSON.stringify(outcome))
        else if (outcome.delivered)
          terminal.print(outcome.isConfirmed ? 'Delivered.' : 'Accepted; whether it arrived is not known yet.')
        if (outcome.delivered) return
        terminal.exitCode = exitCodes.failed
        terminal.complain(outcome.failure ?? fail('internal', 'Not delivered.'))
      })
    })
  channels
    .command('remove')
    .argument('<id>', 'id of the channel, as "channels list" shows it')
    .description('forget a channel and its secret')
    .action(async (id: string, _options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'channels:remove', { id })
        terminal.print(terminal.json ? JSON.stringify({ id }) : `Removed ${id}.`)
      })
    })
}

function describeKind(kind: ChannelKind): string {
  const { label, help, secret, options } = channelFacts(kind)
  return [
    `${kind}: ${label}`,
    `  ${help}`,
    ...(secret ? [`  Secret${secret.optional ? ' (optional)' : ''}: ${secret.name}, ${secret.hint}`] : []),
    ...Object.entries(options).map(
      ([name, { label: what, required, choices }]) =>
        `  --option ${name}=${required ? '' : ' (optional)'} ${what}${choices ? `: ${Object.keys(choices).join(', ')}` : ''}`,
    ),
  ].join('\n')
}
