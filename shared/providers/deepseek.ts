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
  options: {},
} as const satisfies ProviderFacts
