import { lazy, Suspense, useMemo, useState } from 'react'
import { ranges, stackings, type DashboardQuery, type RangeDays } from '../../address.ts'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { Empty } from '../../components/Notes.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { Comparison } from './Comparison.tsx'
import { ChartKey } from './ChartKey.tsx'
import { StepTable } from './StepTable.tsx'
import { bandsOf, currenciesOf, stepTotals, sumKnown } from '../../charts/bands.ts'
import { plannedRuns } from '../../charts/plans.ts'
import { useCall } from '../../hooks/use-call.ts'
import { useNavigate } from '../../hooks/use-route.ts'
import { groupWords } from '../../words.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Plan } from '../../../shared/plans.ts'
import type { History } from '../../../shared/spend.ts'

const StackChart = lazy(() => import('../../components/StackChart.tsx'))

interface SpendPanelProps {
  query: DashboardQuery
  from: string
  to: string
  zone: string
}

/** The daily stack with its numbers. Range and grouping live in the address, so that a view can be sent to somebody. */
export function SpendPanel({ query, from, to, zone }: SpendPanelProps) {
  const { replace } = useNavigate()
  const answer = useCall('spend:history', { from, to, by: query.by, step: 'day', zone })
  const go = (change: Partial<DashboardQuery>) => replace({ view: 'dashboard', query: { ...query, ...change } })
  return (
    <Card
      title="Spend by day"
      aside={
        <>
          <label className="inline-field">
            <span className="quiet small">Grouped by</span>
            <select
              className="input input-small"
              value={query.by}
              onChange={(event) => go({ by: stackings.find((each) => each === event.target.value) ?? 'provider' })}
            >
              {stackings.map((each) => (
                <option key={each} value={each}>
                  {groupWords[each].toLowerCase()}
                </option>
              ))}
            </select>
          </label>
          <Segmented
            label="Time range"
            value={String(query.days)}
            choices={ranges.map((days) => ({ value: String(days), label: `${days} days` }))}
            onChange={(days) => go({ days: Number(days) as RangeDays })}
          />
        </>
      }
    >
      <Answered answer={answer} waiting={<ChartWaiting />}>
        {(history) => <SpendStack history={history} days={query.days} />}
      </Answered>
    </Card>
  )
}

function ChartWaiting() {
  return (
    <div className="chart-part" aria-hidden="true">
      <div className="skeleton skeleton-line" />
      <div className="skeleton skeleton-chart" />
      <div className="skeleton skeleton-row" />
      <div className="skeleton skeleton-row" />
    </div>
  )
}

const noPlans: readonly Plan[] = []

function SpendStack({ history, days }: { history: History; days: number }) {
  const plans = useCall('plans:list', {}).value ?? noPlans
  const currencies = useMemo(() => currenciesOf(history), [history])
  const [chosen, setChosen] = useState<string | null>(null)
  const currency = currencies.find((each) => each === chosen) ?? currencies[0] ?? 'USD'
  const bands = useMemo(() => bandsOf(history, currency), [history, currency])
  const totals = useMemo(() => stepTotals(history, currency), [history, currency])
  if (bands.length === 0) {
    return (
      <Empty title="No spend in this time">
        The first poll reads up to 90 days of history; it appears here as it arrives.
      </Empty>
    )
  }
  const sum = sumKnown(totals.map(({ amount }) => amount))
  const unknown = totals.filter(({ plane }) => plane === null).length
  const label = `Spend of the last ${days} days, stacked by day: ${formatMoney(sum, currency)} in all${unknown ? `, ${unknown} days unknown` : ''}. The numbers stand in the tables.`
  return (
    <div className="chart-part">
      {currencies.length > 1 && (
        <Segmented
          label="Currency"
          value={currency}
          choices={currencies.map((each) => ({ value: each, label: each }))}
          onChange={setChosen}
        />
      )}
      <Comparison history={history} currency={currency} />
      <div className="chart-box">
        <Suspense fallback={<div className="skeleton skeleton-chart" />}>
          <StackChart
            bands={bands}
            steps={history.steps}
            planes={history.planes}
            plans={plans}
            currency={currency}
            label={label}
          />
        </Suspense>
      </div>
      <ChartKey
        bands={bands}
        planes={history.planes}
        planned={plannedRuns(plans, history.steps, currency)}
        currency={currency}
      />
      <StepTable totals={totals} currency={currency} />
    </div>
  )
}
