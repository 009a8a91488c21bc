import { describe, expect, it } from 'vitest'
import { createLedger } from '../../electron/ledger/ledger.ts'
import type { CostBucket, Feed } from '../../electron/providers/adapter.ts'
import { openMemoryDatabase, type Db } from '../../electron/storage/database.ts'
import { createAccountsTable } from '../../electron/storage/accounts.ts'
import { createNewNormalsTable } from '../../electron/storage/new-normals.ts'
import { createPlansTable } from '../../electron/storage/plans.ts'
import { createWatchesTable } from '../../electron/storage/watches.ts'
import { createPlans } from '../../electron/judging/plans.ts'
import { createWatches } from '../../electron/judging/watches.ts'
import { dayMs, floorTo, hourMs, minuteMs } from '../../shared/time.ts'
import { accountRow } from '../fakes/account-row.ts'

const nowMs = Date.UTC(2026, 10, 18, 12)
const feed: Feed = { id: 'completions', plane: 'estimate', widths: ['minute', 'hour'], latencyMs: 0 }

/** A ledger that holds three weeks of hours and a day of minutes, a dollar an hour, and more when told. */
function createFixture() {
  const db: Db = openMemoryDatabase()
  const accounts = createAccountsTable(db)
  accounts.insert(accountRow({ label: 'Acme', createdAtMs: nowMs }))
  const ledger = createLedger(db, () => 0.5)
  const account = accounts.list()[0]!
  const [read] = ledger.feeds(account, [feed])
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
  const table = createWatchesTable(db)
  const announced = createPlansTable(db)
  const newNormals = createNewNormalsTable(db)
  const createAll = () => {
    const plans = createPlans({ ledger, table: announced, accounts })
    const watches = createWatches({ ledger, table, plans, newNormals })
    return {
      ...watches,
      look: (toMs: number) => watches.look(account, toMs).get('USD'),
      learn: (atMs: number) => watches.learn(account, atMs),
    }
  }
  return { db, ledger, record, table, announced, newNormals, createAll }
}

describe('watches', () => {
  it('know the habits of an account from its history, at the first look', () => {
    const { record, createAll } = createFixture()
    const watches = createAll()
    expect(watches.look(nowMs)).toMatchObject({ alert: false })
    record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
    expect(watches.look(nowMs + 20 * minuteMs)).toMatchObject({ alert: true })
  })
  it('know the same when they learned it piece by piece before', async () => {
    const at = nowMs + 20 * minuteMs
    const [atOnce, inPieces] = [createFixture(), createFixture()]
    for (const { record } of [atOnce, inPieces]) record(nowMs, at, 'minute', 60)
    const [all, pieces] = [atOnce.createAll(), inPieces.createAll()]
    await pieces.learn(at)
    expect(pieces.look(at)).toEqual(all.look(at))
    for (const watches of [all, pieces]) watches.flush()
    expect(inPieces.table.all()).toEqual(atOnce.table.all())
  })
  it('change nothing by looking twice', () => {
    const { table, createAll } = createFixture()
    const watches = createAll()
    watches.look(nowMs)
    watches.flush()
    const before = table.all()
    watches.look(nowMs)
    watches.flush()
    expect(table.all()[0]?.fedToMs).toBe(before[0]?.fedToMs)
    expect(watches.look(nowMs)?.alert).toBe(false)
  })
  it.each([
    ['written down', (fixture: ReturnType<typeof createFixture>) => fixture.createAll()],
    [
      'lost',
      ({ db, createAll }: ReturnType<typeof createFixture>) => {
        db.prepare("UPDATE watches SET state = '{damaged'").run()
        return createAll()
      },
    ],
  ])('say the same after a restart, with what they knew %s', (_, restart) => {
    const fixture = createFixture()
    const before = fixture.createAll()
    before.look(nowMs)
    before.flush()
    fixture.record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
    const stayed = before.look(nowMs + 20 * minuteMs)
    const restarted = restart(fixture).look(nowMs + 20 * minuteMs)
    expect(restarted?.alert).toBe(stayed?.alert)
    expect(restarted?.finding?.shape).toBe(stayed?.finding?.shape)
    expect(restarted?.finding?.excess).toBeCloseTo(stayed?.finding?.excess ?? 0, 6)
  })
  it('forget what a transaction that failed had taught them', () => {
    const { db, ledger, record, createAll } = createFixture()
    const watches = createAll()
    watches.look(nowMs)
    watches.flush()
    expect(() =>
      db.transaction(() => {
        record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
        watches.look(nowMs + 20 * minuteMs)
        throw new Error('the disk is full')
      })(),
    ).toThrow('the disk is full')
    ledger.reload()
    watches.reload()
    expect(watches.look(nowMs + 20 * minuteMs)?.alert).toBe(false)
  })
  it('keep their memory within a hundred kilobytes an account', () => {
    const { table, createAll } = createFixture()
    const watches = createAll()
    watches.look(floorTo(nowMs, minuteMs))
    watches.flush()
    expect(table.all()[0]?.state.length).toBeLessThan(100_000)
  })

  const hour = nowMs + hourMs
  it.each(['stay', 'are made anew'])('take what a person accepted as the new level, also when they %s', (fate) => {
    const fixture = createFixture()
    let watches = fixture.createAll()
    watches.look(nowMs)
    fixture.record(nowMs, hour, 'minute', 12)
    expect(watches.look(hour)).toMatchObject({ alert: true })
    fixture.newNormals.insert({ accountId: 'a', currency: 'USD', atMs: hour, hourNanos: 12_000_000_000n })
    watches.lookAgain()
    if (fate === 'are made anew') {
      watches.look(hour)
      watches.flush()
      fixture.db.prepare("UPDATE watches SET state = ''").run()
      watches = fixture.createAll()
    }
    expect(watches.look(hour)).toMatchObject({ alert: false })
    fixture.record(hour, hour + 6 * hourMs, 'minute', 12)
    expect(watches.look(hour + 6 * hourMs)).toMatchObject({ alert: false })
    fixture.record(hour + 6 * hourMs, hour + 7 * hourMs, 'minute', 120)
    expect(watches.look(hour + 7 * hourMs)).toMatchObject({ alert: true })
  })
  const launch = {
    id: 'p',
    scope: 'all',
    limit: '60',
    currency: 'USD',
    from: '2026-11-18',
    to: '2026-11-18',
    zone: 'UTC',
    note: 'Launch',
    createdAt: '2026-11-18T00:00:00.000Z',
  }
  it('are silent about what was planned, and speak once its amount is used up', () => {
    const { record, announced, createAll } = createFixture()
    announced.insert(launch)
    const watches = createAll()
    watches.look(nowMs)
    // Twelve of the sixty were spent before noon.
    record(nowMs, nowMs + 2 * hourMs, 'minute', 20)
    expect(watches.look(nowMs + 2 * hourMs)).toMatchObject({ alert: false })
    record(nowMs + 2 * hourMs, nowMs + 4 * hourMs, 'minute', 20)
    const later = watches.look(nowMs + 4 * hourMs)
    expect(later).toMatchObject({ alert: true })
    // 92 were spent of 60; an hour before, it was still within the plan.
    expect(later?.finding?.sinceMs).toBeGreaterThan(nowMs + 2 * hourMs)
    expect(later?.finding?.excess).toBeLessThan(32)
  })
  it('know nothing of a plan on the day after', () => {
    const { record, announced, createAll } = createFixture()
    announced.insert({ ...launch, from: '2026-11-16', to: '2026-11-17', limit: '900' })
    const watches = createAll()
    record(nowMs, nowMs + 20 * minuteMs, 'minute', 60)
    expect(watches.look(nowMs + 20 * minuteMs)).toMatchObject({ alert: true })
  })
  it('do not take hours of which only the sum is known for a person who pauses', () => {
    const { record, createAll } = createFixture()
    const watches = createAll()
    // A service that never rests: by the hour until yesterday, by the minute since.
    expect(watches.look(nowMs)).toMatchObject({ alert: false })
    for (let hours = 1; hours <= 24; hours++) {
      record(nowMs + (hours - 1) * hourMs, nowMs + hours * hourMs, 'minute', 1 + (hours % 3) / 4)
      expect(watches.look(nowMs + hours * hourMs)).toMatchObject({ alert: false })
    }
  })
  it('call a rise past when it was over before the account was watched', () => {
    const { record, createAll } = createFixture()
    record(nowMs - 2 * hourMs, nowMs - hourMs, 'minute', 60)
    // The account was added at noon.
    expect(createAll().look(nowMs)).toMatchObject({ alert: true, isPast: true })
    record(nowMs - hourMs, nowMs, 'minute', 60)
    expect(createAll().look(nowMs)).toMatchObject({ alert: true, isPast: false })
  })
})
