import type { ProviderId } from '../../../shared/providers.ts'
import { anthropic } from './anthropic.ts'
import { aws } from './aws.ts'
import { azure } from './azure.ts'
import { cloudflare } from './cloudflare.ts'
import { cursor } from './cursor.ts'
import { custom } from './custom.ts'
import { datadog } from './datadog.ts'
import { deepseek } from './deepseek.ts'
import { elevenlabs } from './elevenlabs.ts'
import { gcp } from './gcp.ts'
import { github } from './github.ts'
import { openai } from './openai.ts'
import { openrouter } from './openrouter.ts'
import { twilio } from './twilio.ts'
import { vercel } from './vercel.ts'
import { xai } from './xai.ts'
import type { Stage } from './stage.ts'

/** Of everybody who is asked over HTTP: files have no stage. */
export const stages: Record<Exclude<ProviderId, 'agent-logs' | 'focus'>, Stage> = {
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
  custom,
}
