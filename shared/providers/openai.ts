import type { ProviderFacts } from './facts.ts'

export const openai = {
  label: 'OpenAI',
  key: {
    name: 'Admin key',
    hint: 'sk-admin-…',
    begins: ['sk-admin-', 'sk-proj-', 'sk-svcacct-'],
    url: 'https://platform.openai.com/settings/organization/admin-keys',
    help: 'Create an admin key as Restricted, with Usage set to Read and nothing else. Only owners can.',
  },
  billingUrl: 'https://platform.openai.com/settings/organization/usage',
  stopHelp: 'Revoke the key under API keys, or set a project limit.',
  stopUrl: 'https://platform.openai.com/settings/organization/api-keys',
  limitUrl: 'https://platform.openai.com/settings/organization/limits',
  options: {
    project_ids: { label: 'Read only these projects (comma-separated proj_… ids)' },
  },
} as const satisfies ProviderFacts
