import type { TimeRange } from '../../shared/time.ts'

/** A day of a plan, and up to how much may be spent on it. */
export interface PlannedDay extends TimeRange {
  limitNanos: bigint
}

/**
 * The part of what was spent in a range that had been announced. Each day has its amount, and what is spent first uses
 * it up: a launch may take the whole of it within an hour.
 */
export function plannedIn(
  range: TimeRange,
  days: readonly PlannedDay[],
  spentIn: (range: TimeRange) => bigint,
): bigint {
  let planned = 0n
  for (const day of days) {
    const fromMs = Math.max(day.fromMs, range.fromMs)
    const toMs = Math.min(day.toMs, range.toMs)
    if (fromMs >= toMs) continue
    const before = fromMs > day.fromMs ? spentIn({ fromMs: day.fromMs, toMs: fromMs }) : 0n
    planned += least(spentIn({ fromMs, toMs }), day.limitNanos - before)
  }
  return planned
}

/**
 * What is left of its day's amount when a slot begins; 0 outside the plan. `spent` is by start of slot. Months of slots may
 * be asked for, so each day is summed up by itself.
 */
export function allowancesOf(
  days: readonly PlannedDay[],
  spent: ReadonlyMap<number, bigint>,
): (slotMs: number) => bigint {
  const planned = days.map((day) => ({
    ...day,
    slots: [...spent].filter(([startMs]) => startMs >= day.fromMs && startMs < day.toMs),
  }))
  return (slotMs) => {
    const day = planned.find(({ fromMs, toMs }) => slotMs >= fromMs && slotMs < toMs)
    if (!day) return 0n
    const before = day.slots.reduce((sum, [startMs, nanos]) => (startMs < slotMs ? sum + nanos : sum), 0n)
    return least(day.limitNanos, day.limitNanos - before)
  }
}

/** Never below nothing: credits and overspending leave no debt. */
function least(a: bigint, b: bigint): bigint {
  const smaller = a < b ? a : b
  return smaller > 0n ? smaller : 0n
}
