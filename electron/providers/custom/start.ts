import { dayMs, floorTo, secondMs } from '../../../shared/time.ts'
import { widths, type Width } from '../adapter.ts'

const date = /^(\d{4})-?(\d{2})-?(\d{2})$/
const instant = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i

/**
 * The start of the bucket that a date or time belongs to; null for what is none. A number is a date (20261122), seconds
 * or milliseconds by its length, which no two of them share between 2001 and 2286. Without a zone it is UTC. A day is the
 * UTC day of the same date, whatever its zone.
 */
export function parseStart(value: unknown, width: Width): number | null {
  const ms =
    typeof value === 'number' ? fromDigits(String(value)) : typeof value === 'string' ? fromText(value, width) : null
  return ms === null ? null : floorTo(ms, widths[width])
}

function fromText(text: string, width: Width): number | null {
  if (date.test(text)) return fromDate(text)
  const [, day = '', time = '', zone = 'Z'] = instant.exec(text) ?? []
  if (day === '') return fromDigits(text)
  if (width === 'day') return fromDate(day)
  const ms = Date.parse(`${day}T${time}${/^[+-]/.test(zone) ? zone.replace(/^(...)(\d\d)$/, '$1:$2') : 'Z'}`)
  return Number.isNaN(ms) || fromDate(day) === null ? null : ms
}

function fromDigits(digits: string): number | null {
  if (/^(19|20)\d{6}$/.test(digits)) return fromDate(digits)
  if (/^\d{9,10}(\.\d+)?$/.test(digits)) return Number(digits) * secondMs
  return /^\d{12,13}$/.test(digits) ? Number(digits) : null
}

/** A day that is in no calendar is none. */
function fromDate(text: string): number | null {
  const [, year, month, day] = date.exec(text) ?? []
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const known = new Date(ms)
  return known.getUTCMonth() === Number(month) - 1 && known.getUTCDate() === Number(day) ? floorTo(ms, dayMs) : null
}
