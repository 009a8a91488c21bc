import type { ProviderFacts } from './facts.ts'

export const openrouter = {
  label: 'OpenRouter',
  key: {
    name: 'Management key',
    hint: 'sk-or-v1-…',
    begins: ['sk-or-'],
    url: 'https://openrouter.ai/settings/management-keys',
    help: 'Create a management key. It cannot spend, but it can create and delete keys: keep it for this guard alone. An ordinary API key works too, but shows only what it spends itself.',
  },
  billingUrl: 'https://openrouter.ai/activity',
  stopHelp: 'Disable the key, or set a credit limit on it.',
  stopUrl: 'https://openrouter.ai/settings/keys',
  options: {
    low_balance: {
      label: 'Tell when the balance is below',
      tells: true,
      hint: 'In dollars. Without it you are told when the balance would not last another day.',
      amount: true,
    },
  },
} as const satisfies ProviderFacts
