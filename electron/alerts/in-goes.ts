import { gravityOf } from '../../shared/alerts.ts'
import type { Finding, Judgement } from '../detection/finding.ts'

/** So many new alerts are opened, and so many are ended, in one go. */
const most = 100
/** So many open ones are looked at, of which mostly nothing is new. */
const mostKnown = 2_000

/**
 * What of a judgement is taken now and what is left for later. What is open already comes first, then the gravest of
 * what is new.
 */
export function inGoes(
  judgement: Judgement,
  open: readonly { identity: string }[],
): { now: Judgement; later: Judgement | null } {
  const { findings, cleared } = judgement
  if (findings.length <= most && cleared.size <= most) return { now: judgement, later: null }
  const openNow = new Set(open.map(({ identity }) => identity))
  const { known = [], fresh = [] } = Object.groupBy(findings, ({ identity }) =>
    openNow.has(identity) ? 'known' : 'fresh',
  )
  fresh.sort(byGravity)
  const ended = [...cleared].filter(([identity]) => openNow.has(identity))
  const later = {
    findings: [...known.slice(mostKnown), ...fresh.slice(most)],
    cleared: new Map(ended.slice(most)),
  }
  const isAll = later.findings.length === 0 && later.cleared.size === 0
  return {
    now: { findings: [...known.slice(0, mostKnown), ...fresh.slice(0, most)], cleared: new Map(ended.slice(0, most)) },
    later: isAll ? null : later,
  }
}

function byGravity(a: Finding, b: Finding): number {
  return gravityOf(b.severity) - gravityOf(a.severity)
}
