/**
 * What people are shown about each provider; how it is read lives in electron/providers. Adding one here and one line
 * in the registry there is all the wiring a new provider needs.
 */
export const providers = {
  openai: {
    label: 'OpenAI',
    keyName: 'Admin key',
    keyHint: 'sk-admin-…',
    keyUrl: 'https://platform.openai.com/settings/organization/admin-keys',
    keyHelp: 'Create an admin key as Restricted, with Usage set to Read and nothing else. Only owners can.',
    billingUrl: 'https://platform.openai.com/settings/organization/usage',
    stopHelp: 'Revoke the key under API keys, or set a project limit.',
    stopUrl: 'https://platform.openai.com/settings/organization/api-keys',
    options: {
      project_ids: 'Read only these projects (comma-separated proj_… ids)',
    },
  },
  anthropic: {
    label: 'Anthropic',
    keyName: 'Admin key',
    keyHint: 'sk-ant-admin01-…',
    keyUrl: 'https://console.anthropic.com/settings/admin-keys',
    keyHelp: 'Create an Admin key in the Console. It has no scopes: it can manage members too, so guard it well.',
    billingUrl: 'https://console.anthropic.com/settings/usage',
    stopHelp: 'Disable the key under API keys, or lower the workspace limit.',
    stopUrl: 'https://console.anthropic.com/settings/keys',
    options: {
      workspace_ids: 'Read only these workspaces (comma-separated wrkspc_… ids)',
    },
  },
} as const satisfies Record<string, ProviderFacts>

export interface ProviderFacts {
  label: string
  keyName: string
  keyHint: string
  keyUrl: string
  keyHelp: string
  billingUrl: string
  /** What to do when a key of this provider burns money, in one sentence. */
  stopHelp: string
  stopUrl: string
  options: Record<string, string>
}

export type ProviderId = keyof typeof providers

export const providerIds = Object.keys(providers) as [ProviderId, ...ProviderId[]]

export function providerFacts(id: ProviderId): ProviderFacts {
  return providers[id]
}
