import type { ProviderId } from '../../shared/providers.ts'
import type { ProviderAdapter } from './adapter.ts'
import { anthropic } from './anthropic/adapter.ts'
import { openai } from './openai/adapter.ts'

export const adapters: Record<ProviderId, ProviderAdapter> = { openai, anthropic }
