import type { ProviderFacts } from './facts.ts'

export const cloudflare = {
  label: 'Cloudflare',
  key: {
    name: 'API token',
    hint: 'cfut_… or cfat_…',
    begins: ['cfut_', 'cfat_', 'cfk_'],
    url: 'https://dash.cloudflare.com/profile/api-tokens',
    help: 'Create a custom API token with the one permission Account, Billing: Read, for this account only.',
  },
  billingUrl: 'https://dash.cloudflare.com/?to=/:account/billing/billable-usage',
  stopHelp: 'Cloudflare has no limit that stops usage: take the Worker off its route, or pause the zone.',
  stopUrl: 'https://dash.cloudflare.com/?to=/:account/workers-and-pages',
  options: {
    account_id: {
      label: 'Account ID (32 letters and digits)',
      hint: '023e105f4ecef8ad9ca31a8372d0c353',
      required: true,
    },
  },
} as const satisfies ProviderFacts
