import type { Command } from 'commander'
import type { Reply } from '../../shared/ipc.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { readSecret } from './secret-input.ts'

export function heartbeatCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  const heartbeat = program
    .command('heartbeat')
    .description('an address that is called every five minutes while the guard lives')
  const show = (state: Reply<'heartbeat:get'>) =>
    terminal.print(terminal.json ? JSON.stringify(state) : describe(state))
  heartbeat
    .command('set')
    .description('set the address, which comes on standard input; it is called once to try it')
    .option('--secret-file <file>', 'read the address from a file')
    .action(async (options: { secretFile?: string }, command: Command) => {
      const secret = await readSecret('heartbeat address', options.secretFile)
      await withGuard(command, async ({ guard }) => show(await ask(guard, 'heartbeat:set', { secret })))
    })
  heartbeat
    .command('show')
    .description('whether it is on, and when it last got through')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => show(await ask(guard, 'heartbeat:get', {})))
    })
  heartbeat
    .command('off')
    .description('forget the address')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        await ask(guard, 'heartbeat:remove', {})
        show({ on: false, host: null, lastAt: null, failure: null, held: false })
      })
    })
}

function describe({ on, host, lastAt, failure, held }: Reply<'heartbeat:get'>): string {
  if (!on) return 'No heartbeat. Set one: printf %s "$ADDRESS" | spend-guard heartbeat set'
  if (held) return 'The heartbeat is not sent: the guard is paused, and watches nothing.'
  if (failure) return `The heartbeat fails: ${failure.message}`
  return `The heartbeat goes to ${host ?? 'the address in the keychain'} every five minutes while the guard watches; last ${lastAt ?? 'not since this guard started'}.`
}
