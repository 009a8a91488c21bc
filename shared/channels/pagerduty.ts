import type { ChannelFacts } from './facts.ts'

export const pagerduty = {
  label: 'PagerDuty',
  secret: { name: 'Integration key', hint: '32 letters and digits' },
  help: 'In PagerDuty: the service, Integrations, Add integration, Events API V2. Each alert is an incident that follows it.',
  options: {
    region: {
      label: 'Service region, US unless you sign in at app.eu.pagerduty.com',
      choices: { us: 'US: events.pagerduty.com', eu: 'Europe: events.eu.pagerduty.com' },
    },
  },
} as const satisfies ChannelFacts
