import { startNtfy } from '../../emulators/ntfy.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

export const ntfy: StageOf = {
  edits: true,
  answersInForm: true,
  says: everything,
  wrongSecrets: [
    'hunter2',
    'http://ntfy.sh/my-topic',
    'https://ntfy.sh/two/parts',
    'https://ntfy.sh/topic?auth=hunter2',
    'https://me:hunter2@ntfy.sh/topic',
    'https://ntfy.sh/topic hunter2',
  ],
  async open() {
    const emulator = await startNtfy({ token: 'tk_emulated' })
    return {
      secret: `${emulator.topicUrl} tk_emulated`,
      private: ['guard-k2J9xQ7emulated', 'tk_emulated'],
      told: () => emulator.notifications,
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 400,
          json: { code: 40_018, http: 400, error: `invalid request: actions invalid ${saying}` },
        }),
        limit: (waitMs) => ({
          status: 429,
          json: { code: 42_901, http: 429, error: 'limit reached: too many requests, please be nice' },
          ...(waitMs === null ? {} : { headers: { 'retry-after': `${waitMs / 1_000}` } }),
        }),
      }),
      remove: emulator.reserve,
      stop: emulator.stop,
    }
  },
}
