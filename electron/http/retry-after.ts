/** `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3), as an instant; null when absent or unreadable. */
export function retryAfterAt(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return nowMs + Math.ceil(Number(text) * 1_000)
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(date, nowMs)
}
