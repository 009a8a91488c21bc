import type { Clock } from '../../shared/clock.ts'
import type { Logger } from '../logging/logger.ts'
import type { AlertBook } from './alert-book.ts'

/** After a fault of our own, such as a full disk, it is looked again this much later. */
const restMs = 30_000

/**
 * Looks again at who is to be told when time alone decides it: nobody acknowledged, a channel does not get through. The
 * timer is only a reminder; what is owed depends on what is stored, so one that was lost in a restart loses nothing.
 */
export function createEscalation(parts: {
  clock: Clock
  log: Logger
  book: Pick<AlertBook, 'announce' | 'nextAtMs' | 'lookAgain'>
  transaction(change: () => void): void
  flush(): void
}) {
  let cancelTimer: (() => void) | null = null
  let running = false

  function look(): void {
    let nextMs = parts.clock.now() + restMs
    try {
      parts.transaction(() => parts.book.announce(parts.clock.now()))
      nextMs = parts.book.nextAtMs()
    } catch (error) {
      parts.log.error('escalation failed', { message: (error as Error).message })
    }
    parts.flush()
    wake(nextMs)
  }

  function wake(nextMs: number): void {
    cancelTimer?.()
    cancelTimer = null
    if (running && Number.isFinite(nextMs))
      cancelTimer = parts.clock.after(Math.max(0, nextMs - parts.clock.now()), look)
  }

  return {
    start(): void {
      running = true
      look()
    },
    /** Alerts were judged or changed: the next time may be another. */
    plan: (): void => wake(parts.book.nextAtMs()),
    /** Channels, people or routes changed, or a channel did not get through: who is owed what may be different. */
    lookAgain(): void {
      parts.book.lookAgain()
      look()
    },
    stop(): void {
      running = false
      cancelTimer?.()
    },
  }
}
