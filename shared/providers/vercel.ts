import type { ProviderFacts } from './facts.ts'

export const vercel = {
  label: 'Vercel',
  key: {
    name: 'Access token',
    hint: '24 letters and digits',
    url: 'https://vercel.com/account/settings/tokens',
    help: 'Create a token whose scope is the team, not one project. It can do what its maker can: the role Billing is enough.',
  },
  billingUrl: 'https://vercel.com/dashboard/usage',
  stopHelp: 'Pause the project, or let Spend Management pause production deployments at an amount.',
  stopUrl: 'https://vercel.com/dashboard',
  limitUrl: 'https://vercel.com/docs/spend-management',
  options: {
    team_id: { label: 'Team ID (team_…) or slug', hint: 'team_…', required: true },
  },
} as const satisfies ProviderFacts
