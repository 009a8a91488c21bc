import type { Budget } from '../../shared/budgets.ts'
import type { Plan } from '../../shared/plans.ts'
import type { ReplayedPage } from '../../shared/replay.ts'
import type { RateBook } from '../../shared/rates.ts'
import { plainRouting } from '../../shared/routing.ts'
import type { Settings } from '../../shared/settings.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, floorTo, iso, minuteMs, type TimeRange } from '../../shared/time.ts'
import { createAlertBook } from '../alerts/alert-book.ts'
import { scopeLabel } from '../alerts/present.ts'
import { createJudges } from '../judging/judges.ts'
import { createPlans } from '../judging/plans.ts'
import { createUsage } from '../judging/usage.ts'
import { createWatches } from '../judging/watches.ts'
import { createBreather } from '../breather.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createOwners } from '../ledger/owners.ts'
import { widths, type CostBucket, type Feed, type KnownName } from '../providers/adapter.ts'
import { feedsOf as providerFeeds } from '../providers/registry.ts'
import { createAccountsTable, type AccountRow } from '../storage/accounts.ts'
import { createBudgetsTable } from '../storage/budgets.ts'
import { openMemoryDatabase } from '../storage/database.ts'
import { createNamesTable } from '../storage/names.ts'
import { createNewNormalsTable, type NewNormal } from '../storage/new-normals.ts'
import { createPlansTable } from '../storage/plans.ts'
import { createWatchesTable } from '../storage/watches.ts'

/** Spend that is played back as if it arrived now. */
export interface ReplaySource {
  accounts: readonly AccountRow[]
  names: readonly (KnownName & { accountId: string })[]
  /** Buckets of a feed that start in the range, in any order. */
  buckets(account: AccountRow, feed: Feed, range: TimeRange): CostBucket[]
}

export interface ReplayRules {
  budgets: readonly Budget[]
  plans: readonly Plan[]
  newNormals: readonly NewNormal[]
  settings: Settings
  zone: string
  rates: RateBook
}

/** Habits are learnt from so long before the first day that is played. */
const warmUpMs = 62 * dayMs
/** Where minutes are known, and where only hours are. */
const fineStepMs = 5 * minuteMs
const coarseStepMs = 60 * minuteMs

/**
 * What the rules would have said: the same ledger, judges and alert book as the guard's own, in memory and without a
 * channel, on data that arrive as late as the provider declares. Other work goes first every few milliseconds.
 */
export async function replay(
  source: ReplaySource,
  rules: ReplayRules,
  range: TimeRange & { stepMs?: number },
): Promise<ReplayedPage[]> {
  const db = openMemoryDatabase()
  const breathe = createBreather()
  let nowMs = range.fromMs
  const stage = createStage(db, source, rules, () => nowMs)
  const pages: ReplayedPage[] = []
  try {
    const arrivals = createArrivals(source, stage.feeds)
    for (let at = range.fromMs - warmUpMs; at < range.fromMs; at += dayMs) {
      nowMs = Math.min(at + dayMs, range.fromMs)
      for (const { account, feed, buckets } of arrivals.upTo(nowMs)) stage.record(account, feed, buckets, at, nowMs)
      await breathe()
    }
    // What is open at the beginning is the past's business.
    db.transaction(() => stage.judge()).immediate()
    while (nowMs < range.toMs) {
      const beforeMs = nowMs
      nowMs = Math.min(range.toMs, nowMs + (range.stepMs ?? arrivals.stepMs(nowMs)))
      pages.push(
        ...db
          .transaction(() => {
            for (const { account, feed, buckets } of arrivals.upTo(nowMs))
              stage.record(account, feed, buckets, beforeMs, nowMs)
            return stage.judge()
          })
          .immediate(),
      )
      await breathe()
    }
  } finally {
    db.close()
  }
  return pages
}

/** The part of the guard that decides, over a ledger of its own. */
function createStage(
  db: ReturnType<typeof openMemoryDatabase>,
  source: ReplaySource,
  rules: ReplayRules,
  now: () => number,
) {
  const accounts = createAccountsTable(db)
  const budgets = createBudgetsTable(db)
  const names = createNamesTable(db)
  const announced = createPlansTable(db)
  const newNormals = createNewNormalsTable(db)
  for (const account of source.accounts) accounts.insert(account)
  for (const { accountId, ...name } of source.names) names.save(accountId, [name])
  for (const budget of rules.budgets) budgets.save(budget)
  for (const plan of rules.plans) announced.insert(plan)
  for (const normal of rules.newNormals) newNormals.insert(normal)
  const owners = createOwners(accounts, names)
  const ledger = createLedger(db, () => 0.5, rules.rates)
  const plans = createPlans({ ledger, table: announced, accounts })
  const watches = createWatches({ ledger, table: createWatchesTable(db), plans, newNormals })
  const book = createAlertBook(db, {
    owners,
    channels: () => [],
    people: () => [],
    routing: () => plainRouting,
    zone: () => rules.zone,
    traits: () => ({ isHere: false, isCostly: false, edits: false, skips: [] }),
  })
  const startMs = now()
  const judges = createJudges({
    ledger,
    owners,
    accounts,
    budgets,
    settings: { read: () => rules.settings, change: () => rules.settings },
    now,
    zone: () => rules.zone,
    pausedSince: () => null,
    awakeSince: () => startMs,
    watches,
    plans,
    newNormals,
    usage: createUsage({ ledger, owners }),
    // What was left in the past is not known.
    prepaid: () => [],
    rates: rules.rates,
  })
  const feedsOf = (account: AccountRow) => ledger.feeds(account, providerFeeds(account))
  return {
    feeds: source.accounts.flatMap((account) => feedsOf(account).map(({ feed }) => ({ account, feed }))),
    record(account: AccountRow, feed: Feed, buckets: CostBucket[], fromMs: number, toMs: number): void {
      const state = feedsOf(account).find((one) => one.feed.id === feed.id)?.state
      if (!state) return
      const window = { feed: feed.id, width: feed.widths[0], fromMs, toMs, open: true }
      const reading = { state, windows: [{ window, buckets }], failure: null, deep: false }
      ledger.record(reading, toMs)
      ledger.settle(reading, toMs)
    },
    /** Answers the messages that are owed now. */
    judge(): ReplayedPage[] {
      return book
        .accept(judges.judge(book), now(), now())
        .filter(({ announce }) => announce === 'fired')
        .map(({ alert }) => ({
          at: iso(now()),
          rule: alert.rule,
          severity: alert.severity,
          scope: alert.scope,
          scopeLabel: scopeLabel(alert.scope, owners),
          amount: alert.amountNanos === null ? null : nanosToDecimal(alert.amountNanos),
          currency: alert.currency,
          summary: alert.summary,
        }))
    },
  }
}

interface Arrival {
  account: AccountRow
  feed: Feed
  bucket: CostBucket
  atMs: number
}

/** Brings buckets when the provider would have: as late as it declares, and bills when they are final. */
function createArrivals(source: ReplaySource, feeds: readonly { account: AccountRow; feed: Feed }[]) {
  let loadedToMs: number | null = null
  let waiting: Arrival[] = []

  function load(toMs: number): void {
    const fromMs = loadedToMs ?? floorTo(toMs - dayMs, dayMs)
    if (fromMs >= toMs) return
    const untilMs = floorTo(toMs, dayMs) + dayMs
    for (const { account, feed } of feeds)
      for (const bucket of source.buckets(account, feed, { fromMs, toMs: untilMs })) {
        const delayMs = feed.plane === 'billed' ? (feed.matureAfterMs ?? feed.latencyMs) : feed.latencyMs
        waiting.push({ account, feed, bucket, atMs: bucket.startMs + widths[bucket.width] + delayMs })
      }
    loadedToMs = untilMs
  }

  return {
    /** What has arrived since it was last asked, for every feed: nothing new is an answer, too. */
    upTo(nowMs: number): { account: AccountRow; feed: Feed; buckets: CostBucket[] }[] {
      load(nowMs)
      const arrived = waiting.filter(({ atMs }) => atMs <= nowMs)
      if (arrived.length > 0) waiting = waiting.filter(({ atMs }) => atMs > nowMs)
      return feeds.map(({ account, feed }) => ({
        account,
        feed,
        buckets: arrived.filter((one) => one.account === account && one.feed === feed).map(({ bucket }) => bucket),
      }))
    },
    stepMs(nowMs: number): number {
      load(nowMs + coarseStepMs)
      return waiting.some(({ bucket, atMs }) => bucket.width === 'minute' && atMs <= nowMs + coarseStepMs)
        ? fineStepMs
        : coarseStepMs
    },
  }
}
