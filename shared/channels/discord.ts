import type { ChannelFacts } from './facts.ts'

export const discord = {
  label: 'Discord',
  secret: { name: 'Webhook URL', hint: 'https://discord.com/api/webhooks/…' },
  help: 'In Discord: channel settings, Integrations, Webhooks, New webhook, Copy webhook URL.',
  options: {},
} as const satisfies ChannelFacts
