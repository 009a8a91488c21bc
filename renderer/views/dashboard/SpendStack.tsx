import { t } from '@lingui/core/macro'
import { lazy, Suspense, useMemo } from 'react'
import type { DashboardQuery } from '../../dashboard-query.ts'
import { bandsOf, currenciesOf, planesOf, stepTotals, sumKnown } from '../../charts/bands.ts'
import { cumulateBands, cumulatePlanes, runningSums } from '../../charts/cumulate.ts'
import { budgetsOf, isInSight } from '../../charts/limits.ts'
import { marksOf } from '../../charts/marks.ts'
import type { HeadingBand } from '../../charts/overlays.ts'
import { plannedRuns } from '../../charts/plans.ts'
import type { StackContent } from '../../charts/stack.ts'
import { Empty } from '../../components/Notes.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { ageText } from '../../words/times.ts'
import { limitText } from '../../words/budget-text.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Alert } from '../../../shared/alerts.ts'
import type { Plan } from '../../../shared/plans.ts'
import { mayHold, parseScope } from '../../../shared/scope.ts'
import type { History, MonthOutlook, Status } from '../../../shared/spend.ts'
import { AlertMarks } from './AlertMarks.tsx'
import { ChartKey } from './ChartKey.tsx'
import { Comparison, unknownText } from './Comparison.tsx'
import { StepTable } from './StepTable.tsx'
import { sumPeriod, type ShownRange } from './time-range.ts'

const StackChart = lazy(() => import('../../components/StackChart.tsx'))

interface SpendStackProps {
  history: History
  query: DashboardQuery
  shown: ShownRange
  status: Status
  onCurrency: (currency: string) => void
  onPick: (step: string) => void
}

const noPlans: readonly Plan[] = []
const noAlerts: readonly Alert[] = []

export function SpendStack({ history, query, shown, status, onCurrency, onPick }: SpendStackProps) {
  const nowMs = useNow()
  const plans = useCall('plans:list', {}).value ?? noPlans
  const alerts = useCall('alerts:list', { since: shown.from, until: shown.to, limit: 1_000 }).value ?? noAlerts
  const before = useCall(
    'spend:history',
    {
      from: shown.before.from,
      to: shown.before.to,
      by: query.by,
      step: shown.step,
      zone: status.zone,
      scopes: [...query.scopes],
    },
    { keepsOld: true },
  ).value
  const isMonth = query.range === 'month' && query.chart === 'total'
  const outlook = useCall(
    'spend:outlook',
    { zone: status.zone, scopes: [...query.scopes] },
    { isWanted: isMonth },
  ).value

  const currencies = useMemo(() => currenciesOf(history), [history])
  const currency = currencies.find((each) => each === query.currency) ?? currencies[0] ?? 'USD'
  const isTotal = query.chart === 'total'
  const totals = useMemo(() => stepTotals(history, currency), [history, currency])
  const bands = useMemo(() => bandsOf(history, currency), [history, currency])
  const earlier = useMemo(() => (before ? stepTotals(before, currency) : []), [before, currency])
  const { chart, range } = query
  const budgets = useMemo(
    () =>
      budgetsOf(status.budgets, {
        scopes: history.scopes,
        currency,
        zone: history.zone,
        step: shown.step,
        chart,
        sumOf: sumPeriod(range),
      }),
    [status.budgets, history, currency, shown.step, chart, range],
  )
  // A budget's own forecast, where there is one, so that one page does not name two.
  const foretold = useMemo(
    () =>
      isMonth
        ? (budgets.flatMap(({ outlook: own, spent }) => (own && spent ? [{ ...own, currency, spent }] : []))[0] ??
          outlook?.currencies.find((one) => one.currency === currency) ??
          null)
        : null,
    [isMonth, outlook, currency, budgets],
  )
  const heading = useMemo(() => foretold && headingOf(foretold, history.steps.length - 1), [foretold, history])
  const content = useMemo((): StackContent => {
    const ghost = earlier.map(({ amount }) => amount)
    const planes = planesOf(history, currency)
    return {
      bands: isTotal ? cumulateBands(bands) : bands,
      planes: isTotal ? cumulatePlanes(planes) : planes,
      steps: history.steps,
      ahead: isTotal ? shown.ahead : [],
      zone: history.zone,
      currency,
      planned: plannedRuns(plans, history.steps, currency, history.zone, history.scopes).map((run) =>
        isTotal ? { ...run, limit: null } : run,
      ),
      limits: budgets.map(({ limit }) => ({
        label: t`Budget ${formatMoney(limit, currency)}`,
        amount: Number(limit),
      })),
      ghost: isTotal ? runningSums(ghost) : ghost,
      heading,
    }
  }, [bands, earlier, history, currency, plans, budgets, heading, isTotal, shown.ahead])
  const marks = useMemo(() => marksOf(alerts, history, shown.step), [alerts, history, shown.step])

  if (bands.length === 0) return <NothingThere history={history} />

  const sum = sumKnown(totals.map(({ amount }) => amount))
  const rows = totals.map((total, index) => ({
    ...total,
    amount: isTotal ? (runningSums(totals.map(({ amount }) => amount))[index] ?? null) : total.amount,
    before: content.ghost?.[index] ?? null,
  }))
  const inScope = status.accounts.filter((account) =>
    query.scopes.every((scope) => mayHold(parseScope(scope) ?? { kind: 'all', name: '' }, account)),
  )
  return (
    <div className="chart-part">
      {currencies.length > 1 && (
        <Segmented
          label={t`Currency`}
          value={currency}
          choices={currencies.map((each) => ({ value: each, label: each }))}
          onChange={onCurrency}
        />
      )}
      <Comparison totals={totals} earlier={earlier} currency={currency} shown={shown} />
      <div className="chart-box">
        <Suspense fallback={<div className="skeleton skeleton-chart" />}>
          <StackChart
            content={content}
            label={pictureText({ sum, totals, currency, label: shown.inside, step: shown.step, isTotal })}
            onPick={shown.step === 'hour' ? null : (step) => onPick(history.steps[step] ?? '')}
          >
            {(area) => (
              <AlertMarks
                marks={marks}
                area={area}
                steps={content.steps.length + (content.ahead?.length ?? 0)}
                zone={history.zone}
              />
            )}
          </StackChart>
        </Suspense>
      </div>
      <ChartKey
        query={query}
        bands={bands}
        content={content}
        before={earlier.some(({ amount }) => amount !== null) ? shown.before.label : null}
        budgets={budgets.map((budget) => ({
          id: budget.id,
          text: limitText(budget, isInSight(Number(budget.limit), highestOf(content))),
        }))}
        outlook={foretold}
        hasAlerts={marks.length > 0}
      />
      <p className="quiet small">{t`${ageText(inScope, nowMs)} · days are those of ${status.zone}`}</p>
      <StepTable rows={rows} content={content} marks={marks} query={query} shown={shown} />
    </div>
  )
}

function NothingThere({ history }: { history: History }) {
  const isKnown = history.planes.some((plane) => plane !== null)
  if (history.scopes.length > 0)
    return (
      <Empty
        title={isKnown ? t`No spend like that in this time` : t`Nothing is known of that in this time`}
      >{t`Take a filter away, or choose another time.`}</Empty>
    )
  return (
    <Empty
      title={t`No spend in this time`}
    >{t`The first poll reads up to 90 days of history; it appears here as it arrives.`}</Empty>
  )
}

function headingOf(foretold: MonthOutlook['currencies'][number], fromStep: number): HeadingBand {
  const { spent, end, low, high } = foretold
  return { fromStep, spent: Number(spent), end: Number(end), low: Number(low), high: Number(high) }
}

function highestOf({ bands, planes, ghost, heading }: StackContent): number {
  const sums = planes.map((_, step) => bands.reduce((sum, { amounts }) => sum + Number(amounts[step] ?? 0), 0))
  return Math.max(0, ...sums, ...(ghost ?? []).map(Number), heading?.high ?? 0)
}

const addedUp: Record<ShownRange['step'], string> = {
  hour: t`added up hour by hour`,
  day: t`added up day by day`,
  month: t`added up month by month`,
}
const stacked: Record<ShownRange['step'], string> = {
  hour: t`stacked by hour`,
  day: t`stacked by day`,
  month: t`stacked by month`,
}

/** What the picture shows, for people who hear the page. */
function pictureText(parts: {
  sum: string | null
  totals: readonly { step: string; amount: string | null; plane: History['planes'][number] }[]
  currency: string
  label: string
  step: ShownRange['step']
  isTotal: boolean
}): string {
  const { sum, totals, currency, label, step, isTotal } = parts
  const unknown = totals.filter(({ plane }) => plane === null).length
  const how = isTotal ? addedUp[step] : stacked[step]
  const all = formatMoney(sum, currency)
  return unknown > 0
    ? t`Spend of ${label}, ${how}: ${all} in all, ${unknownText(unknown, step)}. The numbers stand in the tables.`
    : t`Spend of ${label}, ${how}: ${all} in all. The numbers stand in the tables.`
}
