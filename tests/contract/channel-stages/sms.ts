import { startSms } from '../../emulators/sms.ts'
import { twilioSid } from '../../emulators/twilio.ts'
import { twilioNumber } from '../../emulators/twilio-messages.ts'
import { httpTrouble, type StageOf } from './stage.ts'

const to = '+15005550006'

export const sms: StageOf = {
  edits: false,
  answersInForm: true,
  // A telephone at night: what, how much of how much, since when, which key, what to do.
  says: [
    'Budget threshold crossed',
    'USD 120.50 of 100.00',
    'since 00:00 UTC',
    'Key legacy-ci 99.50',
    'Delete the key',
  ],
  wrongSecrets: ['hunter2', 'SK0123:too-short-a-key-0123456789', 'AC:emulated-token-0123456789'],
  async open() {
    const emulator = await startSms()
    return {
      secret: emulator.secret,
      baseUrl: emulator.url,
      options: { account_sid: twilioSid, from: twilioNumber, to },
      private: [...emulator.secret.split(':'), 'SKfedcba', to.slice(1)],
      told: () => emulator.sent.map(({ body }) => [body]),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 400,
          json: { code: 21_999, message: `Not today ${saying}`, more_info: '', status: 400 },
        }),
        limit: (waitMs) => ({
          status: 429,
          json: { code: 20_429, message: 'Too Many Requests', status: 429 },
          headers: waitMs === null ? {} : { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
        }),
      }),
      remove: () => void emulator.refused.set(to, 21_610),
      stop: emulator.stop,
    }
  },
}
