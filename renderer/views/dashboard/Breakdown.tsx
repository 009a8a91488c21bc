import { t } from '@lingui/core/macro'
import { useMemo, useState } from 'react'
import { compareAmounts } from '../../charts/bands.ts'
import { sortRows, type Sheet, type SheetOrder } from '../../charts/sheet.ts'
import { Amount } from '../../components/Amount.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { Meter } from '../../components/Meter.tsx'
import { Empty } from '../../components/Notes.tsx'
import { SheetMenu } from '../../components/SheetMenu.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { SortHeader } from '../../components/SortHeader.tsx'
import type { DashboardQuery } from '../../dashboard-query.ts'
import { useCall } from '../../hooks/use-call.ts'
import { useNavigate } from '../../hooks/use-route.ts'
import { groupWords, groupWordsInside } from '../../words/names.ts'
import { percentText } from '../../words/figures.ts'
import { spendKind, spendKindWords } from '../../words/spend-kind.ts'
import type { Report } from '../../../shared/spend.ts'
import { ScopeLink } from './ChartKey.tsx'
import type { ShownRange } from './time-range.ts'
import { GroupField } from './GroupField.tsx'

const shownAtFirst = 8

/** Who spent it: a table over the time and the filters of the dashboard. Each row leads to that spend alone. */
export function Breakdown({ query, shown, zone }: { query: DashboardQuery; shown: ShownRange; zone: string }) {
  const { go } = useNavigate()
  const answer = useCall(
    'spend:report',
    { from: shown.from, to: shown.to, by: query.split, zone, scopes: [...query.scopes] },
    { keepsOld: true },
  )
  return (
    <Card
      title={t`Where it went`}
      flush
      aside={
        <GroupField value={query.split} onChange={(split) => go({ view: 'dashboard', query: { ...query, split } })} />
      }
    >
      <Answered answer={answer} waiting={<Skeleton size="row" count={shownAtFirst} />}>
        {(report) => <BreakdownTable report={report} query={query} title={shown.label} />}
      </Answered>
    </Card>
  )
}

function BreakdownTable({ report, query, title }: { report: Report; query: DashboardQuery; title: string }) {
  const [all, setAll] = useState(false)
  const [order, setOrder] = useState<SheetOrder>({ column: 1, isDown: true })
  // The answer of the question before stands until the new one is there.
  const by = report.by as DashboardQuery['split']
  const table = useMemo(() => tableOf(report), [report])
  const rows = useMemo(() => sortRows(table.rows, order), [table, order])
  if (rows.length === 0) return <Empty title={t`Nothing to break down`} />
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  return (
    <>
      <div className="card-scroll">
        <table className="table table-roomy">
          <thead>
            <tr>
              <SortHeader label={groupWords[by]} column={0} order={order} onSort={setOrder} />
              <SortHeader label={title} column={1} order={order} onSort={setOrder} isNumber />
              <SortHeader label={t`Share`} column={2} order={order} onSort={setOrder} isNumber />
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, row, share }) => (
              <tr key={key}>
                <th scope="row">
                  <ScopeLink query={query} kind={by} name={row.key} label={row.label} />
                  <Meter share={share} tone="plain" />
                </th>
                <td className="right">
                  <Amount amount={row.effective} currency={row.currency} />
                  <div className="quiet small">{spendKindWords[spendKind(row)]}</div>
                </td>
                <td className="right number">{share === null ? t`unknown` : percentText(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="table-more">
        {rows.length > shownAtFirst && (
          <button type="button" className="link-button" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? t`Show fewer` : t`Show all ${rows.length}`}
          </button>
        )}
        <SheetMenu sheet={table} fileName={`spend-by-${by}`} label={t`spend by ${groupWordsInside[by]}`} />
      </div>
    </>
  )
}

/** Shares are of the currency of the row; currencies are never added. */
function tableOf(report: Report) {
  const totals = new Map(report.total.map((total) => [total.currency, Number(total.effective ?? 0)]))
  return {
    columns: [groupWords[report.by as 'model'], t`Spend`, t`Share`, t`Currency`, t`Kind`, t`Id`],
    rows: [...report.rows]
      .sort((a, b) => compareAmounts(b.effective, a.effective))
      .map((row) => {
        const total = totals.get(row.currency) ?? 0
        const share = row.effective === null || total === 0 ? null : Number(row.effective) / total
        const cells = [row.label, row.effective, share?.toFixed(4) ?? null, row.currency, spendKind(row), row.key]
        return { key: `${row.key} ${row.currency}`, row, share, cells }
      }),
  } satisfies Sheet
}
