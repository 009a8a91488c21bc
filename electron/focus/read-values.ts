import { parseNanos } from '../../shared/money.ts'

/**
 * `parseNanos` for the amounts that come by the million: short plain decimals, whose digits fit an ordinary number
 * exactly. All others take the long way.
 */
export function readNanos(text: string): bigint | null {
  if (text.length === 0 || text.length > 16) return parseNanos(text)
  const negative = text.charCodeAt(0) === minus
  let digits = 0
  let count = 0
  let scale = -1
  for (let at = negative ? 1 : 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === point && scale < 0) scale = 0
    else if (code < zero || code > nine) return parseNanos(text)
    else {
      digits = digits * 10 + (code - zero)
      count++
      if (scale >= 0) scale++
    }
  }
  const nanos = digits * (powers[9 - Math.max(scale, 0)] ?? Infinity)
  return count > 0 && Number.isSafeInteger(nanos) ? BigInt(negative ? -nanos : nanos) : parseNanos(text)
}

const minus = 45
const point = 46
const zero = 48
const nine = 57
const powers = Array.from({ length: 10 }, (_, exponent) => 10 ** exponent)

const instant = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d|[+-]\d\d)?)?$/

/**
 * An instant as FOCUS and the tools that write it give it: `2026-11-01T00:00:00Z`, also with a blank, a fraction of a
 * second (which is cut off), an offset, or as a day. Without an offset it is UTC. Null for everything else.
 */
export function readInstant(text: string): number | null {
  const match = instant.exec(text)
  if (!match) return null
  const [, day = '', time = '00:00', zone = 'Z'] = match
  const offset = zone === 'UTC' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone
  const ms = Date.parse(`${day}T${time}${offset}`)
  return Number.isNaN(ms) || !isCalendarDay(day) ? null : ms
}

/** `Date.parse` makes the 1st of March of the 30th of February. */
function isCalendarDay(day: string): boolean {
  const ms = Date.parse(day)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
