import type { ProviderFacts } from './facts.ts'

export const cursor = {
  label: 'Cursor',
  key: {
    name: 'Admin API key',
    hint: 'crsr_… or key_…',
    begins: ['crsr_', 'key_'],
    url: 'https://cursor.com/dashboard',
    help: 'Create an Admin API key in the dashboard of the team. Only admins can, and not on every plan. It can change spend limits too: keep it for this guard alone.',
  },
  billingUrl: 'https://cursor.com/dashboard',
  stopHelp: 'Lower the on-demand spend limit of the member or of the team.',
  stopUrl: 'https://cursor.com/dashboard',
  options: {},
} as const satisfies ProviderFacts
