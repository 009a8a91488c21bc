import type { Clock } from '../shared/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    // A longer timer would fire at once: Node keeps 32 bits.
    const timer = setTimeout(task, Math.min(delayMs, 2_147_483_647))
    return () => clearTimeout(timer)
  },
}
