import { FailureNote, GoodNote, WarningNote } from './Notes.tsx'
import { formatMoney } from '../../shared/money.ts'
import type { Trial, TriedRow, TriedSource } from '../../shared/trials.ts'

/** What was understood of an account before it is added: the newest rows of each source, their sum, and doubts. */
export function TrialNote({ trial }: { trial: Trial }) {
  return (
    <>
      {trial.sources.map((source) => (
        <TriedSourceNote key={source.id} source={source} />
      ))}
      {trial.balances?.failure && <FailureNote failure={trial.balances.failure} />}
      {trial.balances?.left.map(({ currency, amount }) => (
        <GoodNote key={currency} title={`${amount} ${currency} of prepaid money are left`} />
      ))}
    </>
  )
}

function TriedSourceNote({ source }: { source: TriedSource }) {
  const { id, failure, warnings } = source
  if (failure) return <FailureNote failure={{ ...failure, message: `${id}: ${failure.message}` }} />
  return (
    <>
      <GoodNote title={`This was understood of ${id}`}>
        <p>{summary(source)}</p>
        {source.rows.length > 0 && <Rows source={source} />}
      </GoodNote>
      {warnings.length > 0 && (
        <WarningNote title="Look twice">
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </WarningNote>
      )}
    </>
  )
}

function summary({ count, from, sums, plane }: TriedSource): string {
  const rows = `${count} ${count === 1 ? 'row' : 'rows'} of ${plane === 'billed' ? 'the bill' : 'usage'} since ${dayOf(from)}`
  const sum = sums.map(({ currency, amount }) => formatMoney(amount, currency)).join(' and ')
  return sum ? `${rows}, ${sum} together. Compare that with what the vendor shows.` : `${rows}.`
}

const columns = [
  ['Model', 'model'],
  ['Project', 'project'],
  ['Key', 'apiKey'],
  ['Line item', 'lineItem'],
  ['Tier', 'tier'],
] as const satisfies [string, keyof TriedRow][]

/** Columns that say nothing are left out. */
function Rows({ source: { id, rows, width } }: { source: TriedSource }) {
  const shown = columns.filter(([, field]) => rows.some((row) => row[field] !== null))
  return (
    // Labels may be long: the keyboard must be able to scroll to them.
    <div className="sources-scroll" role="region" aria-label={`Rows of ${id}`} tabIndex={0}>
      <table className="sources">
        <caption className="unseen">The newest rows of {id}</caption>
        <thead>
          <tr>
            <th scope="col">{width === 'day' ? 'Day (UTC)' : 'Since (UTC)'}</th>
            <th scope="col">Amount</th>
            {shown.map(([title]) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>
                {row.at === null ? 'now' : width === 'day' ? dayOf(row.at) : row.at.slice(0, 16).replace('T', ' ')}
              </td>
              <td>{amountText(row)}</td>
              {shown.map(([title, field]) => (
                <td key={title}>{row[field] ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Every digit that was read: rounded, a wrong unit would be hard to see. */
function amountText({ at, amount, currency }: TriedRow): string {
  return at === null && amount.startsWith('-') ? `${amount.slice(1)} ${currency} left` : `${amount} ${currency}`
}

function dayOf(at: string): string {
  return at.slice(0, 10)
}
