import { fail, type Failure } from '../../shared/failures.ts'
import { secondMs } from '../../shared/time.ts'
import type { Feed, ProviderAdapter, ReadContext } from '../providers/adapter.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'
import type { System } from '../system.ts'
import { dueAtMs, mayReadNow, type Cadence } from './poll-schedule.ts'
import { readAccount, type FeedReading } from './read-account.ts'
import type { Result } from '../../shared/result.ts'
import { isTolerated } from './tolerated.ts'

export interface PollOutcome {
  account: AccountRow
  failure: Failure | null
  buckets: number
  /** It was left alone, because reading it costs money and is not due. */
  spared?: true
}

export type Poller = ReturnType<typeof createPoller>

/** Feeds that become due within this time are read in the same poll. */
const gatherMs = 2 * secondMs
/** The schedule is looked at every half minute; a gap this long means that the computer slept. */
const sleptMs = 5 * 60 * secondMs

/** Clocks are corrected by seconds all the time; that is not being set back. */
const driftMs = 60 * secondMs

/**
 * After a fault on our side, such as a full disk or a locked keychain, an account is left alone this long: nothing was
 * noted of the attempt, and asking the provider, or for a password, twice a second helps nobody.
 */
const restMs = 60 * secondMs
/** The longest sleep between two looks at the schedule; a laptop that wakes up is caught by it at the latest. */
const longestNapMs = 30 * secondMs

/**
 * Decides when to read which account, and does it: one poll in flight per account. What was read goes to `commit`,
 * which stores it, judges it and owes its messages in one transaction.
 */
export function createPoller(parts: {
  system: Pick<System, 'clock' | 'random' | 'log'>
  adapter(account: AccountRow): ProviderAdapter
  accounts(): readonly AccountRow[]
  feeds(account: AccountRow): readonly { feed: Feed; state: FeedState }[]
  cadence(): Cadence
  /** A person wants nothing to be read. */
  isPaused(): boolean
  /** The HTTP client with the account's key, the prices and options. */
  context(account: AccountRow): Promise<Result<ReadContext>>
  onFill(account: AccountRow, reading: FeedReading, done: number): Promise<void>
  commit(account: AccountRow, readings: readonly FeedReading[], failure: Failure | null): number | Promise<number>
  onPolled(outcomes: readonly PollOutcome[]): void
  /** The clock was set back: what was noted for later than now is void. */
  onClockBack(byMs: number): void
}) {
  const { clock } = parts.system
  const inFlight = new Map<string, Promise<PollOutcome>>()
  const restUntilMs = new Map<string, number>()
  /** Accounts whose source told that there may be something new. */
  const hurried = new Set<string>()
  /** Feeds that could not be reached before the network came back: their wait is over. */
  const reconnected = new Set<number>()
  let cancelTimer: (() => void) | null = null
  let running = false
  let awakeSinceMs: number | null = null
  let lookedAtMs = 0

  function pollAccount(account: AccountRow, due: readonly { feed: Feed; state: FeedState }[]): Promise<PollOutcome> {
    const current = inFlight.get(account.id)
    if (current) return current
    const poll = readAndCommit(account, due).finally(() => {
      inFlight.delete(account.id)
      plan()
    })
    inFlight.set(account.id, poll)
    return poll
  }

  async function readAndCommit(
    account: AccountRow,
    due: readonly { feed: Feed; state: FeedState }[],
  ): Promise<PollOutcome> {
    const context = await parts.context(account)
    if (!context.ok) {
      rest(account)
      return { account, failure: context.failure, buckets: await parts.commit(account, [], context.failure) }
    }
    const readings = await readAccount({
      adapter: parts.adapter(account),
      context: context.value,
      due,
      nowMs: clock.now(),
      onFill: (reading, done) => parts.onFill(account, reading, done),
    })
    const buckets = await parts.commit(account, readings, null)
    return { account, failure: worstFailure(readings, due), buckets }
  }

  const dueFeeds = (account: AccountRow, nowMs: number) => {
    const cadence = parts.cadence()
    const hurry = hurried.has(account.id)
    return parts.feeds(account).filter(({ feed, state }) => {
      if (reconnected.has(state.id) && state.failure?.kind === 'offline') return true
      return hurry && isReadable(feed)
        ? (state.failure?.retryAtMs ?? 0) <= nowMs
        : dueAtMs(feed, state, cadence) <= nowMs
    })
  }

  function noticeClock(nowMs: number): void {
    const readAtMs = parts.accounts().flatMap((account) => parts.feeds(account).map(({ state }) => state.readAtMs ?? 0))
    const aheadMs = Math.max(lookedAtMs, ...readAtMs) - nowMs
    if (aheadMs <= driftMs) return
    lookedAtMs = 0
    awakeSinceMs &&= nowMs
    restUntilMs.clear()
    parts.onClockBack(aheadMs)
  }

  async function tick(): Promise<void> {
    const nowMs = clock.now()
    noticeClock(nowMs)
    if (awakeSinceMs === null || nowMs < lookedAtMs || nowMs - lookedAtMs > sleptMs) awakeSinceMs = nowMs
    lookedAtMs = nowMs
    if (parts.isPaused()) {
      // What was not read meanwhile is nobody's fault, and is caught up on afterwards.
      awakeSinceMs = nowMs
      return plan()
    }
    const polls = parts
      .accounts()
      .filter((account) => mayPoll(account) && (restUntilMs.get(account.id) ?? 0) <= nowMs)
      .flatMap((account) => {
        const due = dueFeeds(account, nowMs)
        if (due.length === 0) return []
        const gathered = dueFeeds(account, nowMs + gatherMs)
        hurried.delete(account.id)
        for (const { state } of gathered) reconnected.delete(state.id)
        return [{ account, poll: pollAccount(account, gathered) }]
      })
    // Not awaited together: a slow provider must not hold up what another one brought.
    for (const { account, poll } of polls) {
      void poll
        .then((outcome) => parts.onPolled([outcome]))
        .catch((error: unknown) => {
          rest(account)
          parts.system.log.error('poll failed', { message: (error as Error).message })
          plan()
        })
    }
    plan()
  }

  const mayPoll = (account: AccountRow) => account.pausedReason === null && !inFlight.has(account.id)
  const rest = (account: AccountRow) => void restUntilMs.set(account.id, clock.now() + restMs)

  function plan(): void {
    if (!running) return
    cancelTimer?.()
    const nowMs = clock.now()
    const cadence = parts.cadence()
    const next = parts
      .accounts()
      .filter(mayPoll)
      .flatMap((account) => {
        const restsUntilMs = restUntilMs.get(account.id) ?? 0
        const hurry = hurried.has(account.id) ? lookedAtMs + secondMs : Infinity
        return parts
          .feeds(account)
          .map(({ feed, state }) => Math.max(restsUntilMs, Math.min(hurry, dueAtMs(feed, state, cadence))))
      })
    // In a pause everything becomes due and nothing is read: its end wakes us.
    const dueMs = parts.isPaused() ? Infinity : Math.min(...next)
    const waitMs = Math.min(longestNapMs, Math.max(secondMs / 2, dueMs - nowMs))
    // Up to a twentieth later, so that many guards do not knock in the same second.
    cancelTimer = clock.after(waitMs * (1 + parts.system.random() / 20), () => void tick())
  }

  return {
    start(): void {
      running = true
      void tick()
    },
    /** An account's source may have something new: it is read within a second or so, and not more often. */
    hurry(accountId: string): void {
      hurried.add(accountId)
      plan()
    },
    isRunning: () => running,
    /** Looks at the schedule now: after sleep, when the network is back, when an account was added. */
    wake(): void {
      restUntilMs.clear()
      // Their back-off was for a connection that was not there.
      for (const account of parts.accounts())
        for (const { state } of parts.feeds(account)) if (state.failure?.kind === 'offline') reconnected.add(state.id)
      if (running) void tick()
    },
    /**
     * Reads accounts now, whether or not they are due, within what `mayReadNow` allows. A paused account is read when
     * it is named: that is how a person tries again. Of a bill that is asked for by name the longer stretch is read, because
     * who asks wants to see what the provider has corrected.
     */
    async pollNow(accountId: string | null): Promise<PollOutcome[]> {
      const nowMs = clock.now()
      noticeClock(nowMs)
      const chosen = parts.accounts().filter((account) => accountId === null || account.id === accountId)
      const outcomes = await Promise.all(
        chosen.map((account) => {
          const feeds = parts.feeds(account).filter(({ feed }) => isReadable(feed))
          const asked = { cadence: parts.cadence(), nowMs, named: accountId !== null }
          const ready = feeds.filter(({ feed, state }) => mayReadNow(feed, state, asked))
          if (account.pausedReason !== null && accountId === null) {
            return { account, failure: fail('credential-rejected', account.pausedReason), buckets: 0 }
          }
          const waiting = feeds.find(({ state }) => !ready.some((one) => one.state === state))
          if (ready.length === 0 && waiting)
            return waiting.state.failure
              ? { account, failure: waiting.state.failure, buckets: 0 }
              : { account, failure: null, buckets: 0, spared: true as const }
          return pollAccount(account, accountId === null ? ready : ready.map(withLongerBill))
        }),
      )
      parts.onPolled(outcomes)
      return outcomes
    },
    /** Since when it has watched without a break, in its own sleep or the computer's; null when it polls on demand only. */
    awakeSince: (): number | null => awakeSinceMs,
    inFlight: (accountId: string): boolean => inFlight.has(accountId),
    async stop(): Promise<void> {
      running = false
      cancelTimer?.()
      await Promise.allSettled(inFlight.values())
    },
  }
}

type Due = { feed: Feed; state: FeedState }

function withLongerBill({ feed, state }: Due): Due {
  return { feed, state: feed.plane === 'billed' ? { ...state, deepReadAtMs: null } : state }
}

/** What a person brings is never read. */
function isReadable(feed: Feed): boolean {
  return feed.source !== 'import'
}

/** The failure a person should hear of; that of an optional feed may be none of the account. */
function worstFailure(
  readings: readonly FeedReading[],
  due: readonly { feed: Feed; state: FeedState }[],
): Failure | null {
  const feedOf = new Map(due.map(({ feed, state }) => [state.id, feed]))
  for (const { state, failure } of readings) {
    const feed = feedOf.get(state.id)
    if (failure && feed && !isTolerated(feed, failure)) return failure
  }
  return null
}
