import { t } from '@lingui/core/macro'
import { useMemo, useState } from 'react'
import { hrefOf } from '../../address.ts'
import type { StepTotal } from '../../charts/bands.ts'
import type { Mark } from '../../charts/marks.ts'
import { sortRows, type Sheet, type SheetOrder } from '../../charts/sheet.ts'
import type { StackContent } from '../../charts/stack.ts'
import { spansDays, stepText } from '../../charts/step-text.ts'
import { Amount } from '../../components/Amount.tsx'
import { SheetMenu } from '../../components/SheetMenu.tsx'
import { SortHeader } from '../../components/SortHeader.tsx'
import { into, type DashboardQuery } from '../../dashboard-query.ts'
import { useKept } from '../../hooks/use-kept.ts'
import { ruleWords, severityWords } from '../../words/names.ts'
import { spendKindWords } from '../../words/spend-kind.ts'
import { daysOfStep, type ShownRange } from './time-range.ts'

interface StepTableProps {
  rows: readonly (StepTotal & { before: string | null })[]
  content: StackContent
  marks: readonly Mark[]
  query: DashboardQuery
  shown: ShownRange
}

const stepTitles = { hour: t`Hour`, day: t`Day`, month: t`Month` } as const
/** Columns before those of the groups: the step, its spend, the period before, the kind. */
const fixed = 4
const beforeColumn = 2

const numbersBy: Record<ShownRange['step'], string> = {
  hour: t`Numbers by hour`,
  day: t`Numbers by day`,
  month: t`Numbers by month`,
}

/** The chart as text, newest first until sorted otherwise; each day leads to its hours. */
export function StepTable({ rows, content, marks, query, shown }: StepTableProps) {
  const [isShut, setShut] = useKept<boolean>('numbers of the chart are shut')
  const [order, setOrder] = useState<SheetOrder>({ column: 0, isDown: true })
  const { bands, currency, steps, zone } = content
  const title = numbersBy[shown.step]
  const sheet = useMemo(
    (): Sheet & { rows: (Sheet['rows'][number] & { index: number })[] } => ({
      columns: [
        stepTitles[shown.step],
        t`Spend (${currency})`,
        t`Before (${currency})`,
        t`Kind`,
        ...bands.map(({ label }) => label),
      ],
      rows: rows.map(({ step, amount, before, plane }, index) => ({
        key: step,
        index,
        cells: [
          step,
          amount,
          before,
          plane === null ? t`unknown` : spendKindWords[plane],
          ...bands.map(({ amounts }) => (plane === null ? null : (amounts[index] ?? null))),
        ],
      })),
    }),
    [rows, bands, currency, shown.step],
  )
  const sorted = useMemo(() => sortRows(sheet.rows, order), [sheet, order])
  const withDay = spansDays(steps, zone)
  const alertsOf = new Map(marks.map(({ index, alerts }) => [index, alerts]))
  const head = (label: string, column: number) => (
    <SortHeader
      // Two groups may have one name.
      key={column}
      label={label}
      column={column}
      order={order}
      onSort={setOrder}
      isNumber={column !== 0 && column !== fixed - 1}
    />
  )
  const money = (amount: string | null, column: number) => (
    <td key={column} className={column === beforeColumn ? 'right quiet' : 'right'}>
      <Amount amount={amount} currency={currency} />
    </td>
  )
  return (
    <details className="step-table" open={!isShut} onToggle={(event) => setShut(!event.currentTarget.open)}>
      <summary>{title}</summary>
      <div className="table-tools">
        <SheetMenu sheet={sheet} fileName={`spend-by-${shown.step}`} label={title} />
      </div>
      <div className="step-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="table">
          <thead>
            <tr>
              {sheet.columns.slice(0, fixed).map(head)}
              {alertsOf.size > 0 && <th scope="col">{t`Alerts`}</th>}
              {sheet.columns.slice(fixed).map((label, nth) => head(label, fixed + nth))}
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ key, cells, index }) => (
              <tr key={key}>
                <th scope="row">
                  <StepName step={key} text={stepText(key, zone, withDay)} query={query} />
                </th>
                {cells.slice(1, fixed - 1).map((amount, nth) => money(amount, 1 + nth))}
                <td className="quiet">{cells[fixed - 1]}</td>
                {alertsOf.size > 0 && (
                  <td>
                    <StepAlerts alerts={alertsOf.get(index) ?? []} />
                  </td>
                )}
                {cells.slice(fixed).map((amount, nth) => money(amount, fixed + nth))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function StepName({ step, text, query }: { step: string; text: string; query: DashboardQuery }) {
  const days = daysOfStep(step)
  if (!days) return <>{text}</>
  return (
    <a className="scope-link" href={hrefOf({ view: 'dashboard', query: into(query, days) })}>
      {text}
    </a>
  )
}

function StepAlerts({ alerts }: { alerts: Mark['alerts'] }) {
  if (alerts.length === 0) return null
  return (
    <ul className="step-alerts">
      {alerts.map((alert) => (
        <li key={alert.id}>
          <a href={hrefOf({ view: 'alert', id: alert.id })} title={alert.summary}>
            {ruleWords[alert.rule]}
            <span className="unseen">
              {' '}
              ({severityWords[alert.severity]}): {alert.summary}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
