import { startSlack } from '../../emulators/slack.ts'
import { everything, httpTrouble, type Stage, type StageOf } from './stage.ts'

const wrongSecrets = [
  'hunter2',
  'xoxp-1234567890-user-token',
  'xoxb-short',
  'https://hooks.slack.com/workflows/T0/A0/1/abc',
  'https://evil.example/services/T0/B0/abc',
  'http://hooks.slack.com/services/T0/B0/abc',
]
const limit = (waitMs: number | null) => ({
  status: 429,
  json: { ok: false, error: 'ratelimited' },
  headers: waitMs === null ? {} : { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
})

/** The channel id is no secret. */
const bot: StageOf = {
  way: 'slack bot',
  edits: true,
  answersInForm: true,
  says: everything,
  wrongSecrets,
  async open(): Promise<Stage> {
    const emulator = await startSlack()
    return {
      secret: emulator.token,
      baseUrl: emulator.url,
      options: { channel: emulator.channel },
      private: ['emulatedtoken', 'xoxb-'],
      told: () => emulator.messages.map((message) => message.versions),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 200,
          json: { ok: false, error: 'msg_too_long', response_metadata: { messages: [saying] } },
        }),
        limit,
      }),
      remove: () => emulator.refuseWith('account_inactive'),
      stop: emulator.stop,
    }
  },
}

const webhook: StageOf = {
  way: 'slack webhook',
  edits: false,
  answersInForm: true,
  says: everything,
  wrongSecrets,
  async open(): Promise<Stage> {
    const emulator = await startSlack()
    return {
      secret: emulator.webhookUrl,
      baseUrl: emulator.url,
      private: ['emulatedsecret', 'T0EMULATED', '/services/'],
      told: () => emulator.messages.map((message) => message.versions),
      next: httpTrouble(emulator, { refusal: (saying) => ({ status: 400, text: `invalid_payload ${saying}` }), limit }),
      remove: () => emulator.refuseWith('no_service'),
      stop: emulator.stop,
    }
  },
}

export const slack: readonly StageOf[] = [bot, webhook]
