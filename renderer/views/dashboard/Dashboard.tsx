import { t } from '@lingui/core/macro'
import { useMemo } from 'react'
import { Breakdown } from './Breakdown.tsx'
import { BudgetsCard } from './Budgets.tsx'
import { Figures } from './Figures.tsx'
import { HealthCard } from './Health.tsx'
import { SpendPanel } from './SpendPanel.tsx'
import { hrefOf } from '../../address.ts'
import { AlertRow } from '../../components/AlertRow.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { Empty, FailureNote, WarningNote } from '../../components/Notes.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { PollNow } from '../../components/PollNow.tsx'
import type { DashboardQuery } from '../../dashboard-query.ts'
import { useCall } from '../../hooks/use-call.ts'
import { useNavigate } from '../../hooks/use-route.ts'
import { clockText } from '../../words/times.ts'
import type { Reply } from '../../../shared/ipc.ts'
import { iso } from '../../../shared/time.ts'
import { FilterBar } from './FilterBar.tsx'
import { shownRange } from './time-range.ts'
import { failureTitles } from '../../facts.ts'

export function Dashboard({ query }: { query: DashboardQuery }) {
  const answer = useCall('status:get', {})
  return (
    <>
      <PageHead title={t`Dashboard`}>
        <PollNow />
      </PageHead>
      <Answered answer={answer} waiting={<DashboardWaiting />}>
        {(status) => (
          <div className="stack">
            {answer.failure && (
              <WarningNote
                title={t`${failureTitles[answer.failure.kind]}: what you see is of ${clockText(iso(answer.readAtMs), status.zone)}`}
              >
                <p>{answer.failure.message}</p>
              </WarningNote>
            )}
            {status.notices.map((notice) => (
              <FailureNote key={notice.message} failure={notice} />
            ))}
            {status.accounts.length === 0 ? <NoAccounts /> : <Overview status={status} query={query} />}
          </div>
        )}
      </Answered>
    </>
  )
}

function Overview({ status, query }: { status: Reply<'status:get'>; query: DashboardQuery }) {
  const { go } = useNavigate()
  const { zone } = status
  const { range } = query
  const shown = useMemo(() => shownRange(range, Date.parse(status.at), zone), [range, status.at, zone])
  const answer = useCall(
    'spend:history',
    { from: shown.from, to: shown.to, by: query.by, step: shown.step, zone, scopes: [...query.scopes] },
    { keepsOld: true },
  )
  return (
    <>
      <Figures status={status} />
      <OpenAlerts alerts={status.alerts} zone={zone} />
      <FilterBar
        query={query}
        shown={shown}
        scopes={answer.value?.scopes ?? []}
        zone={zone}
        onChange={(next) => go({ view: 'dashboard', query: next })}
      />
      <div className="columns">
        <SpendPanel query={query} shown={shown} status={status} answer={answer} />
        <Breakdown query={query} shown={shown} zone={zone} />
      </div>
      <div className="columns columns-even">
        <BudgetsCard budgets={status.budgets} accounts={status.accounts} />
        <HealthCard accounts={status.accounts} />
      </div>
    </>
  )
}

/** More than these would push the spend off the screen; all of them are a click away. */
const mostAlerts = 4

function OpenAlerts({ alerts, zone }: Pick<Reply<'status:get'>, 'alerts' | 'zone'>) {
  if (alerts.length === 0) return null
  return (
    <Card
      title={t`Open alerts (${alerts.length})`}
      flush
      aside={<a href={hrefOf({ view: 'alerts', list: 'all' })}>{t`All alerts`}</a>}
    >
      <ul className="rows">
        {alerts.slice(0, mostAlerts).map((alert) => (
          <AlertRow key={alert.id} alert={alert} zone={zone} />
        ))}
      </ul>
    </Card>
  )
}

function NoAccounts() {
  return (
    <section className="card">
      <Empty
        title={t`Nothing is guarded yet`}
        action={
          <a className="button button-primary" href={hrefOf({ view: 'onboarding' })}>{t`Add the first account`}</a>
        }
      >{t`Connect a provider with a key that can only read. It takes about three minutes.`}</Empty>
    </section>
  )
}

/** The same boxes as the page that follows, so that nothing moves when it does. */
function DashboardWaiting() {
  return (
    <div className="stack" aria-hidden="true">
      <div className="figures">
        {[1, 2, 3].map((each) => (
          <div key={each} className="card figure">
            <div className="skeleton skeleton-line" />
            <div className="skeleton skeleton-figure" />
          </div>
        ))}
      </div>
      <div className="columns">
        <div className="card waiting-chart" />
        <div className="card waiting-chart" />
      </div>
    </div>
  )
}
