import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import type { RateReading } from '../storage/rates.ts'

/** The ECB publishes about 16:00 in Frankfurt: half an hour later it is 15:30 UTC in winter, earlier in summer. */
const publishedMs = 15 * hourMs + 30 * minuteMs
const retryMs = hourMs

/** Once after each publication, and once an hour while that fails. A clock that was set back voids what was noted. */
export function areRatesDue(reading: RateReading | null, nowMs: number): boolean {
  if (!reading || reading.triedAtMs > nowMs) return true
  const lastMs = floorTo(nowMs - publishedMs, dayMs) + publishedMs
  if (reading.readAtMs !== null && reading.readAtMs >= lastMs) return false
  return reading.failure === null || nowMs - reading.triedAtMs >= retryMs
}
