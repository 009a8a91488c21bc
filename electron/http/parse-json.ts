import { isSafeNumber, parse } from 'lossless-json'

/**
 * JSON whose numbers lose nothing: one that a double cannot hold exactly stays the decimal text it was. Money parsed
 * from it is exact whether the provider sends a number or a string.
 */
export function parseJson(text: string): unknown {
  return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits))
}
