import type { Clock } from '../../shared/clock.ts'

/** A clock that moves when a test says so; tasks run in the order of their time. */
export function createFakeClock(
  startMs: number,
): Clock & { advance(ms: number): void; leap(ms: number): void; forget(): void; nextAtMs(): number | null } {
  let nowMs = startMs
  let tasks: { atMs: number; task: () => void }[] = []
  return {
    now: () => nowMs,
    after(delayMs, task) {
      // Instants are whole milliseconds, as Date.now() gives them.
      const entry = { atMs: Math.ceil(nowMs + delayMs), task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter((one) => one !== entry)
      }
    },
    nextAtMs: () => (tasks.length === 0 ? null : Math.min(...tasks.map((task) => task.atMs))),
    /** Whoever waited was killed. */
    forget() {
      tasks = []
    },
    /** Time passes and nothing runs: the computer slept. What fell due runs with the next advance. */
    leap(ms) {
      nowMs += ms
    },
    advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        const next = tasks.filter((one) => one.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        tasks = tasks.filter((one) => one !== next)
        nowMs = Math.max(nowMs, next.atMs)
        next.task()
      }
      nowMs = untilMs
    },
  }
}
