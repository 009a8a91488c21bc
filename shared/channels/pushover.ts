import type { ChannelFacts } from './facts.ts'

export const pushover = {
  label: 'Pushover',
  secret: { name: 'API token and user key', hint: 'token:user, 30 characters each' },
  help: 'On pushover.net: Create an application for the API token; the user key is on the first page. A group key tells several people.',
  options: {
    critical: {
      label: 'How critical alerts are told (high when left out)',
      choices: {
        high: 'high: breaks through quiet hours, once',
        emergency: 'emergency: again and again until somebody confirms it',
      },
    },
    retry: {
      label: 'Emergency: seconds between two calls; 60 when left out',
      hint: '60',
      count: { least: 30, most: 3_600 },
    },
    expire: {
      label: 'Emergency: seconds after which it stops calling; 3600 when left out',
      hint: '3600',
      count: { least: 60, most: 10_800 },
    },
    device: { label: 'Only these devices, by name, with commas between; all of them when left out' },
  },
} as const satisfies ChannelFacts
