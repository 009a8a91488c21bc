import { minuteMs } from '../../shared/time.ts'
import type { Scenario } from './scenario.ts'
import { countSpan } from './world.ts'

export interface Outcome {
  /** Until the first message about it was delivered; null when there was none, or nothing to tell. */
  minutes: number | null
  /** Dollars of the incident that were gone by then; all of them when nobody was told. */
  lostDollars: number
  /** New messages; an edit of one is none. An alert that turns critical is a second message. */
  pages: number
  alerts: number
  /** From the newest message to the first one of whoever is told next; null where nobody is. */
  escalatedMinutes: number | null
  verdict: 'good' | 'bad'
}

/** What came of a story: when somebody was told, and what was lost by then. */
export function outcomeOf(
  scenario: Scenario,
  told: readonly { atMs: number }[],
  alerts: number,
  toldNext: readonly { atMs: number }[] = [],
): Outcome {
  const { incident, watched, atMost } = scenario
  const startMs = startOf(scenario)
  const first = told.find(({ atMs }) => startMs !== null && atMs >= startMs)
  const lost = incident.reduce(
    (sum, flow) => sum + countSpan(flow, watched.fromMs, first?.atMs ?? watched.toMs).nanos,
    0n,
  )
  const outcome = {
    minutes: first && startMs !== null ? Math.round((first.atMs - startMs) / minuteMs) : null,
    lostDollars: Number(lost) / 1e9,
    pages: told.length,
    alerts,
    escalatedMinutes: escalatedMinutes(told, toldNext),
  }
  const early = startMs === null ? [] : told.filter(({ atMs }) => atMs < startMs)
  const good =
    scenario.expect === 'alert'
      ? first !== undefined && early.length === 0
      : alerts <= (scenario.expect === 'quiet' ? 0 : 1)
  const within =
    outcome.lostDollars <= (atMost?.lostDollars ?? Infinity) &&
    outcome.pages <= (atMost?.pages ?? Infinity) &&
    (outcome.minutes ?? 0) <= (atMost?.minutes ?? Infinity)
  const { escalatesAfterMinutes: after } = scenario
  const escalated = after === undefined || isBetween(outcome.escalatedMinutes, after, after + 1)
  return { ...outcome, verdict: good && within && escalated ? 'good' : 'bad' }
}

/** The first minute in which the incident spends. */
function startOf({ incident, watched }: Scenario): number | null {
  for (let at = watched.fromMs; at < watched.toMs; at += minuteMs) {
    if (incident.some((flow) => flow.pace(at) > 0)) return at
  }
  return null
}

function escalatedMinutes(told: readonly { atMs: number }[], next: readonly { atMs: number }[]): number | null {
  const first = next[0]
  const before = first && told.findLast(({ atMs }) => atMs <= first.atMs)
  return first && before ? (first.atMs - before.atMs) / minuteMs : null
}

function isBetween(value: number | null, least: number, most: number): boolean {
  return value !== null && value >= least && value <= most
}
