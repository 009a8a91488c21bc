import { describe, expect, it } from 'vitest'
import { createLedger } from '../../electron/ledger/ledger.ts'
import type { CostBucket, Feed } from '../../electron/providers/adapter.ts'
import { openMemoryDatabase, type Db } from '../../electron/storage/database.ts'
import { createAccountsTable } from '../../electron/storage/accounts.ts'
import { createWatchesTable } from '../../electron/storage/watches.ts'
import { createWatches } from '../../electron/judging/watches.ts'
import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'

const nowMs = Date.UTC(2026, 10, 18, 12)
const feed: Feed = { id: 'completions', plane: 'estimate', widths: ['minute', 'hour'], latencyMs: 0 }

/** A ledger that holds three weeks of hours and a day of minutes, a dollar an hour, and more when told. */
function createFixture() {
  const db: Db = openMemoryDatabase()
  createAccountsTable(db).insert({
    id: 'a',
    provider: 'openai',
    label: 'Acme',
    workspace: null,
    baseUrl: null,
    options: {},
    secretName: 's',
    pausedReason: null,
    createdAtMs: nowMs,
  })
  const ledger = createLedger(db, () => 0.5)
  const [read] = ledger.feeds(createAccountsTable(db).list()[0]!, [feed])
  const bucket = (startMs: number, width: 'minute' | 'hour', dollars: number): CostBucket => ({
    startMs,
    width,
    lines: [
      {
        model: 'm',
        project: null,
        apiKey: null,
        lineItem: 'input',
        tier: null,
        currency: 'USD',
        costNanos: BigInt(Math.round(dollars * 1e9)),
        quantity: null,
        pricing: 'listed',
      },
    ],
  })
  const record = (fromMs: number, toMs: number, width: 'minute' | 'hour', dollarsPerHour: number) => {
    const stepMs = width === 'minute' ? minuteMs : hourMs
    const buckets: CostBucket[] = []
    for (let at = fromMs; at < toMs; at += stepMs) buckets.push(bucket(at, width, (dollarsPerHour * stepMs) / hourMs))
    const window = { feed: feed.id, width, fromMs, toMs, open: false }
    ledger.record({ state: read!.state, windows: [{ window, buckets }], failure: null, deep: false }, toMs)
  }
  record(nowMs - 21 * dayMs, nowMs - dayMs, 'hour', 1)
  record(nowMs - dayMs, nowMs, 'minute', 1)
  return { db, ledger, record, table: createWatchesTable(db) }
}

describe('watches', () => {
  it('know the habits of an account from its history, at the first look', () => {
    const { ledger, record, table } = createFixture()
    const watches = createWatches(ledger, table)
    expect(watches.look('a', nowMs).get('USD')).toMatchObject({ alert: false })
    record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
    expect(watches.look('a', nowMs + 20 * minuteMs).get('USD')).toMatchObject({ alert: true })
  })
  it('change nothing by looking twice', () => {
    const { ledger, table } = createFixture()
    const watches = createWatches(ledger, table)
    watches.look('a', nowMs)
    watches.flush()
    const before = table.all()
    watches.look('a', nowMs)
    watches.flush()
    expect(table.all()[0]?.fedToMs).toBe(before[0]?.fedToMs)
    expect(watches.look('a', nowMs).get('USD')?.alert).toBe(false)
  })
  it.each([
    ['written down', (fixture: ReturnType<typeof createFixture>) => createWatches(fixture.ledger, fixture.table)],
    [
      'lost',
      ({ db, ledger, table }: ReturnType<typeof createFixture>) => {
        db.prepare("UPDATE watches SET state = '{damaged'").run()
        return createWatches(ledger, table)
      },
    ],
  ])('say the same after a restart, with what they knew %s', (_, restart) => {
    const fixture = createFixture()
    const before = createWatches(fixture.ledger, fixture.table)
    before.look('a', nowMs)
    before.flush()
    fixture.record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
    const stayed = before.look('a', nowMs + 20 * minuteMs).get('USD')
    const restarted = restart(fixture)
      .look('a', nowMs + 20 * minuteMs)
      .get('USD')
    expect(restarted?.alert).toBe(stayed?.alert)
    expect(restarted?.finding?.shape).toBe(stayed?.finding?.shape)
    expect(restarted?.finding?.excess).toBeCloseTo(stayed?.finding?.excess ?? 0, 6)
  })
  it('forget what a transaction that failed had taught them', () => {
    const { db, ledger, record, table } = createFixture()
    const watches = createWatches(ledger, table)
    watches.look('a', nowMs)
    watches.flush()
    expect(() =>
      db.transaction(() => {
        record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
        watches.look('a', nowMs + 20 * minuteMs)
        throw new Error('the disk is full')
      })(),
    ).toThrow('the disk is full')
    ledger.reload()
    watches.reload()
    expect(watches.look('a', nowMs + 20 * minuteMs).get('USD')?.alert).toBe(false)
  })
  it('keep their memory within a hundred kilobytes an account', () => {
    const { ledger, table } = createFixture()
    const watches = createWatches(ledger, table)
    watches.look('a', floorTo(nowMs, minuteMs))
    watches.flush()
    expect(table.all()[0]?.state.length).toBeLessThan(100_000)
  })
})
