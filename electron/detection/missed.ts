import { hourMs } from '../../shared/time.ts'

/** What an account spent in a whole hour of the clock. */
export interface SpentHour {
  startMs: number
  nanos: bigint
}

/** Hours in a row, each at or over the limit. */
export interface BusyRun {
  startMs: number
  endMs: number
  hours: number
  nanos: bigint
  peakNanos: bigint
}

/** All runs of busy hours, oldest first. `hours` must be in order of time; an hour that is missing ends a run. */
export function busyRuns(hours: readonly SpentHour[], limitNanos: bigint): BusyRun[] {
  const runs: BusyRun[] = []
  for (const { startMs, nanos } of hours) {
    if (nanos < limitNanos) continue
    const last = runs.at(-1)
    if (last?.endMs === startMs) {
      last.endMs += hourMs
      last.hours++
      last.nanos += nanos
      if (nanos > last.peakNanos) last.peakNanos = nanos
    } else runs.push({ startMs, endMs: startMs + hourMs, hours: 1, nanos, peakNanos: nanos })
  }
  return runs
}

/** Since when it has been busy, for an hour that is busy now: the run that reaches up to it, or that hour alone. */
export function busySince(runs: readonly BusyRun[], nowMs: number): number {
  const last = runs.at(-1)
  return last && last.endMs >= nowMs - hourMs ? Math.min(last.startMs, nowMs - hourMs) : nowMs - hourMs
}

/**
 * The newest run that ended while the guard slept and that no alert has spoken of: somebody should hear of it, even
 * though it is over. Null when there is none.
 */
export function missedRun(runs: readonly BusyRun[], asleepToMs: number, spokenToMs: number): BusyRun | null {
  return runs.findLast((run) => run.endMs <= asleepToMs && run.endMs > spokenToMs) ?? null
}
