import { parseNanos } from '../../../shared/money.ts'

/**
 * A first limit per day: twice a usual day, rounded up to a figure people would choose, and never below 10. Twice,
 * because the first budget should be quiet on a busy day and loud on a leak. Null where no history tells.
 */
export function suggestedDailyLimit(spentInPeriod: string | null, days: number): string | null {
  const nanos = spentInPeriod === null ? null : parseNanos(spentInPeriod)
  if (nanos === null || nanos <= 0n || days <= 0) return null
  const twice = (Number(nanos) / 1e9 / days) * 2
  return String(Math.max(10, roundUp(twice)))
}

/** 37 -> 40, 124 -> 150, 1310 -> 1500: up to the next 1, 1.5, 2, 2.5, 3, 4 ... times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value) ?? 10
  return Math.round(step * power)
}
