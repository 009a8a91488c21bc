import type { Command } from 'commander'
import type { CapAudit } from '../../shared/caps.ts'
import { capText } from '../../shared/cap-text.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'

export function capsCommand(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('caps')
    .description('read the limits that stand at the providers themselves')
    .option('--account <id>', 'only this account')
    .action(async (options: { account?: string }, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const audits = await ask(guard, 'caps:read', { accountId: options.account ?? null })
        if (terminal.json) return terminal.print(JSON.stringify(audits))
        if (audits.length === 0)
          return terminal.print('No account yet. Add one: spend-guard accounts add openai --label "My company"')
        for (const audit of audits) terminal.print(describe(audit))
      })
    })
}

function describe({ label, state, caps, reason, link }: CapAudit): string {
  if (state === 'unreadable') return `${label}: unknown. ${reason ?? ''} ${link}`
  if (state === 'missing') return `${label}: no limit at the provider. Set one: ${link}`
  return [`${label}:`, ...caps.map((cap) => `  ${capText(cap)}`)].join('\n')
}
