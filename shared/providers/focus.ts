import type { ProviderFacts } from './facts.ts'

export const focus = {
  label: 'FOCUS files',
  key: null,
  billingUrl: 'https://focus.finops.org/what-is-focus/',
  stopHelp: 'Look at the account of the company that sent the bill.',
  stopUrl: 'https://focus.finops.org/what-is-focus/',
  options: {},
  brought: true,
} as const satisfies ProviderFacts
