import type { GuardMetrics, Spread } from './guard-metrics.ts'
import { formatMoney } from './money.ts'

/** Numbers about the guard in words; what is not known is said, not drawn as 0. */

export function durationText(seconds: number | null): string {
  if (seconds === null) return 'unknown'
  if (seconds < 1) return 'under 1 s'
  const [unit, name] =
    seconds >= 2 * 86_400 ? [86_400, 'days'] : seconds >= 7_200 ? [3_600, 'h'] : seconds >= 120 ? [60, 'min'] : [1, 's']
  return `${Number((seconds / Number(unit)).toFixed(1))} ${name}`
}

export function rateText(rate: number | null): string {
  return rate === null ? 'unknown' : `${Number((rate * 100).toFixed(1))}%`
}

/** `45 s (half of 12; 90% within 2 min)`. */
export function spreadText({ p50, p90, count }: Spread): string {
  return count === 0 ? 'unknown' : `${durationText(p50)} (half of ${count}; 90% within ${durationText(p90)})`
}

export function sumsText(sums: GuardMetrics['prevented']['measured'], none: string): string {
  return sums.length === 0 ? none : sums.map(({ amount, currency }) => formatMoney(amount, currency)).join(' + ')
}

/** What was measured, and for how many alerts it could not be. */
export function measuredText({ measured, alerts, undecided }: GuardMetrics['prevented']): string {
  const later = undecided === 0 ? '' : `; ${undecided} cannot be said yet`
  return alerts === 0 ? `unknown${later}` : `${sumsText(measured, 'nothing')} (${alerts} acknowledged${later})`
}

export function falseText({ falseRate, counts, unjudged }: GuardMetrics['verdicts']): string {
  const judged = counts.real + counts.false + counts.expected
  return `${rateText(falseRate)} (${counts.false} of ${judged} judged; ${unjudged} not judged)`
}
