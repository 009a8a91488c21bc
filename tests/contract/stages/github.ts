import { dayMs, hourMs } from '../../../shared/time.ts'
import { githubKey, githubOrg, startGithub } from '../../emulators/github.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

const minuteNanos = 6_000_000n

export const github: Stage = {
  nowMs: stageNowMs,
  // A minute of Actions each minute.
  start: () => startGithub(steadyWorld('github', 'Actions Linux', { input: 2, cached: 0, output: 8 })),
  key: githubKey,
  options: { org: githubOrg },
  totals: { usage: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) } },
  refusedKeys: [
    ['ghs_0123456789', 'fine-grained token'],
    ['ghu_0123456789', 'within hours'],
  ],
  unreadable: [
    { answer: item({ date: '2026-11-20T00:00:00Z', netAmount: 'a lot' }) },
    { answer: item({ date: '2026-11-20T00:00:00Z', grossAmount: 3 }) },
    { answer: item({ date: 'yesterday', netAmount: 3 }) },
  ],
}

function item(fields: Record<string, unknown>) {
  return { status: 200, json: { usageItems: [{ product: 'actions', sku: 'Actions Linux', ...fields }] } }
}
