import { dayMs, hourMs } from '../../../shared/time.ts'
import { acmeKey, acmeManifest, startAcme } from '../../emulators/custom.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute at $1, $0.10 and $8 for a million: 1,000, 4,000 and 500 tokens. */
const minuteNanos = 5_400_000n

export const custom: Stage = {
  nowMs: stageNowMs,
  start: () => startAcme(steadyWorld('custom', 'acme-large', { input: 1, cached: 0.1, output: 8 })),
  key: acmeKey,
  options: { manifest: JSON.stringify(acmeManifest) },
  totals: {
    costs: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) },
    today: { USD: minuteNanos * BigInt((10 * hourMs) / 60_000) },
  },
  unreadable: [
    { answer: page([{ date: '2026-11-22', cost: 'a lot' }]) },
    { answer: page([{ date: '2026-11-22', cost: null }]) },
    { answer: page([{ date: '2026-11-22' }]) },
    { answer: page([{ date: 'yesterday', cost: '1' }]) },
    { answer: page([{ cost: '1' }]) },
    { path: 'today', answer: { status: 200, json: { date: '2026-11-23', spent_cents: [{ cents: 'many' }] } } },
    { path: 'today', answer: { status: 200, json: { date: null, spent_cents: [{ cents: '1' }] } } },
  ],
  endless: [{ answer: page([], 'again') }],
}

function page(data: unknown[], next: string | null = null) {
  return { status: 200, json: { data, next_page: next } }
}
