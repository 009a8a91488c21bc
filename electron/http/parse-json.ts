import { isSafeNumber, parse } from 'lossless-json'

/** A number of sixteen or more digits, which a double may not hold; also found inside strings, which costs time only. */
const longNumber = /[:,[]\s*-?[\d.]{16}/

/**
 * JSON whose numbers lose nothing: one that a double cannot hold exactly stays the decimal text it was. Money parsed
 * from it is exact whether the provider sends a number or a string. Fifteen digits survive a double both ways, so most
 * answers take the engine's own parser, which is twenty times as fast.
 */
export function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text)
  return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits))
}
