import type { GuardMetrics } from '../../shared/guard-metrics.ts'
import type { Exposition } from './exposition.ts'

type Sample = [labels: Record<string, string>, value: string | number]

/** How the guard itself does, since the beginning: counters and histograms then only grow, also across restarts. */
export function writeGuardMetrics({ gauge, counter, histogram }: Exposition, metrics: GuardMetrics): void {
  const { deliveries, verdicts, prevented, timeToAlert } = metrics
  const fired = Map.groupBy(metrics.fired, ({ rule }) => rule)
  const channel = ({ channelId, kind }: GuardMetrics['deliveries'][number]) => ({
    channel: channelId,
    kind: kind ?? 'removed',
  })
  counter(
    'alerts_fired_total',
    'Alerts that fired.',
    [...fired].map(([rule, group]) => [{ rule }, group.reduce((sum, { count }) => sum + count, 0)]),
  )
  histogram(
    'time_to_alert_seconds',
    'From the beginning of the spend, or from when the data showed it, to the first message that arrived.',
    [
      [{ since: 'began' }, timeToAlert.sinceItBegan],
      [{ since: 'showed' }, timeToAlert.sinceItShowed],
    ],
  )
  histogram('time_to_acknowledge_seconds', 'From firing until a person took an alert in hand.', [
    [{}, metrics.timeToAcknowledge],
  ])
  counter(
    'messages_total',
    'Messages by channel and what became of them.',
    deliveries.flatMap((one) =>
      (['delivered', 'failed'] as const).map((outcome): Sample => [{ ...channel(one), outcome }, one[outcome]]),
    ),
  )
  gauge(
    'messages_open',
    'Messages that are on their way or wait.',
    deliveries.map((one) => [channel(one), one.open]),
  )
  histogram(
    'message_latency_seconds',
    'From when a message was owed until it arrived; without those held back on purpose.',
    deliveries.map((one) => [channel(one), one.latency]),
  )
  gauge('alert_verdicts', 'Alerts that fired, by what a person said they were.', [
    ...Object.entries(verdicts.counts).map(([verdict, count]): Sample => [{ verdict }, count]),
    [{ verdict: 'none' }, verdicts.unjudged],
  ])
  gauge('prevented', 'Spend that an acknowledgement prevented: measured, or reported by people. Never to be added.', [
    ...prevented.measured.map(({ currency, amount }): Sample => [{ by: 'measured', currency }, amount]),
    ...prevented.reported.map(({ currency, amount }): Sample => [{ by: 'reported', currency }, amount]),
  ])
}
