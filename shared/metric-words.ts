import type { GuardMetrics, Spread } from './guard-metrics.ts'
import { formatMoney } from './money.ts'
import { figureInWords, i18n, percentInWords } from './words.ts'

/** Numbers about the guard in words; what is not known is said, not drawn as 0. */

export function durationText(seconds: number | null): string {
  if (seconds === null) return i18n.t('unknown')
  if (seconds < 1) return i18n.t('under 1 s')
  const of = (unit: number) => figureInWords(Math.round((seconds / unit) * 10) / 10)
  if (seconds >= 2 * 86_400) return i18n.t('{count} days', { count: of(86_400) })
  if (seconds >= 7_200) return i18n.t('{count} h', { count: of(3_600) })
  return seconds >= 120 ? i18n.t('{count} min', { count: of(60) }) : i18n.t('{count} s', { count: of(1) })
}

export function rateText(rate: number | null): string {
  return rate === null ? i18n.t('unknown') : percentInWords(rate, 1)
}

/** `45 s (half of 12; 90% within 2 min)`. */
export function spreadText({ p50, p90, count }: Spread): string {
  if (count === 0) return i18n.t('unknown')
  return i18n.t('{half} (half of {count}; 90% within {most})', {
    half: durationText(p50),
    count,
    most: durationText(p90),
  })
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
