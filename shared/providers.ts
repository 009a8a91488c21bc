import { agentLogs } from './providers/agent-logs.ts'
import { anthropic } from './providers/anthropic.ts'
import { aws } from './providers/aws.ts'
import { azure } from './providers/azure.ts'
import { cloudflare } from './providers/cloudflare.ts'
import { cursor } from './providers/cursor.ts'
import { custom } from './providers/custom.ts'
import { datadog } from './providers/datadog.ts'
import { deepseek } from './providers/deepseek.ts'
import { elevenlabs } from './providers/elevenlabs.ts'
import type { ProviderFacts } from './providers/facts.ts'
import { focus } from './providers/focus.ts'
import { gcp } from './providers/gcp.ts'
import { github } from './providers/github.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import { twilio } from './providers/twilio.ts'
import { vercel } from './providers/vercel.ts'
import { xai } from './providers/xai.ts'

/** Every provider the guard knows. One line here and one in electron/providers/registry.ts wire a new one. */
export const providers = {
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
} as const satisfies Record<string, ProviderFacts>

export type ProviderId = keyof typeof providers

export const providerIds = Object.keys(providers) as [ProviderId, ...ProviderId[]]

export function providerFacts(id: ProviderId): ProviderFacts {
  return providers[id]
}

/** What an account cannot be read without, besides its key. */
export function requiredOptions(id: ProviderId): string[] {
  const options: ProviderFacts['options'] = providerFacts(id).options
  return Object.keys(options).filter((name) => options[name]?.required)
}

export function needsOptions(id: ProviderId): boolean {
  return requiredOptions(id).length > 0
}

/** The name of a kind of key within a sentence: `Admin key` becomes `admin key`, `API key` stays. */
export function withinSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

export const providerPages = ['key', 'billing', 'stop', 'limit'] as const
export type ProviderPage = (typeof providerPages)[number]

/** The only addresses that anybody is ever sent to. Where there is no key to create, the bill is what there is to see. */
export function pageUrl(id: ProviderId, page: ProviderPage): string {
  const facts = providerFacts(id)
  return {
    key: facts.key?.url ?? facts.billingUrl,
    billing: facts.billingUrl,
    stop: facts.stopUrl,
    limit: facts.limitUrl ?? facts.stopUrl,
  }[page]
}
