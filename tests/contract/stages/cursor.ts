import { cursorKey, startCursor } from '../../emulators/cursor.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** Since noon ten days ago: three cents a minute of Alex's, and a cent of Sam's. */
const minutes = 10n * 1_440n - 120n

const page = (spendCents: unknown) => ({
  status: 200,
  json: {
    teamMemberSpend: [{ email: 'a@example.com', spendCents }],
    subscriptionCycleStart: stageNowMs,
    totalPages: 1,
  },
})

export const cursor: Stage = {
  nowMs: stageNowMs,
  // More members than fit on one page.
  start: () => startCursor(steadyWorld('cursor', 'auto', { input: 30, cached: 0, output: 0 }), 230),
  key: cursorKey,
  totals: { spend: { USD: minutes * 40_000_000n } },
  refusedKeys: [['sk-ant-admin01-abc', 'Admin API key']],
  unreadable: [
    { answer: page('a lot') },
    { answer: page(null) },
    { answer: { status: 200, json: { teamMemberSpend: [], subscriptionCycleStart: 'last month' } } },
  ],
  endless: [
    {
      answer: {
        status: 200,
        json: { teamMemberSpend: [], subscriptionCycleStart: stageNowMs, totalPages: 1_000_000 },
      },
    },
  ],
}
