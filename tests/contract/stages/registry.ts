import type { ProviderId } from '../../../shared/providers.ts'
import { anthropic } from './anthropic.ts'
import { openai } from './openai.ts'
import { twilio } from './twilio.ts'
import type { Stage } from './stage.ts'

export const stages: Record<ProviderId, Stage> = {
  openai,
  anthropic,
  twilio,
}
