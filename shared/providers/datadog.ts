import type { ProviderFacts } from './facts.ts'

export const datadog = {
  label: 'Datadog',
  key: {
    name: 'API key and application key',
    hint: 'api_key:application_key',
    url: 'https://app.datadoghq.com/organization-settings/application-keys',
    help: 'Both in one line with a colon in between. Create the application key in the parent organization, with the scopes usage_read and billing_read and no others.',
  },
  billingUrl: 'https://app.datadoghq.com/billing/usage',
  stopHelp: 'Set a daily quota on log indexes, or remove agents and integrations that send too much.',
  stopUrl: 'https://app.datadoghq.com/logs/pipelines/indexes',
  options: {
    site: {
      label: 'Site (the host of your Datadog)',
      required: true,
      choices: {
        'datadoghq.com': 'US1 (app.datadoghq.com)',
        'us3.datadoghq.com': 'US3',
        'us5.datadoghq.com': 'US5',
        'datadoghq.eu': 'EU1 (app.datadoghq.eu)',
        'ap1.datadoghq.com': 'AP1 (Japan)',
        'ap2.datadoghq.com': 'AP2 (Australia)',
        'uk1.datadoghq.com': 'UK1',
        'ddog-gov.com': 'US1-FED',
        'us2.ddog-gov.com': 'US2-FED',
      },
    },
  },
} as const satisfies ProviderFacts
