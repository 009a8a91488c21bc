import { dayMs, secondMs } from '../../shared/time.ts'

/** Seconds since 1970 are many more than anybody would ask us to wait. */
const smallestInstant = 1_000_000_000

/**
 * When a provider lets one ask again, by its header `x-ratelimit-reset`: an instant at some, a wait at others, in seconds.
 * Null where it says nothing, or nothing sensible.
 */
export function resetAtMs(headers: Headers, nowMs: number): number | null {
  const seconds = Number(headers.get('x-ratelimit-reset') ?? '')
  if (!(seconds > 0)) return null
  const atMs = Math.ceil(seconds >= smallestInstant ? seconds * secondMs : nowMs + seconds * secondMs)
  return atMs > nowMs && atMs <= nowMs + dayMs ? atMs : null
}
