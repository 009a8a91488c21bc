import { severities } from '../../shared/alerts.ts'
import type { Finding, Judgement } from '../detection/finding.ts'

/** So many new alerts are opened in one go. */
const mostNew = 200

/**
 * What of a judgement is taken now and what is left for later. What is open already is looked at now, and the gravest
 * of what is new.
 */
export function inGoes(
  judgement: Judgement,
  open: readonly { identity: string }[],
): { now: Judgement; later: Judgement | null } {
  if (judgement.findings.length <= mostNew) return { now: judgement, later: null }
  const known = new Set(open.map(({ identity }) => identity))
  const isKnown = ({ identity }: Finding) => known.has(identity)
  const fresh = judgement.findings.filter((finding) => !isKnown(finding)).sort(byGravity)
  if (fresh.length <= mostNew) return { now: judgement, later: null }
  return {
    now: {
      findings: [...judgement.findings.filter(isKnown), ...fresh.slice(0, mostNew)],
      cleared: judgement.cleared,
    },
    later: { findings: fresh.slice(mostNew), cleared: new Map() },
  }
}

function byGravity(a: Finding, b: Finding): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity)
}
