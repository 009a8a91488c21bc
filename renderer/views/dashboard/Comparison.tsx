import { sumKnown, stepTotals } from '../../charts/bands.ts'
import { useCall } from '../../hooks/use-call.ts'
import { changeText } from '../../words.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { History } from '../../../shared/spend.ts'
import { addDays } from '../../../shared/time.ts'

/** The total of the shown days against as many days before; silent where a day of either is unknown, for it would mislead. */
export function Comparison({ history, currency }: { history: History; currency: string }) {
  const { steps, zone } = history
  const first = steps[0] ?? ''
  const before = useCall('spend:history', {
    from: addDays(first, -steps.length),
    to: addDays(first, -1),
    by: 'provider',
    step: 'day',
    zone,
  }).value
  const sum = sumKnown(stepTotals(history, currency).map(({ amount }) => amount))
  const known =
    !history.planes.includes(null) &&
    before !== undefined &&
    before.steps.length === steps.length &&
    !before.planes.includes(null)
  const earlier = known ? sumKnown(stepTotals(before, currency).map(({ amount }) => amount)) : null
  const change = changeText(sum, earlier)
  return (
    <p className="comparison">
      <strong className="number">{formatMoney(sum, currency)}</strong>{' '}
      <span className="quiet">
        in {steps.length} days{change && `, ${change} the ${steps.length} days before`}
      </span>
    </p>
  )
}
