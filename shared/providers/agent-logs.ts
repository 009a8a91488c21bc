import type { ProviderFacts } from './facts.ts'

export const agentLogs = {
  label: 'Coding agents on this computer',
  key: null,
  billingUrl: 'https://platform.claude.com/usage',
  stopHelp: 'Stop the agent that is running; if it is not yours, revoke the key or sign out at the vendor.',
  stopUrl: 'https://platform.claude.com/settings/keys',
  repeats: ['anthropic', 'openai', 'gcp'],
  options: {
    billing: {
      label: 'How the agents are paid',
      hint: 'Under a subscription nothing is owed by the call: its worth is shown and counts in no sum.',
      choices: { api: 'By the call, with an API key', subscription: 'By subscription' },
    },
    home: { label: 'Home folder of whoever runs them, if not yours' },
    agents: { label: 'Only these agents (comma-separated: claude, codex, gemini, qwen, opencode)' },
  },
} as const satisfies ProviderFacts
