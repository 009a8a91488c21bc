import type { Clock } from '../../shared/clock.ts'
import type { Pause } from '../../shared/pause.ts'
import { dayMs, iso, minuteMs } from '../../shared/time.ts'
import type { SettingsStore } from '../settings/settings.ts'

export type GuardPause = ReturnType<typeof createGuardPause>

/**
 * A person may stop the guard from reading for a while. It is kept beside the settings, so that it outlasts a restart, and
 * ends by the clock alone: whoever looks after its end sees none, whether or not a timer has run.
 */
export function createGuardPause(parts: { clock: Clock; settings: SettingsStore; onChange(): void }) {
  const { clock, settings } = parts
  let cancelTimer: (() => void) | null = null
  let running = false

  function state(): Pause | null {
    const kept = settings.read().pause
    if (!kept) return null
    const nowMs = clock.now()
    // A clock that was set back must not make an hour out of a year.
    if (Date.parse(kept.since) > nowMs + minuteMs) return null
    return kept.until !== null && Date.parse(kept.until) <= nowMs ? null : kept
  }

  /** Wakes for the end, and once a day, when it is time to ask whether somebody forgot. */
  function plan(): void {
    cancelTimer?.()
    cancelTimer = null
    const now = state()
    if (!running || !now) return
    const pausedMs = clock.now() - Date.parse(now.since)
    const nextDayMs = dayMs - (pausedMs % dayMs)
    const endMs = now.until === null ? Infinity : Date.parse(now.until) - clock.now()
    cancelTimer = clock.after(Math.min(nextDayMs, endMs), () => {
      parts.onChange()
      plan()
    })
  }

  function keep(pause: Pause | null): void {
    settings.change({ pause })
    plan()
    parts.onChange()
  }

  return {
    state,
    isOn: () => state() !== null,
    pause: (untilMs: number | null) =>
      keep({ since: state()?.since ?? iso(clock.now()), until: untilMs === null ? null : iso(untilMs) }),
    resume: () => keep(null),
    start(): void {
      running = true
      plan()
    },
    stop(): void {
      running = false
      cancelTimer?.()
    },
  }
}
