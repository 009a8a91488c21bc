import { Amount } from '../../components/Amount.tsx'
import type { StepTotal } from '../../charts/bands.ts'
import { dayText } from '../../words.ts'

/** The chart as text. Newest first; closed until wanted, yet always there for people who cannot see the picture. */
export function StepTable({ totals, currency }: { totals: readonly StepTotal[]; currency: string }) {
  return (
    <details className="step-table">
      <summary>Numbers by day</summary>
      <div className="step-scroll" tabIndex={0} role="region" aria-label="Numbers by day">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className="right">
                Spend
              </th>
              <th scope="col">Kind</th>
            </tr>
          </thead>
          <tbody>
            {[...totals].reverse().map(({ step, amount, plane }) => (
              <tr key={step}>
                <th scope="row">{dayText(step)}</th>
                <td className="right">
                  <Amount amount={amount} currency={currency} />
                </td>
                <td className="quiet">{plane === 'mixed' ? 'part estimate' : (plane ?? 'unknown')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
