/** `digits / 10^scale`, exactly. */
export interface Decimal {
  digits: bigint
  scale: number
}

/**
 * Amounts have been seen with some 30 decimals and zero as `0E-6176`. Beyond this, text is not an amount but an attempt
 * to make us build a number of gigabytes.
 */
const longestText = 400
const largestExponent = 400

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/

/** Reads decimal text exactly; null for everything else: NaN, Infinity, hex, blanks, the empty text. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > longestText) return null
  const match = shape.exec(text)
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match
  if (whole === '' && fraction === '') return null
  const magnitude = BigInt(whole + fraction)
  if (magnitude === 0n) return { digits: 0n, scale: 0 }
  const digits = sign === '-' ? -magnitude : magnitude
  const scale = fraction.length - Number(exponentText)
  if (Math.abs(scale) > largestExponent + longestText) return null
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** Integer division that rounds to the nearest, ties to the even neighbour. `denominator` is positive. */
export function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const rest = numerator % denominator
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice < denominator || (twice === denominator && quotient % 2n === 0n)) return quotient
  return quotient + (numerator < 0n ? -1n : 1n)
}

/**
 * `quantity x rate` in nanos, rounded once, half-even. Both are decimal text.
 * @throws RangeError when either is not a decimal number: callers have parsed them before.
 */
export function multiplyToNanos(quantity: string, rate: string): bigint {
  const a = parseDecimal(quantity)
  const b = parseDecimal(rate)
  if (!a || !b) throw new RangeError('not a decimal number')
  return roundHalfEven(a.digits * b.digits * 1_000_000_000n, 10n ** BigInt(a.scale + b.scale))
}
