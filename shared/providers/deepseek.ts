import type { ProviderFacts } from './facts.ts'

export const deepseek = {
  label: 'DeepSeek',
  key: {
    name: 'API key',
    hint: 'sk-…',
    url: 'https://platform.deepseek.com/api_keys',
    help: 'Create an API key for this guard alone. DeepSeek has none that only reads: it can spend money too, so guard it well.',
  },
  billingUrl: 'https://platform.deepseek.com/usage',
  stopHelp: 'Delete the key under API keys. Without a balance nothing can be spent.',
  stopUrl: 'https://platform.deepseek.com/api_keys',
  options: {
    low_balance: {
      label: 'Tell when the balance is below',
      tells: true,
      hint: 'In the currency of the balance. Without it you are told when the balance would not last another day.',
      amount: true,
    },
  },
} as const satisfies ProviderFacts
