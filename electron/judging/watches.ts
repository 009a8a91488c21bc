import { acceptByHand } from '../detection/anomaly/episode.ts'
import { lastHourOf } from '../detection/anomaly/measures.ts'
import { profileOf, type Profile } from '../detection/anomaly/profile.ts'
import { createSpendWatch, observe, type SpendVerdict, type SpendWatch } from '../detection/anomaly/spend-watch.ts'
import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import { createBreather } from '../breather.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { NewNormalsTable } from '../storage/new-normals.ts'
import type { WatchesTable } from '../storage/watches.ts'
import type { Plans } from './plans.ts'

const slotMs = 5 * minuteMs
/** How far back the ledger is shown again: what a poll re-reads each time, and from time to time the whole day. */
const tailMs = 2 * hourMs
const longTailMs = 26 * hourMs
const longEveryMs = 6 * hourMs
/** What a watch is made from when there is none. */
const historyMs = 62 * dayMs
/** A piece of it that is shown in some 20 ms. */
const pieceMs = 7 * dayMs
/** A rise from before the account was added matters where the last hour still costs so many times what is usual. */
const stillRising = 2
const saveEveryMs = 6 * hourMs

interface Watched {
  watch: SpendWatch
  fedToMs: number
  longFedAtMs: number
  savedAtMs: number
  verdict: SpendVerdict
}

/** What the model says of an account and currency, with the last hour beside what was expected of it. */
export interface Look extends SpendVerdict {
  lastHour: { sum: number; expected: number }
  /** A rise from before the account was added, which is over: the past's business. */
  isPast: boolean
  profile: Profile | null
}

const nothing: SpendVerdict = { alert: false, over: 0, finding: null }

/**
 * Shows the anomaly model what the ledger learns, slot by slot, and remembers the models. One that is lost is made again
 * from the ledger, and from what people announced and accepted.
 */
export function createWatches(parts: {
  ledger: Ledger
  table: WatchesTable
  plans: Plans
  newNormals: NewNormalsTable
}) {
  const { ledger, table } = parts
  const watches = new Map<string, Watched>()
  /** By account: what the last look said, up to when. Nothing new is known before the next reading. */
  const looks = new Map<string, { knownToMs: number; verdicts: Map<string, Look> }>()
  /** Accounts of which the history was shown in this run; one may have none. */
  const learned = new Set<string>()
  let loads = 0
  load()

  function load(): void {
    loads++
    watches.clear()
    looks.clear()
    learned.clear()
    for (const row of table.all()) {
      const watch = readState(row.state)
      if (watch)
        watches.set(`${row.accountId} ${row.currency}`, {
          watch,
          fedToMs: row.fedToMs,
          longFedAtMs: 0,
          savedAtMs: row.fedToMs,
          verdict: nothing,
        })
    }
  }

  /** Shows everything that is known up to an instant, and answers what is out of the ordinary by currency. */
  function look(account: AccountRow, knownToMs: number): Map<string, Look> {
    const accountId = account.id
    const last = looks.get(accountId)
    if (last?.knownToMs === knownToMs) return last.verdicts
    const mine = watchesOf(accountId).map(([, watched]) => watched)
    const long = mine.length === 0 || mine.some((watched) => knownToMs - watched.longFedAtMs >= longEveryMs)
    const oldestMs = Math.min(...mine.map((watched) => watched.fedToMs)) - (long ? longTailMs : tailMs)
    const fromMs = floorTo(mine.length === 0 ? knownToMs - historyMs : oldestMs, slotMs)
    show(account, fromMs, knownToMs)
    const verdicts = new Map<string, Look>()
    for (const [key, watched] of watchesOf(accountId)) {
      const currency = key.slice(accountId.length + 1)
      if (long) watched.longFedAtMs = knownToMs
      if (knownToMs - watched.savedAtMs >= saveEveryMs) save(key, watched)
      const { watch, verdict } = watched
      const profile = verdict.finding && profileOf(watch, verdict.finding.sinceMs)
      const lastHour = lastHourOf(watch)
      const isBefore = (verdict.finding?.sinceMs ?? Infinity) < account.createdAtMs
      const isPast = isBefore && lastHour.sum < stillRising * lastHour.expected
      verdicts.set(currency, { ...verdict, lastHour, isPast, profile })
    }
    looks.set(accountId, { knownToMs, verdicts })
    return verdicts
  }

  const watchesOf = (accountId: string) => [...watches].filter(([key]) => key.startsWith(`${accountId} `))

  /** Shows the models of an account what the ledger holds of a range, which continues what they were shown before. */
  function show(account: AccountRow, fromMs: number, toMs: number, acceptToMs = Infinity): void {
    const slots = slotsFrom(account.id, fromMs, toMs)
    for (const currency of slots.keys()) {
      const key = `${account.id} ${currency}`
      if (!watches.has(key))
        watches.set(key, {
          watch: createSpendWatch(slotMs),
          fedToMs: 0,
          longFedAtMs: 0,
          savedAtMs: 0,
          verdict: nothing,
        })
    }
    for (const [key, watched] of watchesOf(account.id)) {
      const currency = key.slice(account.id.length + 1)
      const allowance = parts.plans.allowances(account, currency, { fromMs, toMs })
      const accepted = parts.newNormals
        .of(account.id, currency)
        .filter(({ atMs }) => atMs > watched.watch.acceptedToMs && atMs <= acceptToMs)
      feed(watched, { slots: slots.get(currency) ?? noSlots, allowance, fromMs, knownToMs: toMs, accepted })
    }
  }

  /**
   * Makes the models of an account that has none from its history, piece by piece with others in between: a first look
   * would do all of it at once. What is newest is left to that look. Only for an account whose history is all there.
   */
  async function learn(account: AccountRow, nowMs: number): Promise<void> {
    if (learned.has(account.id) || watchesOf(account.id).length > 0) return
    learned.add(account.id)
    const load = loads
    const breathe = createBreather()
    // Whole hours, because no piece holds a part of one.
    const endMs = floorTo(nowMs - tailMs, hourMs)
    for (let fromMs = floorTo(nowMs - historyMs, hourMs); fromMs < endMs; fromMs += pieceMs) {
      const toMs = Math.min(fromMs + pieceMs, endMs)
      show(account, fromMs, toMs, toMs - slotMs)
      for (const [, watched] of watchesOf(account.id)) watched.longFedAtMs = toMs
      await breathe()
      // Models were taken back, or somebody could not wait, and they were shown the rest.
      if (loads !== load || watchesOf(account.id).some(([, { fedToMs }]) => fedToMs > toMs)) return
    }
  }

  /** Spend by currency and slot. */
  function slotsFrom(accountId: string, fromMs: number, toMs: number): Map<string, Slots> {
    const slots = new Map<string, Slots>()
    const rows = ledger.queries.estimateSlots(accountId, fromMs / 1_000, toMs / 1_000)
    for (const { currency, startMs, isHour, costNanos } of rows) {
      let mine = slots.get(currency)
      if (!mine) slots.set(currency, (mine = { spent: new Map(), busy: new Set() }))
      const value = Math.max(0, Number(costNanos) / 1e9)
      // An hour of which only the sum is known is shown as four equal pieces, as lumpy as traffic usually is. That
      // nothing lies between them is our doing: all of the hour counts as busy.
      const pieces = isHour ? [0, 3, 6, 9].map((slot) => startMs + slot * slotMs) : [startMs]
      for (const piece of pieces) mine.spent.set(piece, (mine.spent.get(piece) ?? 0) + value / pieces.length)
      if (isHour && value > 0) for (let slot = 0; slot < hourMs / slotMs; slot++) mine.busy.add(startMs + slot * slotMs)
    }
    return slots
  }

  function save(key: string, watched: Watched): void {
    const [accountId = '', currency = ''] = key.split(' ')
    watched.savedAtMs = watched.fedToMs
    table.save({ accountId, currency, fedToMs: watched.fedToMs, state: JSON.stringify(watched.watch) })
  }

  return {
    look,
    learn,
    /** A person announced or accepted something: the next look is a new one, and a longer one. */
    lookAgain(): void {
      looks.clear()
      for (const watched of watches.values()) watched.longFedAtMs = 0
    },
    /** A transaction was rolled back: what was learned in it is forgotten. */
    reload: load,
    /** Writes down what is only in memory: before the guard stops. */
    flush(): void {
      for (const [key, watched] of watches) save(key, watched)
    },
  }
}

export type Watches = ReturnType<typeof createWatches>

interface Slots {
  spent: Map<number, number>
  /** Of hours in which anything was spent, where nothing finer is known. */
  busy: Set<number>
}

const noSlots: Slots = { spent: new Map(), busy: new Set() }

interface Feed {
  slots: Slots
  allowance: ((slotMs: number) => number) | null
  fromMs: number
  knownToMs: number
  /** Instants at which a person said that this is the new normal, oldest first. */
  accepted: readonly { atMs: number }[]
}

/** Slots without spend are shown too, up to where the account is known: idleness is part of a habit. */
function feed(watched: Watched, { slots: { spent, busy }, allowance, fromMs, knownToMs, accepted }: Feed): void {
  const { watch } = watched
  const firstMs = watch.fine.newest < 0 ? [...spent.keys()].reduce((a, b) => Math.min(a, b), knownToMs) : fromMs
  const show = (startMs: number) => {
    const value = spent.get(startMs) ?? 0
    watched.verdict = observe(watch, {
      startMs,
      value,
      ...(busy.has(startMs) && { busy: true }),
      ...(allowance && { allowance: allowance(startMs) }),
    })
  }
  const waiting = [...accepted]
  // At the time it was said, also when the watch is made anew much later.
  const acceptUpTo = (ms: number) => {
    while (waiting[0] && waiting[0].atMs <= ms) acceptByHand(watch, waiting.shift()?.atMs ?? 0)
  }
  for (let startMs = firstMs; startMs < knownToMs; startMs += slotMs) {
    acceptUpTo(startMs)
    show(startMs)
  }
  if (waiting.length > 0 && watch.fine.newest >= 0) {
    acceptUpTo(Infinity)
    show(floorTo(knownToMs - 1, slotMs))
  }
  watched.fedToMs = Math.max(watched.fedToMs, floorTo(knownToMs, slotMs))
}

/** Null when it was written by another version, or is damaged: then it is made again. */
function readState(text: string): SpendWatch | null {
  try {
    const watch = JSON.parse(text) as SpendWatch
    return watch.version === 2 && watch.widthMs === slotMs ? watch : null
  } catch {
    return null // damaged text
  }
}
