import { ok } from '../../shared/result.ts'
import { iso } from '../../shared/time.ts'
import type { Heartbeat, HeartbeatState } from '../heartbeat.ts'
import type { Handlers } from './handlers.ts'

export function heartbeatCalls({
  heartbeat,
  isPaused,
  onChange,
}: {
  heartbeat: Heartbeat
  isPaused(): boolean
  onChange(): void
}): Pick<Handlers, 'heartbeat:get' | 'heartbeat:set' | 'heartbeat:remove'> {
  return {
    'heartbeat:get': () => ok(present(heartbeat.state(), isPaused())),
    'heartbeat:set': async ({ secret }) => {
      const set = await heartbeat.set(secret)
      if (!set.ok) return set
      onChange()
      return ok(present(set.value, isPaused()))
    },
    'heartbeat:remove': async () => {
      const removed = await heartbeat.remove()
      if (!removed.ok) return removed
      onChange()
      return ok({})
    },
  }
}

function present(state: HeartbeatState | null, isPaused: boolean) {
  if (!state) return { on: false, host: null, lastAt: null, failure: null, held: false }
  const { host, lastAtMs, failure } = state
  return { on: true, host, lastAt: lastAtMs === null ? null : iso(lastAtMs), failure, held: isPaused }
}
