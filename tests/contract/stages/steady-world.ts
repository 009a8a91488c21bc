import type { Flow, World } from '../../../electron/replay/world.ts'
import type { ProviderId } from '../../../shared/providers.ts'
import { hourMs } from '../../../shared/time.ts'

/** Ten in the morning, UTC. */
export const stageNowMs = Date.UTC(2026, 10, 23) + 10 * hourMs

/** One key that uses one model, the same in every minute since ever. */
export function steadyWorld(provider: ProviderId, model: string, prices: Flow['prices']): World {
  const flow: Flow = {
    provider,
    model,
    project: 'p1',
    apiKey: 'k1',
    tokens: { input: 1_000, cached: 4_000, output: 500 },
    prices,
    pace: () => 1,
  }
  return { now: () => stageNowMs, flows: [flow], usageDelayMs: 0, costDelayMs: 0 }
}
