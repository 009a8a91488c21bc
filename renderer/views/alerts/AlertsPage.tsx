import { hrefOf } from '../../address.ts'
import { AlertRow } from '../../components/AlertRow.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Empty } from '../../components/Notes.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { SubNav } from '../../components/SubNav.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useZone } from '../../hooks/use-zone.ts'

const lists = [
  { key: 'open', label: 'Open', href: hrefOf({ view: 'alerts', list: 'open' }) },
  { key: 'all', label: 'All', href: hrefOf({ view: 'alerts', list: 'all' }) },
]

export function AlertsPage({ list }: { list: 'open' | 'all' }) {
  const answer = useCall('alerts:list', { state: list === 'open' ? 'open' : null })
  const zone = useZone()
  return (
    <>
      <PageHead title="Alerts" />
      <SubNav label="Which alerts" places={lists} current={list} />
      <section className="card" aria-label={list === 'open' ? 'Open alerts' : 'All alerts'}>
        <Answered answer={answer} waiting={<Skeleton size="figure" count={3} />}>
          {(alerts) =>
            alerts.length === 0 ? (
              <Empty title={list === 'open' ? 'All quiet' : 'No alert yet'}>
                {list === 'open'
                  ? 'Nothing is over a limit or out of the ordinary.'
                  : 'When spend crosses a budget or turns abnormal, it is kept here with who did what about it.'}
              </Empty>
            ) : (
              <ul className="rows">
                {alerts.map((alert) => (
                  <AlertRow key={alert.id} alert={alert} zone={zone} />
                ))}
              </ul>
            )
          }
        </Answered>
      </section>
    </>
  )
}
