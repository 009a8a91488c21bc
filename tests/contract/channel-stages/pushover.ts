import { pushoverSecret, pushoverToken, startPushover } from '../../emulators/pushover.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

export const pushover: StageOf = {
  edits: false,
  answersInForm: true,
  says: everything,
  wrongSecrets: ['hunter2', pushoverToken, `${pushoverToken}:me@example.com`],
  async open() {
    const emulator = await startPushover()
    return {
      secret: pushoverSecret,
      baseUrl: emulator.url,
      private: pushoverSecret.split(':'),
      told: () => emulator.messages.map(({ token: _token, user: _user, ...message }) => [message]),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 400,
          json: { errors: [`sound is invalid ${saying}`], status: 0, request: '1' },
        }),
        limit: (waitMs) => ({
          status: 429,
          json: { errors: ['slow down'], status: 0, request: '1' },
          headers: waitMs === null ? {} : { 'retry-after': String(waitMs / 1_000) },
        }),
      }),
      remove: () => void (emulator.state.isUserGone = true),
      stop: emulator.stop,
    }
  },
}
