import { startPagerDuty } from '../../emulators/pagerduty.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

export const pagerduty: StageOf = {
  edits: true,
  answersInForm: true,
  tellsEach: true,
  says: everything,
  wrongSecrets: ['hunter2', 'u+zqpdy5v2xsGrB1y7cA', 'e93facc04764012d7bfb002500d5d1a6e'],
  async open() {
    const emulator = await startPagerDuty()
    return {
      secret: emulator.routingKey,
      baseUrl: emulator.url,
      private: [emulator.routingKey],
      told: () => emulator.incidents.map((incident) => incident.events),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 400,
          json: { status: 'invalid event', message: 'Event object is invalid', errors: [`no good: ${saying}`] },
        }),
        limit: (waitMs) => ({
          status: 429,
          text: '',
          headers: waitMs === null ? {} : { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
        }),
      }),
      remove: emulator.deleteIntegration,
      stop: emulator.stop,
    }
  },
}
