import { Amount } from '../../components/Amount.tsx'
import { otherKey, type Band } from '../../charts/bands.ts'
import type { PlannedRun } from '../../charts/plans.ts'
import { planText } from '../../words.ts'
import type { History } from '../../../shared/spend.ts'

/** Which colour is what and how much it is, and what solid, hatched and gap mean; only what the chart really shows. */
export function ChartKey({
  bands,
  planes,
  planned,
  currency,
}: {
  bands: readonly Band[]
  planes: History['planes']
  planned: readonly PlannedRun[]
  currency: string
}) {
  return (
    <div className="chart-key">
      <ul className="chart-bands">
        {bands.map((band, index) => (
          <li key={band.key}>
            <span
              className={`swatch ${band.key === otherKey ? 'swatch-other' : `swatch-${index + 1}`}`}
              aria-hidden="true"
            />
            <span className="cut">{band.label}</span>
            <Amount amount={band.total} currency={currency} />
          </li>
        ))}
      </ul>
      <ul className="chart-planes quiet small">
        {planes.includes('billed') && (
          <li>
            <span className="plane plane-billed" aria-hidden="true" /> billed
          </li>
        )}
        {(planes.includes('estimate') || planes.includes('mixed')) && (
          <li>
            <span className="plane plane-estimate" aria-hidden="true" /> estimate, not yet billed
          </li>
        )}
        {planes.includes(null) && (
          <li>
            <span className="plane plane-unknown" aria-hidden="true" /> unknown
          </li>
        )}
        {planned.map(({ plan }) => (
          <li key={plan.id}>
            <span className="plane plane-planned" aria-hidden="true" />
            <span className="cut">{planText(plan)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
