import { startTelegram, telegramChat, telegramToken } from '../../emulators/telegram.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

export const telegram: StageOf = {
  edits: true,
  answersInForm: true,
  says: everything,
  wrongSecrets: ['hunter2', '123456789', `bot${telegramToken}`, `${telegramToken}/getMe?`],
  async open() {
    const emulator = await startTelegram()
    return {
      secret: telegramToken,
      baseUrl: emulator.url,
      options: { chat_id: telegramChat },
      private: [telegramToken, ...telegramToken.split(':')],
      told: () => emulator.messages.map((message) => message.versions),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 400,
          json: { ok: false, error_code: 400, description: `Bad Request: not enough rights ${saying}` },
        }),
        limit: (waitMs) => ({
          status: 429,
          json: {
            ok: false,
            error_code: 429,
            description: 'Too Many Requests',
            ...(waitMs === null ? {} : { parameters: { retry_after: Math.ceil(waitMs / 1_000) } }),
          },
        }),
      }),
      remove: () => void (emulator.state.isTokenRevoked = true),
      stop: emulator.stop,
    }
  },
}
