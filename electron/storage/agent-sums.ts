import { noCounts, type AgentId, type Counts } from '../agent-logs/sighting.ts'

/** What one agent used in one project, of one model in one mode, in one bucket of time. */
export interface AgentUsage extends Counts {
  startMs: number
  agent: AgentId
  project: string
  model: string | null
  mode: string
  /** The input of each call was longer than this, in thousands of tokens: vendors charge such a call at other prices. */
  over: Over
  calls: number
}

export type Over = 0 | 200 | 272

function overOf(inputTokens: number): Over {
  return inputTokens > 272_000 ? 272 : inputTokens > 200_000 ? 200 : 0
}

export const countNames = [
  'input',
  'cachedInput',
  'cacheWrite',
  'cacheWrite1h',
  'output',
  'reasoning',
  'webSearches',
] as const satisfies (keyof Counts)[]

/** What a sum needs to know of a call. */
export type UsedCall = Counts & Pick<AgentUsage, 'agent' | 'project' | 'model' | 'mode'> & { atMs: number }

/** Sums of calls by what they are told apart by, in buckets of `width` milliseconds. */
export function createSums(width: number) {
  const sums = new Map<string, AgentUsage>()
  /** Calls of one log are mostly of one project and model: nothing has to be looked up for the next. */
  let latest: AgentUsage | null = null

  function sumOf(one: UsedCall, startMs: number, over: Over): AgentUsage {
    if (latest?.startMs === startMs && latest.over === over && isAlike(latest, one)) return latest
    const { agent, project, model, mode } = one
    const key = JSON.stringify([startMs, agent, project, model, mode, over])
    latest = sums.get(key) ?? { startMs, agent, project, model, mode, over, ...noCounts, calls: 0 }
    sums.set(key, latest)
    return latest
  }

  return {
    /** `times` is -1 for a call that counts no longer. */
    add(one: UsedCall, times: 1 | -1 = 1): void {
      const startMs = Math.floor(one.atMs / width) * width
      const sum = sumOf(one, startMs, overOf(one.input + one.cachedInput + one.cacheWrite + one.cacheWrite1h))
      for (const name of countNames) sum[name] += times * one[name]
      sum.calls += times
    },
    /** Oldest first. */
    all: (): AgentUsage[] => [...sums.values()].sort((a, b) => a.startMs - b.startMs),
  }
}

function isAlike(a: AgentUsage, b: UsedCall): boolean {
  return a.model === b.model && a.project === b.project && a.mode === b.mode && a.agent === b.agent
}

/** In the order of the names. */
export function countsOf(counts: readonly number[]): Counts {
  return Object.fromEntries(countNames.map((name, index) => [name, counts[index] ?? 0])) as unknown as Counts
}
