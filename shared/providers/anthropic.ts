import type { ProviderFacts } from './facts.ts'

export const anthropic = {
  label: 'Anthropic',
  key: {
    name: 'Admin key',
    hint: 'sk-ant-admin01-…',
    begins: ['sk-ant-'],
    url: 'https://console.anthropic.com/settings/admin-keys',
    help: 'Create an Admin key in the Console. It has no scopes: it can manage members too, so guard it well.',
  },
  billingUrl: 'https://console.anthropic.com/settings/usage',
  stopHelp: 'Disable the key under API keys, or lower the workspace limit.',
  stopUrl: 'https://console.anthropic.com/settings/keys',
  limitUrl: 'https://console.anthropic.com/settings/limits',
  options: {
    workspace_ids: { label: 'Read only these workspaces (comma-separated wrkspc_… ids)' },
  },
} as const satisfies ProviderFacts
