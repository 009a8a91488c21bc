import { Argument, type Command } from 'commander'
import { pageUrl, providerFacts, providerIds, type ProviderId } from '../../shared/providers.ts'
import type { CommandContext } from './program.ts'
import { table } from './terminal.ts'

/** What an account of each provider takes. It asks nobody, and needs no guard. */
export function providersCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('providers')
    .description('providers that can be watched, the key each wants, and its options')
    .addArgument(new Argument('[provider]', 'one of them, with everything about it').choices(providerIds))
    .action((chosen: ProviderId | undefined) => {
      if (terminal.json) {
        const facts = (chosen ? [chosen] : providerIds).map((id) => ({ id, ...providerFacts(id) }))
        return terminal.print(JSON.stringify(chosen ? facts[0] : facts))
      }
      terminal.print(chosen ? describe(chosen) : listed())
    })
}

function listed(): string {
  const rows = providerIds.map((id) => {
    const { label, key, options } = providerFacts(id)
    const needed = Object.entries(options).flatMap(([name, { required }]) => (required ? [name] : []))
    return [id, label, key ? `${key.name}${key.optional ? ' (optional)' : ''}` : 'none', needed.join(', ')]
  })
  return `${table(['PROVIDER', 'NAME', 'KEY', 'NEEDS ALSO'], rows)}\n\nEverything about one: spend-guard providers openai`
}

function describe(id: ProviderId): string {
  const { label, key, options } = providerFacts(id)
  const lines = Object.entries(options).flatMap(([name, { label: what, hint, required, choices }]) => [
    `  ${name}${required ? ' (needed)' : ''}: ${what}`,
    ...(hint ? [`    ${hint}`] : []),
    ...(choices ? [`    One of: ${Object.keys(choices).join(', ')}`] : []),
  ])
  const keyText = key
    ? [`${key.name}: ${key.hint.split('\n')[0] ?? ''}`, key.help, pageUrl(id, 'key')]
    : ['It needs no key.']
  return [label, '', ...keyText, ...(lines.length > 0 ? ['', 'Options (--option NAME=VALUE):', ...lines] : [])].join(
    '\n',
  )
}
