import type { Emulator } from './http.ts'
import { startTwilio, twilioSmsKey } from './twilio.ts'
import { createTwilioMessages, type TwilioMessages } from './twilio-messages.ts'

export interface SmsEmulator extends Emulator, TwilioMessages {
  secret: string
}

/** Twilio, for those who only write text messages. */
export async function startSms(now: () => number = Date.now): Promise<SmsEmulator> {
  const messages = createTwilioMessages(now)
  const emulator = await startTwilio({ now, flows: [], usageDelayMs: 0, costDelayMs: 0 }, {}, messages)
  return { ...emulator, ...messages, secret: twilioSmsKey }
}
