import { dayMs, hourMs } from '../../../shared/time.ts'
import { anthropicKey, startAnthropic } from '../../emulators/anthropic.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute of Claude Sonnet 5: 1,000 tokens at $2, 4,000 at $0.20 and 500 at $10 for a million. */
const minuteNanos = 7_800_000n

export const anthropic: Stage = {
  nowMs: stageNowMs,
  start: () => startAnthropic(steadyWorld('anthropic', 'claude-sonnet-5', { input: 2, cached: 0.2, output: 10 })),
  key: anthropicKey,
  totals: {
    costs: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) },
    messages: { USD: minuteNanos * BigInt((31 * dayMs + 10 * hourMs) / 60_000) },
  },
  refusedKeys: [['sk-ant-api03-abc', 'admin key']],
  unreadable: [
    {
      path: 'cost_report',
      answer: page([{ starting_at: '2026-11-23T00:00:00Z', results: [{ amount: 'a lot', currency: 'USD' }] }]),
    },
  ],
  endless: [
    { answer: { status: 200, json: { data: [], has_more: true, next_page: null } } },
    { answer: { status: 200, json: { data: [], has_more: true, next_page: 'again' } } },
  ],
}

function page(data: unknown[]) {
  return { status: 200, json: { data, has_more: false, next_page: null } }
}
