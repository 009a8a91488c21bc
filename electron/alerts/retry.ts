import type { Failure } from '../../shared/failures.ts'
import { hourMs, minuteMs, secondMs } from '../../shared/time.ts'

/** After a day of trying, the message is old news; it stays visible as failed. */
export const longestTryMs = 24 * hourMs

/**
 * An attempt that a crash cut short is made again this soon at the latest, within the patience of a command: nobody
 * refused the message, and whether it arrived is not known. Not at once, because the attempt may be what crashes us.
 */
const longestUnsettledMs = 8 * secondMs

/** Wait before the next attempt: 2 s, 4 s, 8 s, ... up to 5 min, spread by a fifth; a wait the other side named wins. */
export function nextAttemptAt(attempts: number, failure: Failure | null, nowMs: number, random: number): number {
  if (failure?.retryAtMs !== undefined) return Math.max(failure.retryAtMs, nowMs + secondMs)
  const waitMs = Math.min(2 ** attempts * secondMs, 5 * minuteMs)
  return nowMs + Math.round(waitMs * (0.9 + 0.2 * random))
}

/** When an attempt that begins now is made again, should nothing be heard of it. */
export function unsettledUntil(attempts: number, nowMs: number, random: number): number {
  return Math.min(nextAttemptAt(attempts, null, nowMs, random), nowMs + longestUnsettledMs)
}

/** When to ask what became of a message that was accepted, after so long. */
const confirmAfterMs = [2 * secondMs, 10 * secondMs, minuteMs, 5 * minuteMs, 20 * minuteMs, hourMs, 2 * hourMs]

/** Null: it was asked often enough; whether it arrived stays unknown. */
export function nextConfirmAt(sentAtMs: number, nowMs: number): number | null {
  const next = confirmAfterMs.find((afterMs) => sentAtMs + afterMs > nowMs)
  return next === undefined ? null : sentAtMs + next
}
