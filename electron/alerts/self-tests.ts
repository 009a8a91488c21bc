import type { Clock } from '../../shared/clock.ts'
import { dayMs, hourMs } from '../../shared/time.ts'
import type { ChannelRow } from '../storage/channels.ts'

const everyMs = 7 * dayMs

/** Channels whose weekly test is due. One that never was tested is due at once. */
export function dueForTest(channels: readonly ChannelRow[], nowMs: number): ChannelRow[] {
  return channels.filter(
    ({ selfTest, gone, testedAtMs }) => selfTest && !gone && (testedAtMs === null || nowMs - testedAtMs >= everyMs),
  )
}

/** Tests channels that asked for it once a week: one that died in silence is noticed before it is needed. */
export function createSelfTests(parts: {
  clock: Clock
  channels(): readonly ChannelRow[]
  test(channel: ChannelRow): Promise<unknown>
}) {
  let cancelTimer: (() => void) | null = null
  let running: Promise<void> | null = null
  let stopped = false

  async function look(): Promise<void> {
    for (const channel of dueForTest(parts.channels(), parts.clock.now())) if (!stopped) await parts.test(channel)
    if (!stopped) cancelTimer = parts.clock.after(hourMs, begin)
  }

  function begin(): void {
    running = look()
  }

  return {
    start: begin,
    async stop(): Promise<void> {
      stopped = true
      cancelTimer?.()
      await running
    },
  }
}
