import { dayMs, hourMs } from '../../../shared/time.ts'
import { startVercel, vercelKey, vercelTeam } from '../../emulators/vercel.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

const minuteNanos = 6_000_000n

export const vercel: Stage = {
  nowMs: stageNowMs,
  start: () => startVercel(steadyWorld('vercel', 'Function Duration', { input: 2, cached: 0, output: 8 })),
  key: vercelKey,
  options: { team_id: vercelTeam },
  // Ninety days of California; one of them had 25 hours. Today is not over.
  totals: { charges: { USD: minuteNanos * BigInt((90 * dayMs + hourMs) / 60_000) } },
  refusedKeys: [['vck_0123456789', 'access token']],
  unreadable: [
    { answer: row({ BilledCost: 'a lot' }) },
    { answer: row({ BilledCost: null }) },
    { answer: row({ BilledCost: 1, BillingCurrency: 'points' }) },
    { answer: row({ BilledCost: 1, ChargePeriodStart: 'yesterday' }) },
  ],
}

function row(fields: Record<string, unknown>) {
  const known = { BillingCurrency: 'USD', ChargeCategory: 'Usage', ChargePeriodStart: '2026-11-20T08:00:00.000Z' }
  return {
    status: 200,
    lines: [
      { ...known, BilledCost: 1 },
      { ...known, ...fields },
    ],
  }
}
