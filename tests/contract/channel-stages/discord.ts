import { startDiscord } from '../../emulators/discord.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

export const discord: StageOf = {
  edits: true,
  answersInForm: true,
  says: everything,
  wrongSecrets: ['hunter2', 'https://evil.example/api/webhooks/1/abc', 'http://discord.com/secret'],
  async open() {
    const emulator = await startDiscord()
    return {
      secret: emulator.webhookUrl,
      private: ['emulated-token', '123456789', '/webhooks/'],
      told: () => emulator.messages.map((message) => message.versions),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({ status: 400, json: { message: `Invalid Form Body ${saying}`, code: 50_035 } }),
        limit: (waitMs) => ({
          status: 429,
          ...(waitMs === null
            ? { text: '' }
            : { json: { message: 'limited', retry_after: waitMs / 1_000, global: false } }),
        }),
      }),
      remove: emulator.deleteWebhook,
      stop: emulator.stop,
    }
  },
}
