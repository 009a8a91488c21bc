import { shareOf } from '../../shared/money.ts'
import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import { anomalyIdentity, type WatchedSpend } from '../detection/anomalies.ts'
import type { Explanation } from '../detection/causes.ts'
import type { AccountSight } from '../detection/blind.ts'
import type { SpendOver } from '../detection/budgets.ts'
import { sumInScope, type OwnedSpend, type SpendIn } from '../detection/finding.ts'
import type { SpentHour } from '../detection/missed.ts'
import { ordinaryPeak, velocityIdentity, type VelocityScope } from '../detection/velocity.ts'
import type { DailySpend } from '../detection/unusual-days.ts'
import { knownUpTo } from '../ledger/account-views.ts'
import { readDays } from '../ledger/day-knowledge.ts'
import { effectivePlane } from '../ledger/effective.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import type { Spending } from '../ledger/spend.ts'
import type { Feed } from '../providers/adapter.ts'
import { cadenceOf, everyMs } from '../polling/poll-schedule.ts'
import { feedsOf } from '../providers/registry.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { AlertRow } from '../storage/alerts.ts'
import type { NewNormalsTable } from '../storage/new-normals.ts'
import type { Plans } from './plans.ts'
import { spendIn } from './spend-in.ts'
import type { Usage } from './usage.ts'
import type { Watches } from './watches.ts'

/** What the guard has said so far. */
export interface AlertHistory {
  open(): readonly AlertRow[]
  latest(identity: string): AlertRow | null
}

export type EstimateHour = ReturnType<Ledger['queries']['estimateHours']>[number]

/** Habits are read from this long. */
const habitDays = 14
/** Usage read within this time counts as known up to now. */
const freshMs = 10 * minuteMs
/** Days that a day is compared with, and the newest ones. */
const dailyHistoryMs = 40 * dayMs

/** What each judge looks at, read from the ledger: by account, up to now. */
export function createEvidence(parts: {
  ledger: Ledger
  owners: Owners
  settings: SettingsStore
  awakeSince(): number | null
  watches: Watches
  plans: Plans
  newNormals: NewNormalsTable
  usage: Usage
}) {
  const { ledger, owners } = parts

  /** Hours of an account's estimate, over as long as a habit takes. */
  function habitHours(nowMs: number): (accountId: string) => readonly EstimateHour[] {
    const byAccount = new Map<string, EstimateHour[]>()
    const fromMs = wholeHourBefore(nowMs) - habitDays * dayMs
    for (const hour of ledger.queries.estimateHours(fromMs / 1_000, nowMs / 1_000)) {
      const mine = byAccount.get(hour.accountId)
      if (mine) mine.push(hour)
      else byAccount.set(hour.accountId, [hour])
    }
    return (accountId) => byAccount.get(accountId) ?? []
  }

  /** One reading of the ledger per range and look, however many budgets share it. */
  function spendReader(nowMs: number): SpendOver {
    const seen = new Map<string, SpendIn | null>()
    return (range) => {
      const key = `${range.fromMs} ${range.toMs}`
      let spent = seen.get(key)
      if (spent === undefined) seen.set(key, (spent = spendIn(ledger.between(range, nowMs), parts, nowMs)))
      return spent
    }
  }

  function velocityScopes(
    account: AccountRow,
    lastHour: Spending,
    hours: readonly EstimateHour[],
    alerts: AlertHistory,
    nowMs: number,
  ): VelocityScope[] {
    const usage = ledger
      .feedStates(account.id)
      .filter((state) => state.plane === 'estimate' && state.filledAtMs !== null)
    const mine = estimateOf(lastHour, account.id)
    const factor = correction(account, nowMs)
    const currencies = new Set([
      'USD',
      ...mine.map((part) => part.currency),
      ...currenciesOf(alerts.open(), account.id),
    ])
    const complete = isComplete(account, nowMs)
    return [...currencies].map((currency) => ({
      accountId: account.id,
      accountLabel: account.label,
      currency,
      lastHour:
        usage.length === 0 ? null : mine.map((part) => ({ ...part, nanos: shareOf(part.nanos, factor, 1_000n) })),
      complete,
      ordinaryPeakNanos: peakOf(hours, currency, nowMs),
      hours: watchedHours(account, hours, currency, nowMs),
      asleepToMs: parts.awakeSince() ?? nowMs,
      spokenToMs: spokenTo(alerts.latest(velocityIdentity(account.id, currency)), nowMs),
      acceptedNanos: acceptedHour(account.id, currency, nowMs),
      spentIn: (range) => estimateOf(ledger.between(range, nowMs), account.id),
      plannedIn: (range) => shareOf(parts.plans.planned(account, currency, range, nowMs), factor, 1_000n),
      plan: parts.plans.words(account, currency, nowMs),
    }))
  }

  /** The dearest hour that a person accepted within the time of a habit; later on the habit itself says so. */
  function acceptedHour(accountId: string, currency: string, nowMs: number): bigint {
    return parts.newNormals
      .of(accountId, currency)
      .filter(({ atMs }) => nowMs - atMs < habitDays * dayMs)
      .reduce((most, { hourNanos }) => (hourNanos > most ? hourNanos : most), 0n)
  }

  function everyOf(account: AccountRow): number {
    const cadence = cadenceOf(parts.settings.read())
    const waits = watchedFeeds(account).map((feed) =>
      // What a person brings is as new as the person likes.
      feed.source === 'import' ? Infinity : everyMs(feed, { used: true }, cadence),
    )
    return Math.max(0, ...waits)
  }

  function isComplete(account: AccountRow, nowMs: number): boolean {
    // Of what a person brings nothing is missing until the next file.
    if (everyOf(account) === Infinity) return true
    const knownToMs = knownUpTo(ledger, account)
    return knownToMs !== null && nowMs - knownToMs <= Math.max(freshMs, 2 * everyOf(account))
  }

  /** The estimate alone: the bill is hours late, and velocity is about now. */
  function estimateOf(spending: Spending, accountId: string): OwnedSpend[] {
    return spending.parts
      .filter((part) => part.plane === 'estimate' && part.accountId === accountId)
      .map((part) => owners.own({ ...part, effectiveNanos: part.nanos }))
  }

  /** In thousandths: where the bill is steadily higher than list prices, usage is worth more. Never less than 1. */
  function correction(account: AccountRow, nowMs: number): bigint {
    const ratio = ledger.calibration(account.id, nowMs)
    return ratio?.steady && ratio.ratio > 1 ? BigInt(Math.round(Math.min(ratio.ratio, 10) * 1_000)) : 1_000n
  }

  function peakOf(hours: readonly EstimateHour[], currency: string, nowMs: number): bigint {
    const toS = wholeHourBefore(nowMs) / 1_000
    const mine = hours.filter((hour) => hour.currency === currency && hour.startS < toS)
    const firstMs = Math.min(...mine.map((hour) => hour.startS * 1_000))
    return ordinaryPeak(
      mine.map((hour) => hour.costNanos),
      Number.isFinite(firstMs) ? Math.round((wholeHourBefore(nowMs) - firstMs) / hourMs) : 0,
    )
  }

  function watchedSpend(account: AccountRow, lastHour: Spending, alerts: AlertHistory, nowMs: number): WatchedSpend[] {
    const knownToMs = knownUpTo(ledger, account)
    if (knownToMs === null) return []
    const verdicts = parts.watches.look(account, Math.min(knownToMs, nowMs))
    return [...verdicts].map(([currency, { alert, finding, lastHour: hour, isPast }]) => ({
      accountId: account.id,
      accountLabel: account.label,
      currency,
      unusual: alert,
      rise: finding,
      isPast,
      excessOfHour: Math.max(0, hour.sum - hour.expected),
      newcomer: parts.usage.newcomer(account.id, currency, lastHour, nowMs),
      toldLately: spokenTo(alerts.latest(anomalyIdentity(account.id, currency)), nowMs) > nowMs - 2 * dayMs,
      complete: isComplete(account, nowMs),
      nextLookMs: everyOf(account) + latencyOf(account),
      spentIn: (range) => estimateOf(ledger.between(range, nowMs), account.id),
      plan: parts.plans.words(account, currency, nowMs),
    }))
  }

  /**
   * Daily spend of an account of whose hours no habit is known: it has a bill alone, or not two weeks of usage. Days that
   * were read and had no amount are missing: a bill that skips days is no stranger than one that lists zeros.
   */
  function dailySpend(account: AccountRow, hours: readonly EstimateHour[], nowMs: number): DailySpend[] {
    const toMs = floorTo(nowMs, dayMs) + dayMs
    const habitFromS = (floorTo(nowMs, dayMs) - (habitDays - 1) * dayMs) / 1_000
    if (hours.some(({ startS }) => startS < habitFromS)) return []
    const byCurrency = new Map<string, { startMs: number; nanos: bigint }[]>()
    for (const day of readDays(ledger.queries, account.id, (toMs - dailyHistoryMs) / 1_000, toMs / 1_000)) {
      const plane = effectivePlane(day)
      const nanos = plane === 'billed' ? day.billedNanos : plane === 'estimate' ? day.estimateNanos : null
      if (nanos === null) continue
      const days = byCurrency.get(day.currency) ?? []
      byCurrency.set(day.currency, days)
      days.push({ startMs: day.dayS * 1_000, nanos })
    }
    return [...byCurrency].map(([currency, days]) => ({
      accountId: account.id,
      accountLabel: account.label,
      currency,
      days: days.sort((a, b) => a.startMs - b.startMs),
      watchedSinceMs: account.createdAtMs,
      announced: (startMs) => parts.plans.announced(account, currency, { fromMs: startMs, toMs: startMs + dayMs }),
      spentOn: (startMs) =>
        ledger
          .between({ fromMs: startMs, toMs: startMs + dayMs }, nowMs)
          .parts.filter((part) => part.accountId === account.id && part.effectiveNanos !== 0n)
          .map(owners.own),
    }))
  }

  /** What counts of an account's spend in the last 24 hours; null where nothing is known. */
  function spentOfDay(accountId: string, currency: string, spendOver: SpendOver, nowMs: number): bigint | null {
    const spent = spendOver({ fromMs: nowMs - dayMs, toMs: nowMs })
    return spent && sumInScope(spent.parts, { kind: 'account', name: accountId }, currency)
  }

  /** Why an account spends more than usual since an instant, as far as the ledger tells; for one look. */
  function explainer(nowMs: number) {
    const explain = parts.usage.explainer(nowMs)
    return (accountId: string, currency: string, sinceMs: number): Explanation | null => {
      const account = owners.account(accountId)
      if (!account) return null
      const knownToMs = Math.min(knownUpTo(ledger, account) ?? nowMs, nowMs)
      const look = parts.watches.look(account, knownToMs).get(currency)
      const shape = look?.finding?.shape ?? null
      return explain({ accountId, currency, sinceMs, shape, profile: look?.profile ?? null })
    }
  }

  function sightOf(account: AccountRow, hours: readonly EstimateHour[]): AccountSight {
    const watched = watchedFeeds(account)
    const failing = ledger
      .feedStates(account.id)
      .filter((state) => state.failure && watched.some((feed) => feed.id === state.feed))
      .sort((a, b) => b.failuresInRow - a.failuresInRow)[0]
    return {
      accountId: account.id,
      label: account.label,
      everyMs: everyOf(account),
      latencyMs: latencyOf(account),
      knownToMs: knownUpTo(ledger, account),
      addedAtMs: account.createdAtMs,
      failure: failing?.failure ?? null,
      failuresInRow: failing?.failuresInRow ?? 0,
      paused: account.pausedReason !== null,
      activeHours: activeHours(account, hours),
    }
  }

  return {
    habitHours,
    spendReader,
    velocityScopes,
    watchedSpend,
    dailySpend,
    spentOfDay,
    explainer,
    sightOf,
    isComplete,
    estimateOf,
  }
}

/**
 * When an account spent, as far as that is known: what a running total had come to before the first look is spread evenly
 * over its period, nights and weekends too, which is no habit.
 */
export function activeHours(
  account: AccountRow,
  hours: readonly Pick<EstimateHour, 'startS' | 'costNanos'>[],
): number[] {
  const isCounter = watchedFeeds(account).some((feed) => feed.source === 'counter')
  const fromMs = isCounter ? account.createdAtMs : 0
  const active = hours.filter(({ costNanos }) => costNanos > 0n).map(({ startS }) => startS * 1_000)
  return [...new Set(active)].filter((startMs) => startMs >= fromMs).sort((a, b) => a - b)
}

/** What tells of an account's spend first: usage, or the bill where there is no more. */
function watchedFeeds(account: AccountRow): Feed[] {
  const required = feedsOf(account).filter((feed) => !feed.optional)
  const usage = required.filter((feed) => feed.plane === 'estimate')
  return usage.length > 0 ? usage : required.filter((feed) => feed.plane === 'billed')
}

function latencyOf(account: AccountRow): number {
  return Math.max(0, ...watchedFeeds(account).map((feed) => feed.latencyMs))
}

/** The hour under way and the one before it are no habit yet. */
function wholeHourBefore(nowMs: number): number {
  return floorTo(nowMs, hourMs) - hourMs
}

/** Hours of the last day that are over, and in which the account was watched: its history from before is no news. */
function watchedHours(
  account: AccountRow,
  hours: readonly EstimateHour[],
  currency: string,
  nowMs: number,
): SpentHour[] {
  const fromMs = Math.max(account.createdAtMs, nowMs - dayMs)
  return hours
    .filter((hour) => hour.currency === currency)
    .map(({ startS, costNanos }) => ({ startMs: startS * 1_000, nanos: costNanos }))
    .filter(({ startMs }) => startMs >= fromMs && startMs + hourMs <= nowMs)
    .sort((a, b) => a.startMs - b.startMs)
}

function spokenTo(alert: AlertRow | null, nowMs: number): number {
  return alert === null ? 0 : (alert.resolvedAtMs ?? nowMs)
}

/** Currencies in which an alert of the account is open: it must be looked at until it is over. */
function currenciesOf(open: readonly AlertRow[], accountId: string): string[] {
  return open.flatMap(({ rule, identity, currency }) =>
    rule === 'velocity' && identity.startsWith(`velocity:${accountId}:`) ? [currency] : [],
  )
}
