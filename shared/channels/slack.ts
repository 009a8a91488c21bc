import type { ChannelFacts } from './facts.ts'

export const slack = {
  label: 'Slack',
  secret: { name: 'Bot token or webhook URL', hint: 'xoxb-… or https://hooks.slack.com/services/…' },
  help: 'At api.slack.com/apps make an app. A bot token (scope chat:write, app invited to the channel) keeps one message per alert up to date. An incoming webhook is simpler and posts a message each time.',
  options: {
    channel: { label: 'Channel id, with a bot token', hint: 'C0123456789, at the bottom of the channel details' },
  },
} as const satisfies ChannelFacts
