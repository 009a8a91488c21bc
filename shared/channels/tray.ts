import type { ChannelFacts } from './facts.ts'

export const tray = {
  label: 'Tray',
  secret: null,
  help: 'The tray icon flashes until somebody acknowledges.',
  options: {},
} as const satisfies ChannelFacts
