import type { ReactNode } from 'react'
import { AlertsNav } from './AlertsNav.tsx'
import type { MetricDays } from '../../address.ts'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { Empty } from '../../components/Notes.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useNavigate } from '../../hooks/use-route.ts'
import type { GuardMetrics, Spread } from '../../../shared/guard-metrics.ts'
import { durationText, rateText, sumsText } from '../../../shared/metric-words.ts'

const windows = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: 'all', label: 'All' },
] as const

const daysOf = { '30': 30, '90': 90, all: null } as const

/** How the guard itself does. Everything is counted on this machine; docs/observability.md says how. */
export function MetricsPage({ days }: { days: MetricDays }) {
  const { replace } = useNavigate()
  const answer = useCall('metrics:get', { days })
  return (
    <>
      <PageHead title="How the guard does">
        <Segmented
          label="Alerts of the last"
          value={days === null ? 'all' : `${days}`}
          choices={windows}
          onChange={(value) => replace({ view: 'metrics', days: daysOf[value] })}
        />
      </PageHead>
      <AlertsNav current="metrics" />
      <Answered answer={answer} waiting={<Skeleton size="card" count={3} />}>
        {(metrics) => (
          <div className="stack">
            <Figures metrics={metrics} />
            <Channels channels={metrics.deliveries} />
          </div>
        )}
      </Answered>
    </>
  )
}

function Figures({ metrics }: { metrics: GuardMetrics }) {
  const { action, verdicts, falsePages, prevented, timeToAlert, timeToAcknowledge } = metrics
  const judged = verdicts.counts.real + verdicts.counts.false + verdicts.counts.expected
  return (
    <div className="figures figures-four">
      <Figure title="Told after it began" value={durationText(timeToAlert.sinceItBegan.p50)}>
        {spreadNote(timeToAlert.sinceItBegan, 'Fast and unusual spend')}
      </Figure>
      <Figure title="Told after it showed" value={durationText(timeToAlert.sinceItShowed.p50)}>
        {spreadNote(timeToAlert.sinceItShowed, 'Budgets and all other rules')}
      </Figure>
      <Figure title="Time to acknowledge" value={durationText(timeToAcknowledge.p50)}>
        {spreadNote(timeToAcknowledge, 'From firing to a person')}
      </Figure>
      <Figure title="Acted on within a day" value={rateText(action.rate)}>
        {action.of === 0
          ? 'No alert that was told is a day old.'
          : `${action.acted} of ${action.of} alerts that were told.`}
      </Figure>
      <Figure title="False alarms" value={rateText(verdicts.falseRate)}>
        {judged === 0 ? 'No alert was judged.' : `${verdicts.counts.false} of ${judged} that were judged.`}{' '}
        {verdicts.unjudged > 0 && `${verdicts.unjudged} were not.`}
      </Figure>
      <Figure
        title="False pages a month"
        value={falsePages.perMonth === null ? 'unknown' : String(Number(falsePages.perMonth.toFixed(1)))}
      >
        {`${falsePages.count} of ${falsePages.told} alerts that were told.`}
      </Figure>
      <Figure
        title="Prevented, measured"
        value={prevented.alerts === 0 ? 'unknown' : sumsText(prevented.measured, 'nothing')}
      >
        {prevented.alerts === 0
          ? 'No acknowledged alert whose bill would have been seen by now.'
          : `The pace before ${prevented.alerts} acknowledged ${prevented.alerts === 1 ? 'alert' : 'alerts'}, up to the next look at the bill, less what was spent.`}
        {prevented.undecided > 0 && ` ${prevented.undecided} cannot be said yet.`}
      </Figure>
      <Figure title="Prevented, you say" value={sumsText(prevented.reported, 'nothing said')}>
        Your own estimates, on real problems.
      </Figure>
    </div>
  )
}

function Figure({ title, value, children }: { title: string; value: string; children: ReactNode }) {
  return (
    <section className="card figure" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <p className={/^(unknown|nothing)/.test(value) ? 'figure-amount figure-second quiet' : 'figure-amount number'}>
        {value}
      </p>
      <p className="quiet small">{children}</p>
    </section>
  )
}

function spreadNote({ count, p90 }: Spread, what: string): string {
  return count === 0 ? `${what}: none yet.` : `${what}: half of ${count}; nine of ten in ${durationText(p90)}.`
}

function Channels({ channels }: { channels: GuardMetrics['deliveries'] }) {
  return (
    <Card title="Messages" flush>
      {channels.length === 0 ? (
        <Empty title="No message yet">Nobody had to be told of anything.</Empty>
      ) : (
        <table className="table table-roomy">
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col" className="right">
                Arrived
              </th>
              <th scope="col" className="right where-wide">
                Failed
              </th>
              <th scope="col" className="right">
                Success
              </th>
              <th scope="col" className="right where-wide">
                Half within
              </th>
              <th scope="col" className="right">
                95% within
              </th>
            </tr>
          </thead>
          <tbody>
            {channels.map((one) => (
              <tr key={one.channelId}>
                <th scope="row">{one.channel ?? 'Removed channel'}</th>
                <td className="right number">{one.delivered}</td>
                <td className="right number where-wide">{one.failed}</td>
                <td className="right number">{rateText(one.success)}</td>
                <td className="right number where-wide">{durationText(one.latency.p50)}</td>
                <td className="right number">{durationText(one.latency.p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
