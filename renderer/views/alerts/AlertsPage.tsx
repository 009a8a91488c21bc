import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { AlertFilters } from './AlertFilters.tsx'
import { AlertsNav } from './AlertsNav.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { anyAlert, type AlertFilter } from '../../address.ts'
import { AlertRow } from '../../components/AlertRow.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Notes.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useNavigate } from '../../hooks/use-route.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { addDays, localDay } from '../../../shared/time.ts'

const pageSize = 100
/** The guard answers no more at once; who looks further narrows the search, or exports. */
const mostShown = 1_000

export function AlertsPage({ list, filter }: { list: 'open' | 'all'; filter: AlertFilter }) {
  const { go, replace } = useNavigate()
  const zone = useZone()
  const [limit, setLimit] = useState(pageSize)
  const { search, state, rule, severity, days } = useSettled(filter)
  // The list that stands there stays until the other one is there: who asks for more goes on where they were.
  const answer = useCall(
    'alerts:list',
    {
      state: state ?? (list === 'open' ? 'open' : null),
      search: search || null,
      since: days === null ? null : addDays(localDay(Date.now(), zone), 1 - days),
      rule,
      severity,
      limit,
    },
    { keepsOld: true },
  )
  const isNarrowed = filter !== anyAlert
  return (
    <>
      <PageHead title={t`Alerts`}>
        <ExportMenu />
      </PageHead>
      <AlertsNav current={list} />
      <AlertFilters list={list} filter={filter} onChange={(next) => replace({ view: 'alerts', list, filter: next })} />
      <section className="card" aria-label={list === 'open' ? t`Open alerts` : t`All alerts`}>
        <Answered answer={answer} waiting={<Skeleton size="figure" count={3} />}>
          {(alerts) =>
            alerts.length === 0 ? (
              isNarrowed ? (
                <Empty
                  title={t`Nothing like that`}
                  action={<Button onClick={() => go({ view: 'alerts', list: 'all' })}>{t`Show all alerts`}</Button>}
                >{t`No alert here has all of it.`}</Empty>
              ) : (
                <Empty title={list === 'open' ? t`All quiet` : t`No alert yet`}>
                  {list === 'open'
                    ? t`Nothing is over a limit or out of the ordinary.`
                    : t`When spend crosses a budget or turns abnormal, it is kept here with who did what about it.`}
                </Empty>
              )
            ) : (
              <>
                <ul className="rows">
                  {alerts.map((alert) => (
                    <AlertRow key={alert.id} alert={alert} zone={zone} />
                  ))}
                </ul>
                {alerts.length === limit && limit < mostShown && (
                  <div className="more">
                    <Button onClick={() => setLimit(limit + pageSize)}>{t`Show more`}</Button>
                  </div>
                )}
              </>
            )
          }
        </Answered>
      </section>
    </>
  )
}
