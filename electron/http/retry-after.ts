import { dayMs } from '../../shared/time.ts'

/** A guard that is told to look away for longer looks all the same. */
const longestMs = dayMs

/** `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3), as an instant; null when absent or unreadable. */
export function retryAfterAt(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return nowMs + Math.min(Math.ceil(Number(text) * 1_000), longestMs)
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.min(Math.max(date, nowMs), nowMs + longestMs)
}
