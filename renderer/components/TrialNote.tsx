import { plural, t } from '@lingui/core/macro'
import { FailureNote, GoodNote, WarningNote } from './Notes.tsx'
import { formatMoney } from '../../shared/money.ts'
import type { Trial, TriedRow, TriedSource } from '../../shared/trials.ts'
import { listInWords } from '../../shared/words.ts'

/** What was understood of an account before it is added: the newest rows of each source, their sum, and doubts. */
export function TrialNote({ trial }: { trial: Trial }) {
  return (
    <>
      {trial.sources.map((source) => (
        <TriedSourceNote key={source.id} source={source} />
      ))}
      {trial.balances?.failure && <FailureNote failure={trial.balances.failure} />}
      {trial.balances?.left.map(({ currency, amount }) => (
        <GoodNote key={currency} title={t`${amount} ${currency} of prepaid money are left`} />
      ))}
    </>
  )
}

function TriedSourceNote({ source }: { source: TriedSource }) {
  const { id, failure, warnings } = source
  if (failure) return <FailureNote failure={{ ...failure, message: `${id}: ${failure.message}` }} />
  return (
    <>
      <GoodNote title={t`This was understood of ${id}`}>
        <p>{summary(source)}</p>
        {source.rows.length > 0 && <Rows source={source} />}
      </GoodNote>
      {warnings.length > 0 && (
        <WarningNote title={t`Look twice`}>
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
  const since = dayOf(from)
  const rows =
    plane === 'billed'
      ? plural(count, { one: `# row of the bill since ${since}`, other: `# rows of the bill since ${since}` })
      : plural(count, { one: `# row of usage since ${since}`, other: `# rows of usage since ${since}` })
  const sum = listInWords(sums.map(({ currency, amount }) => formatMoney(amount, currency)))
  return sum ? t`${rows}, ${sum} together. Compare that with what the vendor shows.` : `${rows}.`
}

const columns = [
  [t`Model`, 'model'],
  [t`Project`, 'project'],
  [t`Key`, 'apiKey'],
  [t`Line item`, 'lineItem'],
  [t`Tier`, 'tier'],
] as const satisfies [string, keyof TriedRow][]

/** Columns that say nothing are left out. */
function Rows({ source: { id, rows, width } }: { source: TriedSource }) {
  const shown = columns.filter(([, field]) => rows.some((row) => row[field] !== null))
  return (
    // Labels may be long: the keyboard must be able to scroll to them.
    <div className="sources-scroll" role="region" aria-label={t`Rows of ${id}`} tabIndex={0}>
      <table className="sources">
        <caption className="unseen">{t`The newest rows of ${id}`}</caption>
        <thead>
          <tr>
            <th scope="col">{width === 'day' ? t`Day (UTC)` : t`Since (UTC)`}</th>
            <th scope="col">{t`Amount`}</th>
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
                {row.at === null ? t`now` : width === 'day' ? dayOf(row.at) : row.at.slice(0, 16).replace('T', ' ')}
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
  return at === null && amount.startsWith('-') ? t`${amount.slice(1)} ${currency} left` : `${amount} ${currency}`
}

function dayOf(at: string): string {
  return at.slice(0, 10)
}
