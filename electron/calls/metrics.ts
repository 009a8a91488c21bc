import type { GuardMetrics } from '../../shared/guard-metrics.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { ok } from '../../shared/result.ts'
import { mayHold, parseScope, type Scope } from '../../shared/scope.ts'
import { dayMs, hourMs, iso, type TimeRange } from '../../shared/time.ts'
import { sumsInScope } from '../detection/finding.ts'
import { knownUpTo } from '../ledger/account-views.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import { measure, type Channels } from '../metrics/measure.ts'
import { countOnce, preventedIn, seenAnywayMs, type Prevented, type Sums } from '../metrics/prevented.ts'
import { isOfSpend, takenAtMs, type AlertStory } from '../metrics/story.ts'
import { feedsOf } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { Handlers } from './handlers.ts'

/** What a rule of money told is what can be kept from being spent. */
const rulesOfMoney: ReadonlySet<string> = new Set(['budget', 'velocity', 'anomaly'])

/** How the guard itself does: by what is stored, asked anew each time. */
export function metricsCalls(parts: {
  stories: { since(fromMs: number): AlertStory[] }
  ledger: Ledger
  owners: Owners
  channels(): readonly { id: string; label: string; kind: string }[]
  now(): number
  zone(): string
}): Pick<Handlers, 'metrics:get'> {
  const { ledger, owners } = parts
  /** By alert: time that is over stays as it was, but for what a bill corrects. */
  const known = new Map<string, Prevented>()

  function spent(range: TimeRange, scope: Scope): Sums {
    return sumsInScope(ledger.between(range, parts.now()).parts.map(owners.own), scope)
  }

  /** Null where it cannot be said, or not yet. */
  function prevented(story: AlertStory, takenMs: number): Prevented | null {
    const id = `${story.id} ${takenMs} ${parts.zone()}`
    const before = known.get(id)
    if (before) return before
    const scope = parseScope(story.scope)
    const accounts = scope ? owners.all().filter((account) => mayHold(scope, account)) : []
    if (!scope || accounts.length === 0) return null
    const beganMs = isOfSpend(story.rule) ? story.sinceMs : story.openedAtMs
    // Of several bills the first would have shown it.
    const billedAfterMs = Math.min(...accounts.map(billedAfter))
    const range = { fromMs: takenMs, toMs: Math.max(takenMs, seenAnywayMs(beganMs, billedAfterMs, parts.zone())) }
    if (accounts.some((account) => (knownUpTo(ledger, account) ?? -Infinity) < range.toMs)) return null
    const hourBefore = spent({ fromMs: takenMs - hourMs, toMs: takenMs }, scope)
    const sums = range.toMs > range.fromMs ? preventedIn(range, hourBefore, spent(range, scope)) : new Map()
    known.set(id, { range, sums })
    return { range, sums }
  }

  function preventedOf(stories: readonly AlertStory[]): GuardMetrics['prevented'] {
    const counted = stories.flatMap((story) => {
      const takenMs = takenAtMs(story)
      const verdict = story.verdict?.verdict ?? 'real'
      return takenMs !== null && rulesOfMoney.has(story.rule) && verdict === 'real' ? [prevented(story, takenMs)] : []
    })
    const measured = counted.filter((one) => one !== null)
    const reported = new Map<string, bigint>()
    for (const { verdict, currency } of stories)
      if (verdict?.verdict === 'real' && verdict.preventedNanos !== null)
        reported.set(currency, (reported.get(currency) ?? 0n) + verdict.preventedNanos)
    return {
      measured: present(countOnce(measured)),
      alerts: measured.length,
      undecided: counted.length - measured.length,
      reported: present(reported),
    }
  }

  /** A guard that is younger than the window has watched for as long as it has had something to watch. */
  function watchedFrom(fromMs: number, stories: readonly AlertStory[]): number | null {
    const beginnings = [
      ...owners.all().map((one) => one.createdAtMs),
      ...stories.slice(0, 1).map((one) => one.openedAtMs),
    ]
    return beginnings.length === 0 ? null : Math.max(fromMs, Math.min(...beginnings))
  }

  return {
    'metrics:get': ({ days }) => {
      const nowMs = parts.now()
      const fromMs = days === null ? null : nowMs - days * dayMs
      const stories = parts.stories.since(fromMs ?? 0)
      const byId = new Map(parts.channels().map((channel) => [channel.id, channel]))
      const channels: Channels = { named: (id) => byId.get(id) ?? null }
      return ok({
        from: fromMs === null ? null : iso(fromMs),
        to: iso(nowMs),
        ...measure(stories, channels, { fromMs: watchedFrom(fromMs ?? 0, stories), nowMs }),
        prevented: preventedOf(stories),
      })
    },
  }
}

/** How late its bill is; at once where it has none that is read, which is the careful guess. */
function billedAfter(account: AccountRow): number {
  const waits = feedsOf(account)
    .filter((feed) => feed.plane === 'billed')
    .map((feed) => feed.latencyMs)
  return waits.length === 0 ? 0 : Math.min(...waits)
}

function present(sums: Sums): { currency: string; amount: string }[] {
  return [...sums].map(([currency, nanos]) => ({ currency, amount: nanosToDecimal(nanos) })).sort(byCurrency)
}

function byCurrency(a: { currency: string }, b: { currency: string }): number {
  return a.currency.localeCompare(b.currency)
}
