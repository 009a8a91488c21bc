import type { ProviderFacts } from './facts.ts'

export const github = {
  label: 'GitHub',
  key: {
    name: 'Fine-grained token',
    hint: 'github_pat_…',
    begins: ['github_pat_', 'ghp_'],
    url: 'https://github.com/settings/personal-access-tokens/new',
    help: 'Create a fine-grained token whose resource owner is the organization, with the organization permission Administration: Read and nothing else. For your own bill: the account permission Plan: Read.',
  },
  billingUrl: 'https://github.com/settings/billing',
  stopHelp: 'Set a budget that stops usage under Billing, or disable the workflow or the seats.',
  stopUrl: 'https://github.com/settings/billing/budgets',
  options: {
    org: { label: 'Organization, for its bill', hint: 'acme' },
    user: { label: 'Or a user name, for a personal bill', hint: 'octocat' },
  },
} as const satisfies ProviderFacts
