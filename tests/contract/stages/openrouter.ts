import { openrouterKey, startOpenrouter } from '../../emulators/openrouter.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute of an emulated model: 1,000 tokens at $0.25, 4,000 at $0.025 and 500 at $2 for a million. */
const minuteNanos = 1_350_000n
const hour = 60n * minuteNanos

export const openrouter: Stage = {
  nowMs: stageNowMs,
  start: () =>
    startOpenrouter(steadyWorld('openrouter', 'openai/gpt-5-mini', { input: 0.25, cached: 0.025, output: 2 })),
  key: openrouterKey,
  totals: {
    // Thirty days that are over; never today.
    activity: { USD: 30n * 24n * hour },
    // Since the account exists, until ten this morning.
    credits: { USD: (40n * 24n + 10n) * hour },
  },
  warnings: ['can also create, change and delete keys'],
  refusedKeys: [
    ['sk-ant-admin01-abc', 'management key'],
    ['sk-proj-abc', 'management key'],
  ],
  unreadable: [
    { path: 'activity', answer: { status: 200, json: { data: [{ date: '2026-11-22', usage: 'a lot' }] } } },
    { path: 'activity', answer: { status: 200, json: { data: [{ date: '2026-11-22', usage: null }] } } },
    { path: 'activity', answer: { status: 200, json: { data: [{ date: 'yesterday', usage: 1 }] } } },
    { path: 'credits', answer: { status: 200, json: { data: { total_credits: 1, total_usage: null } } } },
  ],
}
