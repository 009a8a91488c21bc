import { plural, t } from '@lingui/core/macro'
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
  { value: '30', label: t`30 days` },
  { value: '90', label: t`90 days` },
  { value: 'all', label: t`All` },
] as const

const daysOf = { '30': 30, '90': 90, all: null } as const

/** How the guard itself does. Everything is counted on this machine; docs/observability.md says how. */
export function MetricsPage({ days }: { days: MetricDays }) {
  const { replace } = useNavigate()
  const answer = useCall('metrics:get', { days })
  return (
    <>
      <PageHead title={t`How the guard does`}>
        <Segmented
          label={t`Alerts of the last`}
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
      <Figure title={t`Told after it began`} value={durationText(timeToAlert.sinceItBegan.p50)}>
        {spreadNote(timeToAlert.sinceItBegan, t`Fast and unusual spend`)}
      </Figure>
      <Figure title={t`Told after it showed`} value={durationText(timeToAlert.sinceItShowed.p50)}>
        {spreadNote(timeToAlert.sinceItShowed, t`Budgets and all other rules`)}
      </Figure>
      <Figure title={t`Time to acknowledge`} value={durationText(timeToAcknowledge.p50)}>
        {spreadNote(timeToAcknowledge, t`From firing to a person`)}
      </Figure>
      <Figure title={t`Acted on within a day`} value={rateText(action.rate)}>
        {action.of === 0
          ? t`No alert that was told is a day old.`
          : t`${action.acted} of ${action.of} alerts that were told.`}
      </Figure>
      <Figure title={t`False alarms`} value={rateText(verdicts.falseRate)}>
        {judged === 0 ? t`No alert was judged.` : t`${verdicts.counts.false} of ${judged} that were judged.`}{' '}
        {verdicts.unjudged > 0 && t`${verdicts.unjudged} were not.`}
      </Figure>
      <Figure
        title={t`False pages a month`}
        value={falsePages.perMonth === null ? t`unknown` : String(Number(falsePages.perMonth.toFixed(1)))}
      >
        {t`${falsePages.count} of ${falsePages.told} alerts that were told.`}
      </Figure>
      <Figure
        title={t`Prevented, measured`}
        value={prevented.alerts === 0 ? t`unknown` : sumsText(prevented.measured, t`nothing`)}
      >
        {prevented.alerts === 0
          ? t`No acknowledged alert whose bill would have been seen by now.`
          : plural(prevented.alerts, {
              one: 'The pace before # acknowledged alert, up to the next look at the bill, less what was spent.',
              other: 'The pace before # acknowledged alerts, up to the next look at the bill, less what was spent.',
            })}
        {prevented.undecided > 0 && t` ${prevented.undecided} cannot be said yet.`}
      </Figure>
      <Figure
        title={t`Prevented, you say`}
        value={sumsText(prevented.reported, t`nothing said`)}
      >{t`Your own estimates, on real problems.`}</Figure>
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
  return count === 0 ? t`${what}: none yet.` : t`${what}: half of ${count}; nine of ten in ${durationText(p90)}.`
}

function Channels({ channels }: { channels: GuardMetrics['deliveries'] }) {
  return (
    <Card title={t`Messages`} flush>
      {channels.length === 0 ? (
        <Empty title={t`No message yet`}>{t`Nobody had to be told of anything.`}</Empty>
      ) : (
        <table className="table table-roomy">
          <thead>
            <tr>
              <th scope="col">{t`Channel`}</th>
              <th scope="col" className="right">{t`Arrived`}</th>
              <th scope="col" className="right where-wide">{t`Failed`}</th>
              <th scope="col" className="right">{t`Success`}</th>
              <th scope="col" className="right where-wide">{t`Half within`}</th>
              <th scope="col" className="right">{t`95% within`}</th>
            </tr>
          </thead>
          <tbody>
            {channels.map((one) => (
              <tr key={one.channelId}>
                <th scope="row">{one.channel ?? t`Removed channel`}</th>
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
