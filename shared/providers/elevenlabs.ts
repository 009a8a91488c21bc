import type { ProviderFacts } from './facts.ts'

export const elevenlabs = {
  label: 'ElevenLabs',
  key: {
    name: 'API key',
    hint: 'sk_…',
    begins: ['sk_'],
    url: 'https://elevenlabs.io/app/settings/api-keys',
    help: 'Create an API key that is restricted to User: Read and nothing else.',
  },
  billingUrl: 'https://elevenlabs.io/app/subscription',
  stopHelp: 'Disable the key, or turn usage-based billing off.',
  stopUrl: 'https://elevenlabs.io/app/settings/api-keys',
  options: {
    usd_per_1000_credits: {
      label: 'What 1,000 credits cost on your plan, in USD',
      hint: '0.22',
      required: true,
      amount: true,
    },
  },
} as const satisfies ProviderFacts
