import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import type { CostBucket, CostLine, Width } from '../providers/adapter.ts'
import { feedsOf } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { ReplaySource } from './replay.ts'
import type { Scenario } from './scenario.ts'
import { countSpan, type Counted } from './world.ts'

/** A story's spend, by the minute from the day before it is watched. */
export function createFlowSource({ usual, incident, watched }: Scenario): ReplaySource {
  const flows = [...usual, ...incident]
  const owners = new Map(flows.map((flow) => [flow.account ?? flow.provider, flow.provider]))
  const minutesFromMs = floorTo(watched.fromMs - dayMs, hourMs)
  return {
    accounts: [...owners].map(([id, provider]) => accountOf(id, provider, watched.fromMs)),
    names: [],
    buckets(account, feed, { fromMs, toMs }) {
      if (feed.id !== usageFeed(account)) return []
      const mine = flows.filter((flow) => (flow.account ?? flow.provider) === account.id)
      const buckets: CostBucket[] = []
      const add = (width: Width, stepMs: number, from: number, to: number) => {
        for (let startMs = from; startMs < to; startMs += stepMs) {
          const lines = mine.flatMap((flow) => linesOf(countSpan(flow, startMs, startMs + stepMs)))
          if (lines.length > 0) buckets.push({ startMs, width, lines })
        }
      }
      add('hour', hourMs, fromMs, Math.min(toMs, minutesFromMs))
      add('minute', minuteMs, Math.max(fromMs, minutesFromMs), toMs)
      return buckets
    },
  }
}

/** The feed that stands for all usage of a story: the first one that an account must have. */
function usageFeed(account: AccountRow): string | undefined {
  return feedsOf(account).find((feed) => feed.plane === 'estimate' && !feed.optional)?.id
}

function accountOf(id: string, provider: AccountRow['provider'], createdAtMs: number): AccountRow {
  return {
    id,
    provider,
    label: id,
    workspace: null,
    baseUrl: null,
    options: {},
    secretName: '',
    pausedReason: null,
    createdAtMs,
  }
}

function linesOf({ flow, classes }: Counted): CostLine[] {
  const { model, project, apiKey } = flow
  return classes
    .filter(({ quantity }) => quantity > 0)
    .map(({ meter, quantity, nanos }) => ({
      model,
      project,
      apiKey,
      lineItem: meter,
      tier: null,
      currency: 'USD',
      costNanos: nanos,
      quantity,
      pricing: 'listed',
    }))
}
