import { dayMs, hourMs } from '../../../shared/time.ts'
import { cloudflareAccount, cloudflareKey, startCloudflare } from '../../emulators/cloudflare.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

const minuteNanos = 6_000_000n

export const cloudflare: Stage = {
  nowMs: stageNowMs,
  start: () => startCloudflare(steadyWorld('cloudflare', 'Workers Standard', { input: 2, cached: 0, output: 8 })),
  key: cloudflareKey,
  options: { account_id: cloudflareAccount },
  totals: { usage: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) } },
  refusedKeys: [
    ['cfk_0123456789', 'billing: read'],
    ['0123456789abcdef0123456789abcdef01234', 'global api key'],
  ],
  unreadable: [
    { path: 'billable-usage/info', answer: wrapped({ covered: 'perhaps', subscriptions: [] }) },
    { path: 'billable-usage/info', answer: wrapped({ covered: true, subscriptions: [{ id: 'x' }] }) },
  ],
}

function wrapped(result: unknown) {
  return { status: 200, json: { success: true, errors: [], messages: [], result } }
}
