import type { ChannelFacts } from './facts.ts'

export const desktop = {
  label: 'Desktop notification',
  secret: null,
  help: 'A notification on this computer.',
  options: {},
} as const satisfies ChannelFacts
