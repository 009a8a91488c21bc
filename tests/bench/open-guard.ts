import { createGuard, type Guard } from '../../electron/guard.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import type { Clock } from '../../shared/clock.ts'
import { createTestClock, createTestSystem } from '../fakes/system.ts'

export type Ask = <N extends CallName>(name: N, request: Request<N>) => Promise<Reply<N>>

/** The product's guard in this process, on a data folder; its afternoon is where the history ends. */
export function openGuard(dataDir: string, zone = 'UTC', clock: Clock = createTestClock()): { guard: Guard; ask: Ask } {
  const opened = createGuard(createTestSystem({ dataDir, zone, clock }))
  if (!opened.ok) throw new Error(opened.failure.message)
  const guard = opened.value
  return {
    guard,
    ask: async (name, request) => {
      const answer = await guard.call(name, request)
      if (!answer.ok) throw new Error(answer.failure.message)
      return answer.value
    },
  }
}
