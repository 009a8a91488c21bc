import { t } from '@lingui/core/macro'
import { useEffect, useRef } from 'react'
import { into, rangeLink, type DashboardQuery } from '../../dashboard-query.ts'
import { hrefOf } from '../../address.ts'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import type { Answer } from '../../hooks/use-call.ts'
import { useNavigate } from '../../hooks/use-route.ts'
import type { History, Status, StepWidth } from '../../../shared/spend.ts'
import { SpendStack } from './SpendStack.tsx'
import { daysOfStep, rangeAbove, rangeInside, type ShownRange } from './time-range.ts'
import { GroupField } from './GroupField.tsx'

interface SpendPanelProps {
  query: DashboardQuery
  shown: ShownRange
  status: Status
  answer: Answer<History>
}

const perStep: Record<StepWidth, string> = { hour: t`Per hour`, day: t`Per day`, month: t`Per month` }

/** The stack over time with its numbers, and the way into a day and out again. */
export function SpendPanel({ query, shown, status, answer }: SpendPanelProps) {
  const { go } = useNavigate()
  const atMs = Date.parse(status.at)
  const show = (change: Partial<DashboardQuery>) => go({ view: 'dashboard', query: { ...query, ...change } })
  const above = rangeAbove(query.range, query.up)
  return (
    <div ref={useFocusOnChange(shown.label)} tabIndex={-1} className="panel-focus">
      <Card
        title={t`Spend of ${shown.inside}`}
        aside={
          <>
            <GroupField value={query.by} onChange={(by) => show({ by })} />
            <Segmented
              label={t`Each step or the sum`}
              value={query.chart}
              choices={[
                { value: 'steps', label: perStep[shown.step] },
                { value: 'total', label: t`Cumulative` },
              ]}
              onChange={(chart) => show({ chart })}
            />
          </>
        }
      >
        {above !== null && (
          <p className="way-up">
            <a href={hrefOf({ view: 'dashboard', query: rangeLink(query, above) })}>
              <Icon name="back" />
              {t`Back to ${rangeInside(above, atMs, status.zone)}`}
            </a>
          </p>
        )}
        <Answered answer={answer} waiting={<ChartWaiting />}>
          {(history) => (
            <SpendStack
              history={history}
              query={query}
              shown={shown}
              status={status}
              onCurrency={(currency) => show({ currency })}
              onPick={(step) => {
                const days = daysOfStep(step)
                if (days) show(into(query, days))
              }}
            />
          )}
        </Answered>
      </Card>
    </div>
  )
}

/**
 * The link that led here goes away with the range it was in, as soon as the new numbers are there: the keyboard goes on
 * from the panel.
 */
function useFocusOnChange(what: string) {
  const panel = useRef<HTMLDivElement>(null)
  const seen = useRef(what)
  const isWaiting = useRef(false)
  // After every render: which of them takes the link away is not known.
  useEffect(() => {
    const { activeElement, body } = document
    if (seen.current !== what) isWaiting.current = true
    seen.current = what
    if (!isWaiting.current || (activeElement !== null && activeElement !== body)) return
    isWaiting.current = false
    panel.current?.focus({ preventScroll: true })
  })
  return panel
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
