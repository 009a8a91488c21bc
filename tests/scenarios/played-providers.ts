import type { World } from '../../electron/replay/world.ts'
import type { ProviderId } from '../../shared/providers.ts'
import { anthropicAnswers, anthropicKey } from '../emulators/anthropic.ts'
import type { Answers } from '../emulators/http.ts'
import { openaiAnswers, openaiKey } from '../emulators/openai.ts'
import { twilioAnswers, twilioKey, twilioSid } from '../emulators/twilio.ts'

/** A provider that stories may be told of. */
export interface PlayedProvider {
  host: string
  key: string
  options?: Record<string, string>
  answers(world: World): Answers
}

const played: Partial<Record<ProviderId, PlayedProvider>> = {
  openai: { host: 'api.openai.com', key: openaiKey, answers: openaiAnswers },
  anthropic: { host: 'api.anthropic.com', key: anthropicKey, answers: anthropicAnswers },
  twilio: { host: 'api.twilio.com', key: twilioKey, options: { account_sid: twilioSid }, answers: twilioAnswers },
}

export const playedProviders = Object.values(played)

export function playedProvider(id: ProviderId): PlayedProvider {
  const found = played[id]
  if (!found) throw new Error(`No story can be told of ${id}: it has no emulator here.`)
  return found
}
