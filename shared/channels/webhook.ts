import type { ChannelFacts } from './facts.ts'

export const webhook = {
  label: 'Webhook',
  secret: { name: 'Signing secret', hint: 'whsec_… or at least 16 characters' },
  help: 'Posts JSON to an address of yours, signed as in Standard Webhooks. The receiver checks the signature with the same secret; docs/channels/webhook.md has the fields and the code.',
  options: {
    url: { label: 'Address of your receiver', hint: 'https://example.com/alerts', required: true },
  },
} as const satisfies ChannelFacts
