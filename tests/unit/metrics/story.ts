import type { AlertStory } from '../../../electron/metrics/story.ts'
import { minuteMs } from '../../../shared/time.ts'

/** Wednesday noon. */
export const startMs = Date.UTC(2026, 10, 18, 12)

let ids = 0

/** An alert that fires five minutes after it began, and of which Discord is told a second later. */
export function story(change: Partial<AlertStory> = {}): AlertStory {
  const id = String(++ids)
  return {
    id,
    rule: 'velocity',
    severity: 'warning',
    scope: 'all',
    currency: 'USD',
    openedAtMs: startMs,
    sinceMs: startMs - 5 * minuteMs,
    changes: [{ atMs: startMs, state: 'firing', isByGuard: true }],
    deliveries: [delivery({ messageId: ids })],
    verdict: null,
    ...change,
  }
}

export function delivery(change: Partial<AlertStory['deliveries'][number]> = {}): AlertStory['deliveries'][number] {
  return {
    channelId: 'ops',
    occasion: 'fired',
    state: 'delivered',
    held: null,
    owedAtMs: startMs,
    deliveredAtMs: startMs + 1_000,
    messageId: 1,
    ...change,
  }
}
