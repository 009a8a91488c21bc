import { dayMs, floorTo, hourMs } from '../../shared/time.ts'
import type { Shape } from '../detection/anomaly/finding.ts'
import { noProfile, type Profile } from '../detection/anomaly/profile.ts'
import { explain, type Explanation, type UsageLine } from '../detection/causes.ts'
import {
  newcomerAmong,
  type NamedSpend,
  type Newcomer,
  type UsageDimension,
  type UsageHistory,
} from '../detection/newcomers.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import type { Spending } from '../ledger/spend.ts'
import type { Series } from '../storage/cost-rows.ts'
import type { SeriesUsage } from '../storage/spend-queries.ts'

/** What did not spend for longer than this counts as never seen. */
const rememberedMs = 60 * dayMs
const weekMs = 7 * dayMs
/** What a rise is made of is read by the hour, over its last day at most. */
const longestMs = dayMs
const shortestMs = hourMs
const dimensions = ['key', 'model', 'meter', 'project'] as const

export type Usage = ReturnType<typeof createUsage>

/** Who used what, from the ledger: to tell what is new, and why it costs more than usual. */
export function createUsage({ ledger, owners }: { ledger: Ledger; owners: Owners }) {
  /** Of the days before yesterday; the same for all accounts and questions of a day. */
  let seen: { dayMs: number; byAccount: Map<string, History> } | null = null

  function nameOf(accountId: string, dimension: UsageDimension, id: string): string {
    if (dimension === 'meter') return id.replaceAll('-', ' ')
    return dimension === 'model' ? id : owners.nameOf(accountId, dimension, id)
  }

  function linesOf(usage: readonly SeriesUsage[], accountId: string, currency: string): UsageLine[] {
    return usage.flatMap(({ seriesId, costNanos, quantity }) => {
      const owned = ledger.ownerOf(seriesId)
      if (owned?.plane !== 'estimate' || owned.accountId !== accountId || owned.series.currency !== currency) return []
      return [{ ...idsOf(owned.series), nanos: costNanos, quantity }]
    })
  }

  function historyOf(accountId: string, nowMs: number): UsageHistory {
    const untilMs = floorTo(nowMs, dayMs) - dayMs
    if (seen?.dayMs !== untilMs) {
      seen = { dayMs: untilMs, byAccount: new Map() }
      for (const { seriesId, firstS, lastS } of ledger.queries.spentDays(
        (untilMs - rememberedMs) / 1_000,
        untilMs / 1_000,
      )) {
        const owned = ledger.ownerOf(seriesId)
        if (owned?.plane !== 'estimate') continue
        let history = seen.byAccount.get(owned.accountId)
        if (!history) seen.byAccount.set(owned.accountId, (history = { knownFromMs: Infinity, lastSeen: new Map() }))
        history.knownFromMs = Math.min(history.knownFromMs, firstS * 1_000)
        const ids = idsOf(owned.series)
        for (const dimension of dimensions) {
          const id = `${dimension} ${ids[dimension]}`
          history.lastSeen.set(id, Math.max(history.lastSeen.get(id) ?? 0, lastS * 1_000 + dayMs))
        }
      }
    }
    const history = seen.byAccount.get(accountId)
    return {
      knownFromMs: history?.knownFromMs ?? null,
      lastSeenMs: (dimension, id) => history?.lastSeen.get(`${dimension} ${id}`) ?? null,
    }
  }

  return {
    /** The dearest key, model, kind or project of the last hour that never spent before, or had fallen silent. */
    newcomer(accountId: string, currency: string, lastHour: Spending, nowMs: number): Newcomer | null {
      const history = historyOf(accountId, nowMs)
      if (history.knownFromMs === null) return null
      const spent = new Map<string, NamedSpend>()
      for (const part of lastHour.parts) {
        if (part.plane !== 'estimate' || part.accountId !== accountId || part.series.currency !== currency) continue
        const ids = idsOf(part.series)
        for (const dimension of dimensions) {
          const id = ids[dimension]
          if (id === null) continue
          const one = spent.get(`${dimension} ${id}`) ?? {
            dimension,
            id,
            name: nameOf(accountId, dimension, id),
            nanos: 0n,
          }
          spent.set(`${dimension} ${id}`, { ...one, nanos: one.nanos + part.nanos })
        }
      }
      return newcomerAmong([...spent.values()], history, nowMs)
    },

    /** What rises are made of. Those of one look that began in the same hour read the ledger once. */
    explainer(nowMs: number) {
      const spans = new Map<number, readonly SeriesUsage[]>()
      const over = (fromMs: number, read: () => readonly SeriesUsage[]) => {
        const usage = spans.get(fromMs) ?? read()
        spans.set(fromMs, usage)
        return usage
      }
      return (rise: Rise): Explanation => {
        const { accountId, currency, shape, profile } = rise
        const fromMs = floorTo(Math.max(nowMs - longestMs, Math.min(rise.sinceMs, nowMs - shortestMs)), hourMs)
        const dayStartMs = floorTo(fromMs, dayMs)
        const weekBeforeMs = dayStartMs - weekMs
        const history = historyOf(accountId, nowMs)
        const knownMs = history.knownFromMs === null ? 0 : dayStartMs - history.knownFromMs
        const now = over(fromMs, () => ledger.queries.usageOfHours(fromMs / 1_000, nowMs / 1_000))
        const before = over(weekBeforeMs, () => ledger.queries.usageOfDays(weekBeforeMs / 1_000, dayStartMs / 1_000))
        return explain({
          sinceMs: rise.sinceMs,
          now: linesOf(now, accountId, currency),
          nowMs: nowMs - fromMs,
          before: linesOf(before, accountId, currency),
          beforeMs: Math.max(0, Math.min(weekMs, knownMs)),
          history,
          nameOf: (dimension, id) => nameOf(accountId, dimension, id),
          shape,
          profile: profile ?? noProfile,
          currency,
        })
      }
    },
  }
}

interface Rise {
  accountId: string
  currency: string
  sinceMs: number
  shape: Shape | null
  profile: Profile | null
}

function idsOf({ apiKey, model, project, lineItem }: Series): Record<UsageDimension, string | null> {
  return { key: apiKey, model, project, meter: lineItem }
}

interface History {
  knownFromMs: number
  lastSeen: Map<string, number>
}
