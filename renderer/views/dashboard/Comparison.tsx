import { sumKnown, type StepTotal } from '../../charts/bands.ts'
import { changeText } from '../../words.ts'
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
  const change = changeText(sum, isKnown ? sumKnown(earlier.map(({ amount }) => amount)) : null)
  const unknown = totals.filter(({ plane }) => plane === null).length
  return (
    <p className="comparison">
      <strong className="number">
        {unknown > 0 && 'At least '}
        {formatMoney(sum, currency)}
      </strong>{' '}
      <span className="quiet">
        {change && `${change} ${shown.before.label}`}
        {unknown > 0 && `${unknown} ${unknown === 1 ? shown.step : `${shown.step}s`} unknown`}
      </span>
    </p>
  )
}
