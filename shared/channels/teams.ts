import type { ChannelFacts } from './facts.ts'

export const teams = {
  label: 'Microsoft Teams',
  secret: { name: 'Workflow URL', hint: 'https://….powerplatform.com/…/triggers/manual/paths/invoke?…&sig=…' },
  help: 'In Teams: the channel, More options, Workflows, “Send webhook alerts to a channel”; copy the URL. The older connectors (webhook.office.com) are retired.',
  options: {},
} as const satisfies ChannelFacts
