import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLedger, type Ledger } from '../../electron/ledger/ledger.ts'
import { feedsOf } from '../../electron/providers/registry.ts'
import { createAccountsTable, type AccountRow } from '../../electron/storage/accounts.ts'
import { openDatabase } from '../../electron/storage/database.ts'
import { migrations } from '../../electron/storage/migrations/index.ts'
import { dayMs, hourMs, minuteMs, type TimeRange } from '../../shared/time.ts'
import type { Width } from '../../electron/providers/adapter.ts'
import { bucketsOf, linesOf } from './traffic.ts'

/** The history ends on the afternoon at which tests/fakes/system.ts begins. */
export const historyEndMs = Date.UTC(2026, 10, 18, 15, 20)

const accountCount = 10
const sizes = {
  full: { days: 1_826, minuteDays: 4, usageSeries: 20, billedSeries: 10 },
  quick: { days: 120, minuteDays: 1, usageSeries: 4, billedSeries: 2 },
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/spend-guard-bench', import.meta.url))

/**
 * A data folder of ten accounts with some 10 million rows over five years: hours, and minutes in the last days; bills
 * by day. Written once by the product's own code, kept beside the packages until the schema or this plan changes.
 * Answers a copy that may be written to, and how to remove it.
 */
export function openHistory(quick: boolean): { dataDir: string; remove(): void } {
  const kept = path.join(cache, `${quick ? 'quick' : 'full'}-${planHash()}`)
  if (!existsSync(kept)) {
    const draft = `${kept}.draft-${process.pid}`
    const startedMs = performance.now()
    console.log('Writing the history that the next measurements need...')
    build(draft, quick)
    forgetOthers(quick)
    renameSync(draft, kept)
    console.log(`Writing the history: done in ${Math.round((performance.now() - startedMs) / 1_000)} s`)
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'spend-guard-bench-'))
  cpSync(kept, dataDir, { recursive: true })
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

function planHash(): string {
  const traffic = readFileSync(new URL('traffic.ts', import.meta.url), 'utf8')
  const plan = [...migrations, JSON.stringify(sizes), accountCount, historyEndMs, traffic]
  return createHash('sha256').update(plan.join('\n')).digest('hex').slice(0, 12)
}

function forgetOthers(quick: boolean): void {
  mkdirSync(cache, { recursive: true })
  const old = readdirSync(cache).filter(
    (name) => name.startsWith(quick ? 'quick-' : 'full-') && !name.includes('draft'),
  )
  for (const name of old) rmSync(path.join(cache, name), { recursive: true })
}

function build(folder: string, quick: boolean): void {
  const opened = openDatabase(folder, historyEndMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const { db } = opened.value
  const ledger = createLedger(db, () => 0.5)
  const accounts = createAccountsTable(db)
  const size = quick ? sizes.quick : sizes.full
  const fromMs = historyEndMs - (historyEndMs % dayMs) - size.days * dayMs
  const hoursEndMs = historyEndMs - (historyEndMs % dayMs) - size.minuteDays * dayMs
  for (let index = 0; index < accountCount; index++) {
    const account = accountOf(index)
    accounts.insert(account)
    const record = recorderOf(ledger, account)
    const write = db.transaction((range: TimeRange, width: Width) => record(range, width, size))
    for (const span of spansOf({ fromMs, toMs: hoursEndMs }, 60 * dayMs)) write(span, 'hour')
    for (const span of spansOf({ fromMs: hoursEndMs, toMs: historyEndMs }, 6 * hourMs)) write(span, 'minute')
    for (const span of spansOf({ fromMs, toMs: hoursEndMs + dayMs }, 365 * dayMs)) write(span, 'day')
  }
  db.transaction(() => ledger.flush())()
  db.pragma('wal_checkpoint(TRUNCATE)')
  opened.value.close()
}

function accountOf(index: number): AccountRow {
  const provider = index % 3 === 2 ? 'anthropic' : 'openai'
  return {
    id: `account-${index}`,
    provider,
    label: `Client ${index}`,
    workspace: `w${index % 4}`,
    // Nobody listens there: a measurement must not leave this computer.
    baseUrl: 'http://127.0.0.1:9',
    options: {},
    secretName: `bench-${index}`,
    pausedReason: null,
    createdAtMs: index,
  }
}

function recorderOf(ledger: Ledger, account: AccountRow) {
  const feeds = ledger.feeds(account, feedsOf(account))
  const usage = feeds.find(({ feed }) => feed.plane === 'estimate')?.state
  const costs = feeds.find(({ feed }) => feed.plane === 'billed')?.state
  if (!usage || !costs) throw new Error(`${account.provider} has no usage or no costs`)
  return (range: TimeRange, width: Width, size: (typeof sizes)['full']): void => {
    const state = width === 'day' ? costs : usage
    const series = linesOf(width === 'day' ? size.billedSeries : size.usageSeries, width === 'day')
    const window = { ...range, feed: state.feed, width, open: false }
    const buckets = bucketsOf(series, { ...range, width })
    const reading = { state, windows: [{ window, buckets }], failure: null, deep: true }
    ledger.record(reading, historyEndMs + minuteMs)
    ledger.settle(reading, historyEndMs)
  }
}

function* spansOf(range: TimeRange, stepMs: number): Iterable<TimeRange> {
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += stepMs) {
    yield { fromMs, toMs: Math.min(fromMs + stepMs, range.toMs) }
  }
}
