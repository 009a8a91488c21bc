import { plural, t } from '@lingui/core/macro'
import { sumKnown, type StepTotal } from '../../charts/bands.ts'
import { changeText } from '../../words/figures.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { ShownRange } from './time-range.ts'

interface ComparisonProps {
  totals: readonly StepTotal[]
  earlier: readonly StepTotal[]
  currency: string
  shown: ShownRange
}

/** The total against the period before; silent where a step of either is unknown, for it would mislead. */
export function Comparison({ totals, earlier, currency, shown }: ComparisonProps) {
  const sum = sumKnown(totals.map(({ amount }) => amount))
  const isKnown = earlier.length > 0 && [...totals, ...earlier].every(({ plane }) => plane !== null)
  const before = isKnown ? sumKnown(earlier.map(({ amount }) => amount)) : null
  const change = changeText(sum, before, shown.before.label)
  const unknown = totals.filter(({ plane }) => plane === null).length
  return (
    <p className="comparison">
      <strong className="number">
        {unknown > 0 ? t`At least ${formatMoney(sum, currency)}` : formatMoney(sum, currency)}
      </strong>{' '}
      <span className="quiet">
        {change}
        {unknown > 0 && unknownText(unknown, shown.step)}
      </span>
    </p>
  )
}

export function unknownText(count: number, step: ShownRange['step']): string {
  return {
    hour: plural(count, { one: '# hour unknown', other: '# hours unknown' }),
    day: plural(count, { one: '# day unknown', other: '# days unknown' }),
    month: plural(count, { one: '# month unknown', other: '# months unknown' }),
  }[step]
}
