import { shareOf } from '../../shared/money.ts'
import { ceilTo, dayMs, floorTo, type TimeRange } from '../../shared/time.ts'

/**
 * Puts a charge on the UTC days of its period, in proportion to the time of each, so that a month's charge lies evenly
 * on the month. Rounded at the midnights, so that the shares add up to the amount, to the nano.
 */
export function spread(
  nanos: bigint,
  { fromMs, toMs }: TimeRange,
  put: (dayStartMs: number, nanos: bigint) => void,
): void {
  const firstDay = floorTo(fromMs, dayMs)
  if (toMs <= firstDay + dayMs) return put(firstDay, nanos)
  const whole = BigInt(toMs - fromMs)
  let before = 0n
  for (let day = firstDay; day < toMs; day += dayMs) {
    const upTo = shareOf(nanos, BigInt(Math.min(day + dayMs, toMs) - fromMs), whole)
    put(day, upTo - before)
    before = upTo
  }
}

/**
 * The time to which a charge belongs: its period, as far as that lies in the period it is billed for. A year that is paid
 * in January is January's money. A charge from outside, as a correction is, stays where it was.
 */
export function timeOfCharge(charge: TimeRange, billing: TimeRange, isCorrection: boolean): TimeRange {
  const inside = { fromMs: Math.max(charge.fromMs, billing.fromMs), toMs: Math.min(charge.toMs, billing.toMs) }
  return isCorrection || inside.fromMs >= inside.toMs ? charge : inside
}

export function daysOf({ fromMs, toMs }: TimeRange): number {
  return (Math.max(ceilTo(toMs, dayMs), fromMs + 1) - floorTo(fromMs, dayMs)) / dayMs
}
