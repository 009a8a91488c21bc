import type { ProviderFacts } from './facts.ts'

export const azure = {
  label: 'Azure',
  key: {
    name: 'Client secret',
    hint: 'the value of a client secret',
    url: 'https://portal.azure.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/RegisteredApps',
    help: 'Register an application, create a client secret for it, and give it the role Cost Management Reader on what is to be read. Enter the value of the secret, not its ID.',
  },
  billingUrl: 'https://portal.azure.com/#view/Microsoft_Azure_CostManagement/Menu/~/costanalysis',
  stopHelp: 'Regenerate the keys of the resource that spends, or delete its deployment.',
  stopUrl: 'https://portal.azure.com/#view/HubsExtension/BrowseAllResources',
  options: {
    tenant: { label: 'Directory (tenant) ID', hint: '00000000-0000-0000-0000-000000000000', required: true },
    client_id: { label: 'Application (client) ID', hint: '00000000-0000-0000-0000-000000000000', required: true },
    scope: {
      label: 'What to read: a subscription, resource group, management group or billing account',
      hint: 'subscriptions/00000000-0000-0000-0000-000000000000',
      required: true,
    },
  },
} as const satisfies ProviderFacts
