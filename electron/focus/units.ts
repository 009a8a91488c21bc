import { lookUp } from '../../shared/look-up.ts'

/** Units of the meters in electron/prices/usage.ts, as FOCUS writes them: plural, capitalized. */
const units: Record<string, string> = {
  image: 'Images',
  character: 'Characters',
  second: 'Seconds',
  'web-search': 'Requests',
  'file-search': 'Requests',
  'code-session': 'Sessions',
  'storage-byte': 'Bytes',
}
const tokenMeters: ReadonlySet<string> = new Set([
  'input',
  'cached-input',
  'cache-write',
  'cache-write-1h',
  'output',
  'audio-input',
  'cached-audio-input',
  'audio-output',
  'image-input',
  'cached-image-input',
  'image-output',
  'moderation',
])

export function isTokenMeter(lineItem: string | null): lineItem is string {
  return lineItem !== null && tokenMeters.has(lineItem)
}

/** The unit of a quantity; "Units" where nobody said what was counted. */
export function unitOf(lineItem: string | null): string {
  if (lineItem === null) return 'Units'
  return isTokenMeter(lineItem) ? 'Tokens' : (lookUp(units, lineItem) ?? 'Units')
}

/** A quantity as FOCUS wants numbers: no plus sign, no separators, `E` for the exponent of the very small. */
export function quantityText(quantity: number): string {
  if (Math.abs(quantity) >= 1e21) return BigInt(quantity).toString()
  return String(quantity).replace('e', 'E')
}
