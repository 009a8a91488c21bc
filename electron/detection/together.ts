import { hourMs } from '../../shared/time.ts'
import { anomalyIdentity } from './anomalies.ts'
import type { Finding, Judgement, OpenAlert } from './finding.ts'
import { velocityIdentity } from './velocity.ts'

/** After a velocity alert is over, the unusual spend it spoke of is given this long to die down before it speaks. */
const settleMs = 3 * hourMs

/**
 * Velocity and anomaly often see the same thing, and it is one thing to tell. Whoever spoke first keeps the alert; what
 * the other sees becomes evidence of it. Where both see it at once, velocity speaks: its limit is one a person knows.
 */
export function joinMoney(
  judgement: Judgement,
  alerts: { open: readonly OpenAlert[]; resolvedAtMs(identity: string): number | null },
  nowMs: number,
): Judgement {
  const isOpen = (identity: string) => alerts.open.some((alert) => alert.identity === identity)
  // Hours that were slept through have an identity of their own below that of the velocity alert.
  const speaks = (velocity: string) =>
    [...judgement.findings, ...alerts.open].some(
      ({ identity }) => identity === velocity || identity.startsWith(`${velocity}:`),
    )
  const byIdentity = new Map(judgement.findings.map((finding) => [finding.identity, finding]))
  const findings = judgement.findings.flatMap((finding) => {
    const [rule, account = '', currency = ''] = finding.identity.split(':')
    const velocity = velocityIdentity(account, currency)
    const anomaly = anomalyIdentity(account, currency)
    if (rule === 'velocity' && finding.identity === velocity && isOpen(anomaly) && !isOpen(velocity))
      return [asEvidence(finding, byIdentity.get(anomaly), anomaly)]
    if (rule !== 'anomaly') return [finding]
    if (isOpen(anomaly)) return byIdentity.has(velocity) ? [] : [finding]
    const settledMs = nowMs - (alerts.resolvedAtMs(velocity) ?? -Infinity)
    return speaks(velocity) || settledMs < settleMs ? [] : [finding]
  })
  const found = new Set(findings.map((finding) => finding.identity))
  const cleared = new Map([...judgement.cleared].filter(([identity]) => !found.has(identity)))
  return { findings, cleared }
}

/** The steps stay those of an anomaly: somebody who was woken by the one need not be woken again by the other. */
function asEvidence(fast: Finding, unusual: Finding | undefined, identity: string): Finding {
  const critical = [fast, unusual].some((finding) => finding?.severity === 'critical')
  return {
    ...fast,
    identity,
    rule: 'anomaly',
    severity: critical ? 'critical' : 'warning',
    steps: critical ? ['unusual', 'costly'] : ['unusual'],
    sinceMs: Math.min(fast.sinceMs, unusual?.sinceMs ?? Infinity),
    unsure: false,
  }
}
