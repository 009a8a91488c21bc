import type { ProviderFacts } from './facts.ts'

export const xai = {
  label: 'xAI',
  key: {
    name: 'Management key',
    hint: 'A management key, not an API key',
    begins: ['xai-'],
    url: 'https://console.x.ai',
    help: 'Create a management key with Billing set to read and nothing else. Only team admins can.',
  },
  billingUrl: 'https://console.x.ai/team/default/usage',
  stopHelp: 'Disable the key under API keys, or lower the spending limit of the month under Billing.',
  stopUrl: 'https://console.x.ai/team/default/api-keys',
  options: {
    team_id: { label: 'Read this team (its id); the team of the key otherwise' },
    low_balance: {
      label: 'Tell when the balance is below',
      tells: true,
      hint: 'In dollars. Without it you are told when the balance would not last another day.',
      amount: true,
    },
  },
} as const satisfies ProviderFacts
