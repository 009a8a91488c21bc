import { useState } from 'react'
import { Amount } from '../../components/Amount.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { Meter } from '../../components/Meter.tsx'
import { Empty } from '../../components/Notes.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { compareAmounts } from '../../charts/bands.ts'
import { useCall } from '../../hooks/use-call.ts'
import { groupWords, percentText, spendKind, spendKindWords } from '../../words.ts'
import type { Report } from '../../../shared/spend.ts'

const shownAtFirst = 8
const choices = (['model', 'project', 'key'] as const).map((value) => ({ value, label: groupWords[value] }))

/** Who spent it: a table by model, project or key over the dashboard's time range. */
export function Breakdown({ from, to, zone, days }: { from: string; to: string; zone: string; days: number }) {
  const [by, setBy] = useState<'model' | 'project' | 'key'>('model')
  const answer = useCall('spend:report', { from, to, by, zone })
  return (
    <Card
      title="Where it went"
      flush
      aside={<Segmented label="Break down by" value={by} choices={choices} onChange={setBy} />}
    >
      <Answered answer={answer} waiting={<Skeleton size="row" count={shownAtFirst} />}>
        {(report) => <BreakdownTable report={report} days={days} />}
      </Answered>
    </Card>
  )
}

function BreakdownTable({ report, days }: { report: Report; days: number }) {
  const [all, setAll] = useState(false)
  const rows = [...report.rows].sort((a, b) => compareAmounts(b.effective, a.effective))
  if (rows.length === 0) return <Empty title="Nothing to break down yet" />
  const totals = new Map(report.total.map((total) => [total.currency, Number(total.effective ?? 0)]))
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  return (
    <>
      <table className="table table-roomy">
        <thead>
          <tr>
            <th scope="col">{groupWords[report.by as 'model']}</th>
            <th scope="col" className="right">
              {days} days
            </th>
            <th scope="col" className="right">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const total = totals.get(row.currency) ?? 0
            const share = row.effective === null || total === 0 ? null : Number(row.effective) / total
            return (
              <tr key={`${row.key} ${row.currency}`}>
                <th scope="row">
                  <span className="cut" title={row.label}>
                    {row.label}
                  </span>
                  <Meter share={share} tone="plain" />
                </th>
                <td className="right">
                  <Amount amount={row.effective} currency={row.currency} />
                  <div className="quiet small">{spendKindWords[spendKind(row)]}</div>
                </td>
                <td className="right number">{share === null ? 'unknown' : percentText(share)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {rows.length > shownAtFirst && (
        <div className="table-more">
          <button type="button" className="link-button" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Show fewer' : `Show all ${rows.length}`}
          </button>
        </div>
      )}
    </>
  )
}
