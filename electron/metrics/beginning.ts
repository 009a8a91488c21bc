import { minuteMs, type TimeRange } from '../../shared/time.ts'

/**
 * When fast spend began, to the minute. The rule of speed looks at a whole hour, so all it knows is that it began in it.
 * Spend at a steady pace has a tenth of its sum behind it after a tenth of its time; so the time since then is nine
 * tenths of it.
 */
export function beginningIn({ fromMs, toMs }: TimeRange, spentIn: (range: TimeRange) => bigint): number {
  const total = spentIn({ fromMs, toMs })
  if (total <= 0n) return fromMs
  let [beforeMs, afterMs] = [fromMs, toMs]
  while (afterMs - beforeMs > minuteMs) {
    const middleMs = Math.floor((beforeMs + afterMs) / 2)
    if (spentIn({ fromMs, toMs: middleMs }) * 10n < total) beforeMs = middleMs
    else afterMs = middleMs
  }
  return Math.max(fromMs, Math.round(afterMs - (toMs - afterMs) / 9))
}
