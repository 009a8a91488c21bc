import { isReached, type Threshold } from '../../shared/budgets.ts'
import type { Period } from '../../shared/time.ts'

/** Spend of one period, or of the 24 hours up to an instant. */
export interface PeriodSpend {
  startMs: number
  nanos: bigint
}

export interface ThresholdPreview {
  threshold: Threshold
  /** How often it would have been told. */
  times: number
  lastMs: number | null
}

/**
 * How often each threshold would have been told. A period tells once; a rolling window tells each time that it rises
 * over the line.
 */
export function previewThresholds(
  spends: readonly PeriodSpend[],
  thresholds: readonly Threshold[],
  limitNanos: bigint,
  isRolling: boolean,
): ThresholdPreview[] {
  return thresholds.map((threshold) => {
    const over = spends.map(({ nanos }) => isReached(nanos, threshold, limitNanos))
    const told = spends.filter((_, at) => over[at] && !(isRolling && over[at - 1]))
    return { threshold, times: told.length, lastMs: told.at(-1)?.startMs ?? null }
  })
}

const least: Record<Period, number> = { hour: 1, rolling24h: 10, day: 10, week: 50, month: 100 }

/** Below so many periods nothing can be said of what is usual. */
const fewest = 3

/** The middle period, and the one that nine of ten stay below; null where too few are known. */
export function usualSpend(spends: readonly PeriodSpend[]): { middleNanos: bigint; highNanos: bigint } | null {
  if (spends.length < fewest) return null
  const sorted = spends.map(({ nanos }) => nanos).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0n
  return { middleNanos: at(0.5), highNanos: at(0.9) }
}

/**
 * A limit that is quiet on a busy period and loud on a leak: twice the middle, at least a fifth over the high one,
 * rounded up to a figure people would choose, and never so low that one experiment passes it. In whole units of the
 * currency; null where nothing was spent.
 */
export function suggestLimit(
  { middleNanos, highNanos }: { middleNanos: bigint; highNanos: bigint },
  period: Period,
): number | null {
  const wanted = Math.max(Number(middleNanos) * 2, Number(highNanos) * 1.2) / 1e9
  if (wanted <= 0) return null
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= wanted * (1 - 1e-9)) ?? 10
  return Math.max(least[period], Math.round(step * power * 100) / 100)
}
