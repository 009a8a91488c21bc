import { dayMs, hourMs } from '../../../shared/time.ts'
import { openaiKey, startOpenai } from '../../emulators/openai.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute of gpt-5-mini: 1,000 tokens at $0.25, 4,000 at $0.025 and 500 at $2 for a million. */
const minuteNanos = 1_350_000n

export const openai: Stage = {
  nowMs: stageNowMs,
  start: () => startOpenai(steadyWorld('openai', 'gpt-5-mini-2025-08-07', { input: 0.25, cached: 0.025, output: 2 })),
  key: openaiKey,
  totals: {
    costs: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) },
    completions: { USD: minuteNanos * BigInt((31 * dayMs + 10 * hourMs) / 60_000) },
  },
  refusedKeys: [
    ['sk-proj-abc', 'admin key'],
    ['sk-svcacct-abc', 'admin key'],
    ['sk-abc', 'admin key'],
    ['sk-ant-admin01-abc', 'Anthropic'],
  ],
  unreadable: [
    {
      path: 'costs',
      answer: page([{ start_time: stageNowMs / 1_000, results: [{ amount: { value: 'a lot', currency: 'usd' } }] }]),
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
