import type { Alert } from '../../shared/alerts.ts'
import { durationBounds, type GuardMetrics, type Spread } from '../../shared/guard-metrics.ts'
import { dayMs, iso } from '../../shared/time.ts'

/** Numbers that a small company might see; verdicts are those of the story, so that giving one changes them. */
export function storyMetrics(alerts: readonly Alert[], days: number | null, nowMs: number): GuardMetrics {
  const last = alerts.map(({ verdicts }) => verdicts.at(-1))
  const count = (verdict: string) => last.filter((one) => one?.verdict === verdict).length
  const counts = { real: count('real'), false: count('false'), expected: count('expected') }
  const judged = counts.real + counts.false + counts.expected
  return {
    from: days === null ? null : iso(nowMs - days * dayMs),
    to: iso(nowMs),
    fired: alerts.length === 0 ? [] : [{ rule: 'velocity', severity: 'critical', count: alerts.length }],
    timeToAlert: { sinceItBegan: spread(alerts.length, 410), sinceItShowed: spread(alerts.length, 2.4) },
    deliveries: [
      {
        channelId: 'chn-ops',
        channel: 'Discord #ops',
        kind: 'discord',
        delivered: alerts.length * 2,
        failed: 0,
        open: 0,
        success: alerts.length === 0 ? null : 1,
        latency: spread(alerts.length, 0.6),
      },
      {
        channelId: 'chn-old',
        channel: null,
        kind: null,
        delivered: 0,
        failed: 1,
        open: 0,
        success: 0,
        latency: spread(0, 0),
      },
    ],
    action: { acted: 1, of: 2, rate: 0.5 },
    timeToAcknowledge: spread(alerts.length, 1_500),
    verdicts: { counts, unjudged: alerts.length - judged, falseRate: judged === 0 ? null : counts.false / judged },
    falsePages: { count: counts.false, told: alerts.length, perMonth: judged === 0 ? null : counts.false },
    prevented: {
      measured: [{ currency: 'USD', amount: '1204.5' }],
      alerts: 1,
      undecided: 1,
      reported: last.flatMap((one) => (one?.prevented ? [{ currency: 'USD', amount: one.prevented }] : [])),
    },
  }
}

function spread(count: number, seconds: number): Spread {
  const quantile = count === 0 ? null : seconds
  return {
    count,
    sumSeconds: count * seconds,
    p50: quantile,
    p90: quantile && quantile * 2,
    p95: quantile && quantile * 3,
    within: durationBounds.map((bound) => (bound >= seconds ? count : 0)),
  }
}
