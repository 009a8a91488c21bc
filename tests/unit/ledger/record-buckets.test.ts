import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { changedBuckets, recordBuckets } from '../../../electron/ledger/record-buckets.ts'
import type { CostBucket, CostLine, Width } from '../../../electron/providers/adapter.ts'
import { createCostRowsTable } from '../../../electron/storage/cost-rows.ts'
import { openMemoryDatabase, type Db } from '../../../electron/storage/database.ts'
import { createFeedsTable, type FeedState } from '../../../electron/storage/feeds.ts'
import { createRetention } from '../../../electron/storage/retention.ts'
import { createRollupsTable } from '../../../electron/storage/rollups.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'

const day0 = Date.UTC(2026, 10, 20)

const line = (model: string, costNanos: bigint): CostLine => ({
  model,
  project: 'p',
  apiKey: 'k',
  lineItem: 'input',
  tier: null,
  currency: 'USD',
  costNanos,
  quantity: 1,
  pricing: 'listed',
})
const bucket = (startMs: number, width: Width, ...lines: CostLine[]): CostBucket => ({ startMs, width, lines })

function createFixture() {
  const db = openMemoryDatabase()
  db.prepare("INSERT INTO accounts VALUES ('a', 'openai', 'A', NULL, NULL, '{}', 's', NULL, 0, NULL)").run()
  const feed: FeedState = createFeedsTable(db).declare('a', {
    id: 'completions',
    plane: 'estimate',
    widths: ['minute'],
    latencyMs: 0,
  })
  const tables = { rows: createCostRowsTable(db), rollups: createRollupsTable(db) }
  const record = (...buckets: CostBucket[]) => db.transaction(() => recordBuckets(tables, feed, buckets))()
  const changed = (...buckets: CostBucket[]) => changedBuckets(tables.rows, feed.id, buckets)
  return { db, record, changed }
}

/** Everything the ledger says, in one comparable text. */
function contents(db: Db): unknown {
  const all = (sql: string) => db.prepare(sql).safeIntegers().raw().all().map(String)
  return [
    all('SELECT start_s, width_s, series_id, cost_nanos, quantity FROM cost_rows ORDER BY 1, 2, 3'),
    all('SELECT * FROM hour_totals ORDER BY 1, 2'),
    all('SELECT * FROM day_totals ORDER BY 1, 2'),
    all('SELECT * FROM plane_days WHERE cost_nanos <> 0 ORDER BY 1, 2, 3, 4'),
    all('SELECT * FROM estimate_hours WHERE cost_nanos <> 0 ORDER BY 1, 2, 3'),
  ]
}

function expectRollupsToMatch(db: Db): void {
  const sums = (table: string, column: string, step: number, where = '') => {
    const rows = db
      .prepare(
        `SELECT start_s / ${step} * ${step} AS t, series_id AS s, SUM(cost_nanos) AS c, COUNT(*) AS n FROM cost_rows ${where} GROUP BY 1, 2 ORDER BY 1, 2`,
      )
      .safeIntegers()
      .all()
    expect(
      db
        .prepare(`SELECT ${column} AS t, series_id AS s, cost_nanos AS c, lines AS n FROM ${table} ORDER BY 1, 2`)
        .safeIntegers()
        .all(),
    ).toEqual(rows)
  }
  sums('hour_totals', 'hour_s', 3_600, 'WHERE width_s <= 3600')
  sums('day_totals', 'day_s', 86_400)
  const total = (sql: string) => db.prepare(sql).pluck().safeIntegers().get()
  expect(total('SELECT COALESCE(SUM(cost_nanos), 0) FROM plane_days')).toBe(
    total('SELECT COALESCE(SUM(cost_nanos), 0) FROM cost_rows'),
  )
}

describe('recordBuckets', () => {
  let fixture: ReturnType<typeof createFixture>
  beforeEach(() => {
    fixture = createFixture()
  })

  it('stores nothing new when the same answer is read again', () => {
    const answer = [bucket(day0, 'minute', line('m', 5n), line('n', 7n)), bucket(day0 + minuteMs, 'minute')]
    fixture.record(...answer)
    const before = contents(fixture.db)
    expect(fixture.record(...answer)).toBe(0)
    expect(contents(fixture.db)).toEqual(before)
  })
  it('replaces a revised bucket, and removes a line that disappeared', () => {
    fixture.record(bucket(day0, 'minute', line('m', 5n), line('n', 7n)))
    fixture.record(bucket(day0, 'minute', line('m', 4n)))
    expect(contents(fixture.db)).toEqual(contentsOf(bucket(day0, 'minute', line('m', 4n))))
    expectRollupsToMatch(fixture.db)
  })
  it('leaves a bucket alone that the answer does not hold', () => {
    fixture.record(bucket(day0, 'minute', line('m', 5n)), bucket(day0 + minuteMs, 'minute', line('m', 6n)))
    fixture.record(bucket(day0 + minuteMs, 'minute', line('m', 9n)))
    expect(fixture.db.prepare('SELECT SUM(cost_nanos) FROM day_totals').pluck().get()).toBe(14)
  })
  it('leaves the neighbours of a revised bucket alone, before it and after it', () => {
    const minutes = [0, 1, 2].map((at) => bucket(day0 + at * minuteMs, 'minute', line('m', 5n)))
    fixture.record(...minutes)
    fixture.record(bucket(day0 + minuteMs, 'minute', line('m', 9n)))
    expect(fixture.db.prepare('SELECT cost_nanos FROM cost_rows ORDER BY start_s').pluck().all()).toEqual([5, 9, 5])
    fixture.record(bucket(day0, 'minute', line('m', 8n)), bucket(day0 + minuteMs, 'minute'), ...minutes.slice(2))
    expect(fixture.db.prepare('SELECT cost_nanos FROM cost_rows ORDER BY start_s').pluck().all()).toEqual([8, 5])
    // An hour that begins where a day or an hour ends shares no time with it either.
    fixture.record(bucket(day0 + hourMs, 'hour', line('m', 7n)))
    fixture.record(bucket(day0, 'hour', line('m', 50n)))
    expect(fixture.db.prepare('SELECT cost_nanos FROM cost_rows ORDER BY start_s').pluck().all()).toEqual([50, 7])
    expectRollupsToMatch(fixture.db)
  })
  it('adds up lines of the same dimensions', () => {
    fixture.record(bucket(day0, 'minute', line('m', 5n), line('m', 6n)))
    expect(fixture.db.prepare('SELECT cost_nanos FROM cost_rows').pluck().all()).toEqual([11])
  })
  it('adds up what was counted of them, and knows no count only where none was given', () => {
    const quantity = (...counts: (number | null)[]) => {
      const lines = counts.map((count) => ({ ...line('m', 1n), quantity: count }))
      fixture.record(bucket(day0, 'minute', ...lines))
      return fixture.db.prepare('SELECT quantity FROM cost_rows').pluck().get()
    }
    expect(quantity(2, 3)).toBe(5)
    expect(quantity(2, null)).toBe(2)
    expect(quantity(null, 3)).toBe(3)
    expect(quantity(null, null)).toBeNull()
  })
  it('takes a bucket that comes twice in one answer as one, the later of equal lines winning', () => {
    fixture.record(bucket(day0, 'minute', line('m', 5n)), bucket(day0, 'minute', line('m', 6n), line('n', 7n)))
    expect(contents(fixture.db)).toEqual(contentsOf(bucket(day0, 'minute', line('m', 6n), line('n', 7n))))
    expectRollupsToMatch(fixture.db)
  })
  it('keeps minutes under an hour that agrees with them', () => {
    fixture.record(bucket(day0, 'minute', line('m', 5n)), bucket(day0 + minuteMs, 'minute', line('m', 6n)))
    expect(fixture.record(bucket(day0, 'hour', line('m', 11n)))).toBe(0)
  })
  it('takes an hour that disagrees with its minutes in their place', () => {
    fixture.record(bucket(day0, 'minute', line('m', 5n)), bucket(day0 + minuteMs, 'minute', line('m', 600n)))
    fixture.record(bucket(day0, 'hour', line('m', 700n)))
    expect(contents(fixture.db)).toEqual(contentsOf(bucket(day0, 'hour', line('m', 700n))))
  })
  it('never counts a minute below an hour that is already there', () => {
    fixture.record(bucket(day0, 'hour', line('m', 700n)))
    fixture.record(bucket(day0 + 5 * minuteMs, 'minute', line('m', 9n)))
    expect(fixture.db.prepare('SELECT SUM(cost_nanos) FROM day_totals').pluck().get()).toBe(700)
  })
  it('never counts an hour or a minute late in a day that is already there', () => {
    fixture.record(bucket(day0, 'day', line('m', 900n)))
    fixture.record(bucket(day0 + 20 * hourMs, 'hour', line('m', 9n)))
    fixture.record(bucket(day0 + 22 * hourMs + 5 * minuteMs, 'minute', line('m', 9n)))
    expect(fixture.db.prepare('SELECT SUM(cost_nanos) FROM day_totals').pluck().get()).toBe(900)
  })
  it('keeps roll-ups equal to the rows when hundreds of lines come and change at once', () => {
    const lines = Array.from({ length: 333 }, (_, index) => line(`m${index}`, BigInt(index)))
    fixture.record(bucket(day0, 'minute', ...lines), bucket(day0 + hourMs, 'hour', ...lines))
    expect(fixture.db.prepare('SELECT COUNT(*) FROM cost_rows').pluck().get()).toBe(666)
    expectRollupsToMatch(fixture.db)
    fixture.record(bucket(day0, 'minute', ...lines.slice(100).map((one) => ({ ...one, costNanos: 7n }))))
    expectRollupsToMatch(fixture.db)
  })
  it('keeps roll-ups equal to the rows, and the last word of each bucket, whatever comes in whatever order', () => {
    const lines = fc.uniqueArray(
      fc.record({ model: fc.constantFrom('m', 'n', 'o'), cost: fc.bigInt({ min: -50n, max: 10n ** 12n }) }),
      { selector: (one) => one.model, maxLength: 3 },
    )
    const minutes = fc.record({ minute: fc.integer({ min: 0, max: 3 * 60 }), lines })
    fc.assert(
      fc.property(fc.array(minutes, { maxLength: 40 }), (answers) => {
        const { db, record } = createFixture()
        const last = new Map<number, CostBucket>()
        for (const { minute, lines: found } of answers) {
          const one = bucket(
            day0 + dayMs - 90 * minuteMs + minute * minuteMs,
            'minute',
            ...found.map(({ model, cost }) => line(model, cost)),
          )
          last.set(minute, one)
          record(one)
        }
        expectRollupsToMatch(db)
        const wanted = [...last.values()].flatMap((one) => one.lines).reduce((sum, one) => sum + one.costNanos, 0n)
        expect(db.prepare('SELECT COALESCE(SUM(cost_nanos), 0) FROM cost_rows').pluck().safeIntegers().get()).toBe(
          wanted,
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe('changedBuckets', () => {
  it('names what an answer changes, and nothing that is stored already', () => {
    const { record, changed } = createFixture()
    const known = [bucket(day0, 'minute', line('m', 10n)), bucket(day0 + minuteMs, 'minute', line('m', 20n))]
    record(...known)
    const revised = bucket(day0 + minuteMs, 'minute', line('m', 21n))
    const lost = bucket(day0, 'minute')
    const fresh = bucket(day0 + 2 * minuteMs, 'minute', line('n', 5n))
    expect(changed(...known)).toEqual([])
    expect(changed(bucket(day0 + 5 * minuteMs, 'minute'))).toEqual([])
    expect(changed(lost, revised, fresh)).toEqual([lost, revised, fresh])
  })
  it('knows that an hour which agrees with its minutes changes nothing', () => {
    const { record, changed } = createFixture()
    record(bucket(day0, 'minute', line('m', 10n)), bucket(day0 + minuteMs, 'minute', line('m', 20n)))
    expect(changed(bucket(day0, 'hour', line('m', 30n)))).toEqual([])
    expect(changed(bucket(day0, 'hour', line('m', 40n)))).toHaveLength(1)
  })
  it('leaves the ledger as if the whole answer had been stored, whatever comes in whatever order', () => {
    const lines = fc.uniqueArray(
      fc.record({ model: fc.constantFrom('m', 'n'), cost: fc.bigInt({ min: 0n, max: 3n }) }),
      { selector: ({ model }) => model, maxLength: 2 },
    )
    const buckets = fc.uniqueArray(
      fc.record({ width: fc.constantFrom<Width>('minute', 'hour'), at: fc.integer({ min: 0, max: 3 }), lines }),
      { selector: ({ width, at }) => `${width} ${at}`, maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.array(buckets, { maxLength: 6 }), (answers) => {
        const [whole, part] = [createFixture(), createFixture()]
        for (const answer of answers) {
          const read = answer.map(({ width, at, lines: of }) =>
            bucket(
              day0 + at * (width === 'hour' ? hourMs : 20 * minuteMs),
              width,
              ...of.map((one) => line(one.model, one.cost)),
            ),
          )
          whole.record(...read)
          part.record(...part.changed(...read))
        }
        expect(contents(part.db)).toEqual(contents(whole.db))
      }),
    )
  })
})

describe('retention', () => {
  it('folds old minutes into hours without changing a total, and reading them again changes nothing', () => {
    const { db, record } = createFixture()
    const minutes = [0, 1, 61, 62].map((minute) =>
      bucket(day0 + minute * minuteMs, 'minute', line('m', BigInt(minute + 1)), line('n', 3n)),
    )
    record(...minutes)
    const fold = createRetention(db)
    const nowMs = day0 + 10 * dayMs
    while (fold({ minutesDays: 7, hoursDays: 400 }, nowMs));
    expect(db.prepare('SELECT DISTINCT width_s FROM cost_rows').pluck().all()).toEqual([3_600])
    expectRollupsToMatch(db)
    const before = contents(db)
    record(...minutes)
    record(
      bucket(day0, 'hour', twice(line('m', 3n)), twice(line('n', 6n))),
      bucket(day0 + hourMs, 'hour', twice(line('m', 125n)), twice(line('n', 6n))),
    )
    expect(contents(db)).toEqual(before)
  })
})

describe('retention of a long history', () => {
  it('folds minutes into hours and hours into days, however much there is, and leaves what is young', () => {
    const { db, record } = createFixture()
    for (let hour = 0; hour < 60 * 24; hour += 6) {
      const startMs = day0 + hour * hourMs
      record(bucket(startMs, 'minute', line('m', 2n)), bucket(startMs + minuteMs, 'minute', line('m', 3n)))
    }
    const fold = createRetention(db)
    const nowMs = day0 + 60 * dayMs
    while (fold({ minutesDays: 7, hoursDays: 30 }, nowMs));
    const widths = db.prepare('SELECT width_s, COUNT(*) AS n FROM cost_rows GROUP BY 1 ORDER BY 1').raw().all()
    expect(widths).toEqual([
      [60, 7 * 4 * 2],
      [3_600, 23 * 4],
      [86_400, 30],
    ])
    expect(db.prepare('SELECT SUM(cost_nanos) FROM cost_rows').pluck().get()).toBe(60 * 4 * 5)
    expect(db.prepare('SELECT SUM(cost_nanos) FROM month_totals').pluck().get()).toBe(60 * 4 * 5)
    expectDaysToMatch(db)
    while (fold({ minutesDays: 7, hoursDays: 30 }, nowMs + dayMs));
    expect(db.prepare('SELECT COUNT(*) FROM cost_rows WHERE width_s = 86400').pluck().get()).toBe(31)
  })
})

function expectDaysToMatch(db: Db): void {
  const rows = (sql: string) => db.prepare(sql).raw().all()
  expect(rows('SELECT day_s, SUM(cost_nanos), SUM(lines) FROM day_totals GROUP BY 1')).toEqual(
    rows('SELECT start_s / 86400 * 86400, SUM(cost_nanos), COUNT(*) FROM cost_rows GROUP BY 1'),
  )
}

const twice = (one: CostLine): CostLine => ({ ...one, quantity: 2 })

function contentsOf(...buckets: CostBucket[]): unknown {
  const { db, record } = createFixture()
  record(...buckets)
  return contents(db)
}
