import { startTeams } from '../../emulators/teams.ts'
import { everything, httpTrouble, type StageOf } from './stage.ts'

const invoke = '/workflows/86ff/triggers/manual/paths/invoke?api-version=1&sig=abc'

export const teams: StageOf = {
  edits: false,
  answersInForm: true,
  says: everything,
  wrongSecrets: [
    'hunter2',
    'https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4',
    'https://prod-1.westus.logic.azure.com/workflows/86ff/triggers/manual/paths/invoke?api-version=1',
    `https://powerplatform.com.evil.example${invoke}`,
    `http://prod-1.westus.logic.azure.com${invoke}`,
  ],
  async open() {
    const emulator = await startTeams()
    return {
      secret: emulator.workflowUrl,
      baseUrl: emulator.url,
      private: ['emulated-signature', '86ffea6392fe', 'default0000'],
      told: () => emulator.cards.map((card) => [card]),
      next: httpTrouble(emulator, {
        refusal: (saying) => ({
          status: 400,
          json: { error: { code: 'TriggerInputSchemaMismatch', message: saying } },
        }),
        limit: (waitMs) => ({
          status: 429,
          json: { error: { code: 'WorkflowTriggerRateLimited', message: 'slow down' } },
          headers: waitMs === null ? {} : { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
        }),
      }),
      remove: emulator.deleteWorkflow,
      stop: emulator.stop,
    }
  },
}
