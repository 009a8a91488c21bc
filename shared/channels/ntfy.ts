import type { ChannelFacts } from './facts.ts'

export const ntfy = {
  label: 'ntfy',
  secret: { name: 'Topic URL', hint: 'https://ntfy.sh/<topic> tk_… (the token only where the topic is protected)' },
  help: 'Subscribe to a topic with a long random name in the ntfy app; on ntfy.sh whoever knows the name can read it. For a protected topic add a space and an access token tk_… or user:password.',
  options: {},
} as const satisfies ChannelFacts
