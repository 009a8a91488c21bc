import { t } from '@lingui/core/macro'
import { nanosToDecimal, parseSum } from '../../shared/money.ts'
import type { History } from '../../shared/spend.ts'

/** One colour of the stack. `amounts` runs parallel to the history's steps; null is unknown. */
export interface Band {
  key: string
  label: string
  amounts: (string | null)[]
  total: string | null
}

export const otherKey = t`(other)`

/** The bands of one currency, largest first; what does not fit the palette is one band "Other". */
export function bandsOf(history: History, currency: string, most = 7): Band[] {
  const bands = history.series
    .filter((series) => series.currency === currency)
    .map(({ key, label, effective }) => ({ key, label, amounts: effective, total: sumKnown(effective) }))
    .sort((a, b) => compareAmounts(b.total, a.total))
  if (bands.length <= most) return bands
  const rest = bands.slice(most - 1)
  const amounts = history.steps.map((_, step) => sumKnown(rest.map((band) => band.amounts[step] ?? null)))
  return [
    ...bands.slice(0, most - 1),
    { key: otherKey, label: t`Other (${rest.length})`, amounts, total: sumKnown(amounts) },
  ]
}

export interface StepTotal {
  step: string
  amount: string | null
  plane: History['planes'][number]
}

/** Which plane each step shows of one currency. */
export function planesOf({ planes, currencies }: History, currency: string): History['planes'] {
  return currencies.find((one) => one.currency === currency)?.planes ?? planes
}

export function stepTotals(history: History, currency: string): StepTotal[] {
  const series = history.series.filter((each) => each.currency === currency)
  const planes = planesOf(history, currency)
  return history.steps.map((step, index) => {
    const plane = planes[index] ?? null
    return { step, plane, amount: plane && sumKnown(series.map((each) => each.effective[index] ?? null)) }
  })
}

/** Exact sum of what is known; null when nothing is. */
export function sumKnown(amounts: readonly (string | null)[]): string | null {
  let sum: bigint | null = null
  for (const amount of amounts) {
    const nanos = amount === null ? null : parseSum(amount)
    if (nanos !== null) sum = (sum ?? 0n) + nanos
  }
  return sum === null ? null : nanosToDecimal(sum)
}

export function compareAmounts(a: string | null, b: string | null): number {
  return Number(a ?? -1) - Number(b ?? -1)
}

export function currenciesOf(history: History): string[] {
  return [...new Set(history.series.map(({ currency }) => currency))].sort()
}
