import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { fail, type Failure } from '../../shared/failures.ts'
import { ok, type Result } from '../../shared/result.ts'
import { dayMs, isRecent, minuteMs, secondMs, spanText } from '../../shared/time.ts'
import type { Outbox } from '../alerts/outbox.ts'
import type { AlertPipeline } from '../alerts/pipeline.ts'
import { createBreather, nextTurn } from '../breather.ts'
import { readAccountSecret } from '../calls/accounts.ts'
import type { Finding, Judgement } from '../detection/finding.ts'
import { createProviderHttp } from '../http/create-provider-http.ts'
import { createTokenMemory, type TokenMemory } from '../http/token-memory.ts'
import { knownUpTo } from '../ledger/account-views.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import type { PriceBook } from '../prices/price-book.ts'
import { loadPriceBook } from '../prices/load-price-book.ts'
import type { CostBucket, ReadContext } from '../providers/adapter.ts'
import { adapters, feedsOf } from '../providers/registry.ts'
import type { Pushes } from '../pushes.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { DeliveryRow } from '../storage/deliveries.ts'
import type { NoticesTable } from '../storage/notices.ts'
import type { NamesTable } from '../storage/names.ts'
import type { System } from '../system.ts'
import { cadenceOf, dueAtMs } from './poll-schedule.ts'
import { createPoller, type PollOutcome } from './poller.ts'
import type { FeedReading } from './read-account.ts'
import { slicesOf } from './slices.ts'
import type { GuardPause } from './guard-pause.ts'
import { pauseReason } from './pause.ts'
import { i18n } from '../../shared/words.ts'

export interface PollRun {
  outcomes: PollOutcome[]
  findings: Finding[]
  deliveries: DeliveryRow[]
}

/** A poll that brings nothing new is judged together with others that come within this time. */
const gatherMs = 2 * secondMs

export type Polling = ReturnType<typeof createPolling>

/** The poller with its surroundings: keys, prices, the ledger it writes to, and who is told afterwards. */
export function createPolling(parts: {
  system: System
  settings: SettingsStore
  accounts: AccountsTable
  names: NamesTable
  owners: Owners
  ledger: Ledger
  transaction<T>(change: () => T): T
  /** Prepares judging an account whose history is all there, with others in between. */
  learn(account: AccountRow): Promise<void>
  judge(): Judgement
  outbox: Outbox
  alerting: Pick<AlertPipeline, 'rewind' | 'lookAgain'>
  pushes: Pushes
  notices: NoticesTable
  pause: Pick<GuardPause, 'state' | 'isOn'>
  /** After a good poll: what is read of an account beside its spend. */
  onRead(account: AccountRow): Promise<void>
}) {
  const { system, accounts, ledger, pushes } = parts
  const fills = new Map<string, number>()
  const failures = new Map<string, Failure>()
  const namesReadAtMs = new Map<string, number>()
  const tokens = new Map<string, TokenMemory>()
  const watching = new Map<string, () => void | Promise<void>>()
  const background = new Set<Promise<void>>()
  const telling = new Set<Promise<void>>()
  let prices: PriceBook | null = null
  let judgedAtMs = 0
  let cancelJudging: (() => void) | null = null
  /** How many wait for the outcome of a poll: what they ask for is judged at once. */
  let waiting = 0
  let latest: { findings: Finding[]; deliveries: DeliveryRow[] } = { findings: [], deliveries: [] }

  const cadence = () => cadenceOf(parts.settings.read())
  const feeds = (account: AccountRow) => ledger.feeds(account, feedsOf(account))

  async function context(
    candidate: Pick<AccountRow, 'provider' | 'baseUrl' | 'options'> & { id?: string },
    secret: string,
  ): Promise<ReadContext> {
    prices ??= await loadPriceBook()
    const { id, baseUrl, options } = candidate
    const http = createProviderHttp({
      system,
      adapter: adapters[candidate.provider],
      baseUrl,
      secret,
      options,
      ...(id === undefined ? {} : { tokens: tokensOf(id) }),
    })
    return { http, options, prices, now: system.clock.now, dir: id === undefined ? null : dirOf(id) }
  }

  async function contextOf(account: AccountRow): Promise<Result<ReadContext>> {
    const secret = await readAccountSecret(system.secrets, account)
    return secret.ok ? ok(await context(account, secret.value)) : secret
  }

  const sourcesDir = path.join(system.dataDir, 'sources')
  const dirOf = (accountId: string) => path.join(sourcesDir, accountId)

  function tokensOf(accountId: string): TokenMemory {
    const memory = tokens.get(accountId) ?? createTokenMemory()
    tokens.set(accountId, memory)
    return memory
  }

  /** Looks over the sources that tell of themselves when there is something new, of the accounts there are now. */
  function watchSources(): void {
    const present = new Map(accounts.list().map((account) => [account.id, account]))
    for (const [id, stop] of watching) {
      if (present.has(id)) continue
      void stop()
      watching.delete(id)
    }
    for (const { id, provider, options } of present.values()) {
      const { watch } = adapters[provider]
      if (watch && !watching.has(id))
        watching.set(
          id,
          watch({ options, dir: dirOf(id) }, () => poller.hurry(id)),
        )
    }
  }

  /** Accounts that are gone have nothing to remember between reads. */
  async function forgetRemoved(): Promise<void> {
    for (const [id, stop] of watching) {
      if (accounts.get(id)) continue
      watching.delete(id)
      await stop()
    }
    for (const id of await readdir(sourcesDir).catch(() => []))
      if (!accounts.get(id)) await rm(dirOf(id), { recursive: true, force: true, maxRetries: 3 })
  }

  /** What is stored like that already, mostly nearly all, is found out before the transaction, and bit by bit. */
  async function compare({ state, windows }: FeedReading): Promise<void> {
    const known = new Set<string>()
    const twice = windows.some(({ buckets }) =>
      buckets.some(({ startMs, width }) => known.size === known.add(`${startMs} ${width}`).size),
    )
    // Windows of a first back-fill are stored as they arrive; of a bucket that comes twice both parts are needed.
    if (state.filledAtMs === null || twice) return
    const breathe = createBreather()
    for (const one of windows) {
      const changed: CostBucket[] = []
      for (const { buckets } of slicesOf(one)) {
        changed.push(...ledger.changed(state, buckets))
        await breathe()
      }
      one.changed = changed
    }
  }

  /** Stores, judges and owes messages, all or nothing. */
  async function commit(
    account: AccountRow,
    readings: readonly FeedReading[],
    failure: Failure | null,
  ): Promise<number> {
    if (isOutdated(account)) return 0
    for (const reading of readings) await compare(reading)
    for (const one of accounts.list())
      if (knownUpTo(ledger, one) !== null || (one.id === account.id && isRead(account, readings)))
        await parts.learn(one)
    const isQuiet = !failure && !failures.has(account.id) && !readings.some(isNews)
    if (failure) failures.set(account.id, failure)
    else failures.delete(account.id)
    fills.delete(account.id)
    const stored = parts.transaction(() => {
      const nowMs = system.clock.now()
      let buckets = 0
      for (const reading of readings) {
        // Windows of a first back-fill are stored as they arrive.
        if (reading.state.filledAtMs === null)
          buckets += reading.windows.reduce((sum, one) => sum + one.buckets.length, 0)
        else buckets += ledger.record(reading, nowMs)
        ledger.settle(reading, nowMs)
      }
      if (accounts.get(account.id))
        accounts.pause(account.id, pauseReason(account, feeds(account), readings.length > 0))
      if (waiting === 0 && isQuiet && isRecent(judgedAtMs, nowMs, gatherMs)) judgeSoon()
      else judge()
      return buckets
    })
    for (const reading of readings) reading.stored?.()
    return stored
  }

  /** Its options were changed while it was read: what came was asked for in the old way, and it is read again. */
  function isOutdated(account: AccountRow): boolean {
    const now = accounts.get(account.id)
    return now !== null && readingKey(now) !== readingKey(account)
  }

  function judge(): Finding[] {
    cancelJudging?.()
    cancelJudging = null
    judgedAtMs = system.clock.now()
    latest.findings = parts.judge().findings
    return latest.findings
  }

  /** Ten quiet accounts that are read in the same second are looked at twice, not ten times. */
  function judgeSoon(): void {
    cancelJudging ??= system.clock.after(gatherMs, () => {
      cancelJudging = null
      runInBackground(
        (async () => {
          parts.transaction(judge)
          pushes.changed(['alerts'])
          tell()
        })(),
      )
    })
  }

  /** Whether everything that an account must have is read, now or before. */
  function isRead(account: AccountRow, readings: readonly FeedReading[]): boolean {
    const now = new Set(readings.filter(({ failure }) => failure === null).map(({ state }) => state.id))
    return feeds(account).every(({ feed, state }) => feed.optional || state.filledAtMs !== null || now.has(state.id))
  }

  async function onFill(account: AccountRow, reading: FeedReading, done: number): Promise<void> {
    if (isOutdated(account)) return
    for (const slice of reading.windows.flatMap(slicesOf)) {
      parts.transaction(() => ledger.record({ ...reading, windows: [slice] }, system.clock.now()))
      await nextTurn()
    }
    fills.set(account.id, done)
    pushes.push('fill', { accountId: account.id, fill: done, feed: reading.state.feed })
  }

  function onPolled(outcomes: readonly PollOutcome[]): void {
    pushes.changed(['spend', 'accounts', 'alerts'])
    for (const { account, failure } of outcomes) {
      if (failure)
        system.log.warn('poll failed', {
          provider: account.provider,
          account: account.id,
          kind: failure.kind,
          status: failure.status,
        })
      else for (const work of [readNames, parts.onRead]) runInBackground(work(account))
    }
    tell()
  }

  /** Nobody who polls waits for a channel, but for one who asks what became of it. */
  function tell(): void {
    const done = parts.outbox
      .flush()
      .then((told) => void latest.deliveries.push(...told))
      .catch((error: unknown) => system.log.error('outbox failed', { message: (error as Error).message }))
    telling.add(done)
    void done.finally(() => telling.delete(done))
  }

  const namesAgainMs = () => (latest.findings.length > 0 ? 10 * minuteMs : dayMs)

  /** Work nobody waits for, except the end of the guard. */
  function runInBackground(work: Promise<void>): void {
    const settled = work.catch((error: unknown) =>
      system.log.error('background work failed', { message: (error as Error).message }),
    )
    background.add(settled)
    void settled.finally(() => background.delete(settled))
  }

  /** Once a day, and sooner while something is wrong: the key it is about may be new. Never a reason to fail. */
  async function readNames(account: AccountRow): Promise<void> {
    const read = adapters[account.provider].names
    if (!read || isRecent(namesReadAtMs.get(account.id) ?? 0, system.clock.now(), namesAgainMs())) return
    namesReadAtMs.set(account.id, system.clock.now())
    const source = await contextOf(account)
    const found = source.ok ? await read(source.value) : source
    if (!found.ok || !accounts.get(account.id)) return
    parts.transaction(() => parts.names.save(account.id, found.value))
    parts.owners.forget()
    pushes.changed(['spend'])
  }

  /** Everything would wait until the clock is where it was: accounts unread, messages unsent. */
  function onClockBack(byMs: number): void {
    const nowMs = system.clock.now()
    system.log.warn('the clock was set back', { byMs })
    parts.transaction(() => {
      ledger.rewind(nowMs)
      parts.alerting.rewind(nowMs, byMs)
      parts.notices.add(
        nowMs,
        fail(
          'clock-set-back',
          i18n.t(
            'The clock of this computer was set back by {span}. Spend of that time is read again; check that the time is right.',
            { span: spanText(byMs) },
          ),
        ),
      )
    })
    parts.alerting.lookAgain()
  }

  const poller = createPoller({
    system,
    adapter: (account) => adapters[account.provider],
    accounts: accounts.list,
    feeds,
    cadence,
    isPaused: parts.pause.isOn,
    context: contextOf,
    onFill,
    commit,
    onPolled,
    onClockBack,
  })

  return {
    start(): void {
      runInBackground(forgetRemoved())
      watchSources()
      poller.start()
    },
    wake(): void {
      if (poller.isRunning()) watchSources()
      poller.wake()
    },
    /** A new key: what the old one was exchanged for is worth nothing. */
    forgetKey: (accountId: string): void => tokens.get(accountId)?.forget(),
    forgetRemoved,
    /** It is read another way from now on: tokens and what it watches are of the old way. */
    async forgetWay(accountId: string): Promise<void> {
      tokens.get(accountId)?.forget()
      fills.delete(accountId)
      failures.delete(accountId)
      const stop = watching.get(accountId)
      watching.delete(accountId)
      await stop?.()
    },
    awakeSince: poller.awakeSince,
    async stop(): Promise<void> {
      await Promise.all([...watching.values()].map((stop) => stop()))
      watching.clear()
      await poller.stop()
      cancelJudging?.()
      await Promise.all(background)
    },
    context,
    contextOf,
    fill: (accountId: string) => fills.get(accountId) ?? null,
    failure: (accountId: string) => failures.get(accountId) ?? null,
    nextPollAtMs: (account: AccountRow): number | null => {
      if (account.pausedReason !== null) return null
      const pause = parts.pause.state()
      if (pause) return pause.until === null ? null : Date.parse(pause.until)
      const due = feeds(account)
        .map(({ feed, state }) => dueAtMs(feed, state, cadence()))
        .filter(Number.isFinite)
      return due.length === 0 ? null : Math.max(system.clock.now(), Math.min(...due))
    },
    /** `untilTold`: also waits for what became of the messages, and for a moment that a channel asks for. */
    async run(accountId: string | null, untilTold: boolean): Promise<PollRun> {
      latest = { findings: [], deliveries: [] }
      waiting++
      const outcomes = await poller.pollNow(accountId).finally(() => waiting--)
      // Also where nothing was due: time alone decides who is told next.
      const found = latest.findings.length > 0 ? latest.findings : parts.transaction(judge)
      if (!untilTold) {
        tell()
        return { outcomes, findings: found, deliveries: [] }
      }
      await Promise.all(telling)
      const late = await parts.outbox.flushPatiently()
      const deliveries = new Map([...latest.deliveries, ...late].map((delivery) => [delivery.id, delivery]))
      return { outcomes, findings: found, deliveries: [...deliveries.values()] }
    },
  }
}

/** What decides how an account is read, besides its key. */
function readingKey({ baseUrl, options }: AccountRow): string {
  return JSON.stringify([baseUrl, Object.entries(options).sort()])
}

/** Whether a reading tells more than that a quiet feed is still quiet. */
function isNews({ state, windows, failure }: FeedReading): boolean {
  const isFirst = state.filledAtMs === null
  return (
    isFirst ||
    failure !== null ||
    state.failure !== null ||
    windows.some((one) => (one.changed ?? one.buckets).length > 0)
  )
}
