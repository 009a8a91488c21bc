import { gravityOf } from '../../shared/alerts.ts'
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

function explanationOf(...findings: Finding[]): Pick<Finding, 'explanation'> {
  const known = findings.flatMap(({ explanation }) => explanation ?? [])
  if (known.length === 0) return {}
  const pattern = known.find((one) => one.pattern !== null)?.pattern ?? null
  return { explanation: { pattern, causes: [...new Set(known.flatMap(({ causes }) => causes))] } }
}

/** Accounts that begin to rise within this time of each other rise together. */
const togetherMs = hourMs

/**
 * Several accounts that rise together are one alert: a launch, a loop that calls two providers, a stolen laptop. The
 * account that was told of first leads; what the others add is its evidence, and pages again only if it is worse.
 */
export function joinAccounts(judgement: Judgement, open: readonly OpenAlert[]): Judgement {
  const isMoney = ({ rule, identity }: { rule: string; identity: string }) =>
    (rule === 'velocity' || rule === 'anomaly') && identity.split(':').length === 3
  const leaders: { identity: string; sinceMs: number }[] = open.filter(isMoney)
  const joined = new Map<string, Finding>()
  const opened = new Set(leaders.map(({ identity }) => identity))
  const ordered = [...judgement.findings].sort(
    (a, b) => Number(opened.has(b.identity)) - Number(opened.has(a.identity)),
  )
  for (const finding of ordered) {
    const leader =
      isMoney(finding) && !opened.has(finding.identity)
        ? leaders.find(({ sinceMs }) => Math.abs(finding.sinceMs - sinceMs) <= togetherMs)
        : undefined
    const identity = leader?.identity ?? finding.identity
    const before = joined.get(identity)
    joined.set(identity, before ? bothOf(before, finding) : { ...finding, identity })
    if (!leader && isMoney(finding) && !opened.has(finding.identity)) leaders.push(finding)
  }
  const cleared = new Map([...judgement.cleared].filter(([identity]) => !joined.has(identity)))
  return { findings: [...joined.values()], cleared }
}

function bothOf(first: Finding, second: Finding): Finding {
  const worse = gravityOf(second.severity) > gravityOf(first.severity) ? second : first
  const sameCurrency = first.currency === second.currency
  return {
    ...first,
    scope: 'all',
    severity: worse.severity,
    steps: worse.steps.length > first.steps.length ? worse.steps : first.steps,
    unsure: first.unsure && second.unsure,
    amountNanos: sameCurrency ? (first.amountNanos ?? 0n) + (second.amountNanos ?? 0n) : first.amountNanos,
    sinceMs: Math.min(first.sinceMs, second.sinceMs),
    summary: `${first.summary} ${second.summary}`,
    ...explanationOf(first, second),
    contributors: [...first.contributors, ...(sameCurrency ? second.contributors : [])].sort((a, b) =>
      a.nanos === b.nanos ? 0 : a.nanos > b.nanos ? -1 : 1,
    ),
  }
}
