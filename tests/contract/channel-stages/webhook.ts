import { startWebhook } from '../../emulators/webhook.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

export const webhook: StageOf = {
  edits: false,
  answersInForm: false,
  says: everything,
  wrongSecrets: [
    'hunter2',
    'a secret with spaces in it',
    'whsec_tooshort',
    'whsec_not/base64/at-all/not/base64/at-all',
  ],
  async open() {
    const emulator = await startWebhook()
    return {
      secret: emulator.secret,
      options: { url: emulator.receiverUrl },
      private: [emulator.secret, emulator.secret.slice(6), 'emulated-path-token', '/hooks/'],
      told: () => emulator.received.map(({ body }) => [JSON.parse(body)]),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({ status: 422, json: { message: saying } }),
        limit: (waitMs) => ({
          status: 429,
          text: '',
          headers: waitMs === null ? {} : { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
        }),
      }),
      remove: emulator.unsubscribe,
      stop: emulator.stop,
    }
  },
}
