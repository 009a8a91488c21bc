import type { ProviderId } from '../../shared/providers.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { declaredFor, type Feed, type ProviderAdapter } from './adapter.ts'
import { agentLogs } from './agent-logs/adapter.ts'
import { anthropic } from './anthropic/adapter.ts'
import { aws } from './aws/adapter.ts'
import { azure } from './azure/adapter.ts'
import { cloudflare } from './cloudflare/adapter.ts'
import { cursor } from './cursor/adapter.ts'
import { custom } from './custom/adapter.ts'
import { datadog } from './datadog/adapter.ts'
import { deepseek } from './deepseek/adapter.ts'
import { elevenlabs } from './elevenlabs/adapter.ts'
import { focus } from './focus/adapter.ts'
import { gcp } from './gcp/adapter.ts'
import { github } from './github/adapter.ts'
import { openai } from './openai/adapter.ts'
import { openrouter } from './openrouter/adapter.ts'
import { twilio } from './twilio/adapter.ts'
import { vercel } from './vercel/adapter.ts'
import { xai } from './xai/adapter.ts'

export const adapters: Record<ProviderId, ProviderAdapter> = {
  openai,
  anthropic,
  gcp,
  aws,
  azure,
  openrouter,
  twilio,
  github,
  vercel,
  cloudflare,
  datadog,
  cursor,
  xai,
  deepseek,
  elevenlabs,
  'agent-logs': agentLogs,
  focus,
  custom,
}

/** The feeds that an account has, by its options. */
export function feedsOf({ provider, options }: Pick<AccountRow, 'provider' | 'options'>): Feed[] {
  return declaredFor(adapters[provider].feeds, options).filter((feed) => feed.when?.(options) ?? true)
}
