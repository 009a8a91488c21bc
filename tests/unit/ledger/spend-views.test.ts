import { beforeEach, describe, expect, it } from 'vitest'
import { csvCell } from '../../../shared/csv-cell.ts'
import { exportText } from '../../../electron/ledger/export.ts'
import { createLedger } from '../../../electron/ledger/ledger.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import { createSpendViews, type SpendViews } from '../../../electron/ledger/spend-views.ts'
import type { CostBucket, CostLine, Feed, Width } from '../../../electron/providers/adapter.ts'
import { createBookOf } from '../../../electron/rates/stored-book.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase, type Db } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'

const day0 = Date.UTC(2026, 10, 18)
const nowMs = day0 + 3 * dayMs
const costs: Feed = { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs: dayMs }
const usage: Feed = { id: 'completions', plane: 'estimate', widths: ['minute', 'hour'], latencyMs: 0 }
const line = (dollars: number, change: Partial<CostLine> = {}): CostLine => ({
  model: 'm',
  project: null,
  apiKey: null,
  lineItem: null,
  tier: null,
  currency: 'USD',
  quantity: null,
  costNanos: BigInt(dollars * 1e9),
  pricing: 'listed',
  ...change,
})
const bucket = (startMs: number, width: Width, ...lines: CostLine[]): CostBucket => ({ startMs, width, lines })

const rates = createBookOf([
  { currency: 'USD', day: '2026-11-17', perEuro: '1.1' },
  { currency: 'USD', day: '2026-11-19', perEuro: '1.25' },
])

describe('spend as people look at it', () => {
  let displayCurrency: string | null
  let db: Db
  let views: SpendViews
  let read: (account: string, feed: Feed, ...buckets: CostBucket[]) => void

  beforeEach(() => {
    displayCurrency = null
    db = openMemoryDatabase()
    const accounts = createAccountsTable(db)
    const names = createNamesTable(db)
    const base = { baseUrl: null, options: {}, secretName: 's', pausedReason: null, createdAtMs: 0 }
    accounts.insert({ ...base, id: 'a', provider: 'openai', label: 'Acme', workspace: 'Client' })
    accounts.insert({ ...base, id: 'b', provider: 'anthropic', label: 'Beta', workspace: null })
    names.save('a', [{ kind: 'project', id: 'proj_1', name: 'Web' }])
    const owners = createOwners(accounts, names)
    const ledger = createLedger(db, () => 0.5, rates)
    read = (account, feed, ...buckets) => {
      const row = accounts.get(account)
      const state = row && ledger.feeds(row, [costs, usage]).find((one) => one.feed.id === feed.id)?.state
      if (!state) throw new Error('no such feed')
      const starts = buckets.map((one) => one.startMs)
      const window = { feed: feed.id, width: 'day' as const, open: true }
      const [fromMs, toMs] = [Math.min(...starts), Math.max(...starts) + dayMs]
      const windows = [{ window: { ...window, fromMs, toMs }, buckets }]
      db.transaction(() => ledger.record({ state, windows, failure: null, deep: false }, nowMs))()
    }
    const asOf = (account: string) => (account === 'a' ? nowMs : nowMs - hourMs)
    views = createSpendViews({
      ledger,
      owners,
      now: () => nowMs,
      zone: () => 'UTC',
      asOf,
      rates,
      displayCurrency: () => displayCurrency,
    })
  })

  const range = (fromMs: number, toMs: number) => ({ fromMs, toMs, zone: 'UTC' })
  const twoDays = range(day0, day0 + 2 * dayMs)
  const fill = () => {
    read(
      'a',
      usage,
      bucket(day0, 'hour', line(3, { project: 'proj_1' }), line(1)),
      bucket(day0 + dayMs, 'hour', line(5)),
    )
    read('a', costs, bucket(day0, 'day', line(6, { project: 'proj_1' })))
    read('b', usage, bucket(day0 + dayMs, 'hour', line(7, { model: 'n' }), line(2, { currency: 'EUR' })))
  }
  const rows = async (by: Parameters<SpendViews['report']>[1]) =>
    (await views.report(twoDays, by)).rows.map(
      (row) => `${row.key}|${row.label} ${row.effective} ${row.billed} ${row.estimate} ${row.currency}`,
    )

  it('counts all of a minute under way, however late the sum is made', () => {
    const lookedAtMs = nowMs - 30_000
    read('a', usage, bucket(nowMs - 60_000, 'minute', line(1)))
    const untilThen = { fromMs: day0 + 2 * dayMs, toMs: lookedAtMs }
    expect(views.totals(untilThen, lookedAtMs)).toMatchObject([{ effective: '1', estimate: '1' }])
  })
  it('leaves unknown what a bill does not tell apart, instead of calling it nothing', async () => {
    read('a', usage, bucket(day0, 'hour', line(3, { apiKey: 'k1' }), line(2, { apiKey: 'k2' })))
    read('a', costs, bucket(day0, 'day', line(6)))
    const byKey = (await views.report(twoDays, 'key')).rows.map(({ key, billed, estimate }) => [key, billed, estimate])
    expect(byKey).toEqual([
      ['(none)', '6', '0'],
      ['k1', null, '3'],
      ['k2', null, '2'],
    ])
    const byModel = (await views.report(twoDays, 'model')).rows
    expect(byModel).toMatchObject([{ key: 'm', billed: '6', estimate: '5' }])
  })
  it('says of each currency by itself whether it is billed', async () => {
    read('a', usage, bucket(day0, 'hour', line(3)))
    read('b', costs, bucket(day0, 'day', line(7, { currency: 'EUR', pricing: 'billed' })))
    const history = await views.history(twoDays, 'account', 'day')
    expect(history.ok && [history.value.planes[0], history.value.currencies]).toEqual([
      'mixed',
      [
        { currency: 'EUR', planes: ['billed', null] },
        { currency: 'USD', planes: ['estimate', null] },
      ],
    ])
  })
  it("takes nobody else's estimate in dollars for an estimate of 0 euros", async () => {
    read('a', usage, bucket(day0, 'hour', line(3)))
    read('b', costs, bucket(day0, 'day', line(7, { currency: 'EUR', pricing: 'billed' })))
    const { total } = await views.report(twoDays, 'provider')
    expect(total).toEqual([
      { currency: 'EUR', effective: '7', billed: '7', estimate: null },
      { currency: 'USD', effective: '3', billed: null, estimate: '3' },
    ])
  })

  it('knows that a key was not billed where the bill tells keys apart', async () => {
    read('a', usage, bucket(day0, 'hour', line(3, { apiKey: 'k1' }), line(2, { apiKey: 'k2' })))
    read('a', costs, bucket(day0, 'day', line(6, { apiKey: 'k1' })))
    const rows = (await views.report(twoDays, 'key')).rows
    expect(rows).toMatchObject([
      { key: 'k1', billed: '6', estimate: '3' },
      { key: 'k2', billed: '0', estimate: '2' },
    ])
  })
  it('breaks down by owner, largest first, with the bill in place of the estimate where it counts', async () => {
    fill()
    expect(await rows('account')).toEqual(['a|Acme 11 6 9 USD', 'b|Beta 7 null 7 USD', 'b|Beta 2 null 2 EUR'])
    expect(await rows('project')).toEqual([
      '(none)|(none) 12 0 13 USD',
      'proj_1|Web 6 6 3 USD',
      '(none)|(none) 2 null 2 EUR',
    ])
    expect(await rows('workspace')).toEqual([
      'Client|Client 11 6 9 USD',
      '(none)|(none) 7 null 7 USD',
      '(none)|(none) 2 null 2 EUR',
    ])
    expect(await rows('provider')).toContain('anthropic|Anthropic 7 null 7 USD')
    expect(await rows('model')).toContain('n|n 7 null 7 USD')
    expect(await rows('key')).toEqual(['(none)|(none) 18 6 16 USD', '(none)|(none) 2 null 2 EUR'])
  })

  it('adds up to the same total whatever it is broken down by', async () => {
    fill()
    for (const by of ['provider', 'account', 'workspace', 'project', 'model', 'key', 'day', 'hour'] as const) {
      const { total } = await views.report(twoDays, by)
      expect(total.map((one) => `${one.effective} ${one.estimate} ${one.currency}`)).toEqual(['2 2 EUR', '18 16 USD'])
    }
  })

  it('is as old as the oldest account that is part of it', async () => {
    fill()
    const asOf = (await views.report(twoDays, 'key')).rows[0]?.asOf
    expect(asOf).toBe(new Date(nowMs - hourMs).toISOString())
    expect((await views.report(twoDays, 'account')).rows[0]?.asOf).toBe(new Date(nowMs).toISOString())
  })

  it('shows a series over time with gaps where nothing is known, and where it comes from', async () => {
    fill()
    const history = await views.history(range(day0 - dayMs, day0 + 2 * dayMs), 'account', 'day')
    if (!history.ok) throw new Error('no history')
    expect(history.value.steps).toEqual(['2026-11-17', '2026-11-18', '2026-11-19'])
    expect(history.value.planes).toEqual([null, 'billed', 'estimate'])
    const usd = history.value.series.filter((one) => one.currency === 'USD')
    expect(usd.map((one) => [one.key, one.effective])).toEqual([
      ['a', [null, '6', '5']],
      ['b', [null, '0', '7']],
    ])
  })

  it('sums several series of one group into one band', async () => {
    read('a', usage, bucket(day0, 'hour', line(3), line(4, { model: 'n' })), bucket(day0 + hourMs, 'hour', line(1)))
    const history = await views.history(range(day0, day0 + 2 * hourMs), 'provider', 'hour')
    if (!history.ok) throw new Error('no history')
    expect(history.value.series.map((one) => one.effective)).toEqual([['7', '1']])
  })

  it('draws months of a zone, the first and the last as far as they are asked for', async () => {
    read('a', usage, bucket(Date.UTC(2026, 9, 31, 20), 'hour', line(1)), bucket(day0, 'hour', line(2)))
    const monthsIn = async (zone: string) => {
      const days = views.rangeOf('2026-10-10', '2026-11-18', zone)
      const history = days && (await views.history(days, 'account', 'month'))
      return history?.ok ? [history.value.steps, history.value.series[0]?.effective] : null
    }
    expect(await monthsIn('UTC')).toEqual([
      ['2026-10', '2026-11'],
      ['1', '2'],
    ])
    expect(await monthsIn('Asia/Tokyo')).toEqual([
      ['2026-10', '2026-11'],
      ['0', '3'],
    ])
  })

  it('draws again what a reading changed, in a chart that was drawn before', async () => {
    const drawn = async () => {
      const history = await views.history(twoDays, 'account', 'day')
      return history.ok ? history.value.series[0]?.effective : null
    }
    const reported = async () => (await views.report(twoDays, 'day')).rows.map(({ effective }) => effective)
    read('a', usage, bucket(day0, 'hour', line(1)), bucket(day0 + dayMs, 'hour', line(2)))
    expect([await drawn(), await reported()]).toEqual([
      ['1', '2'],
      ['1', '2'],
    ])
    read('a', usage, bucket(day0, 'hour', line(5)))
    expect([await drawn(), await reported()]).toEqual([
      ['5', '2'],
      ['5', '2'],
    ])
  })

  it('draws 800 steps at most', async () => {
    expect((await views.history(range(day0, day0 + 800 * hourMs), 'account', 'hour')).ok).toBe(true)
    expect(await views.history(range(day0, day0 + 801 * hourMs), 'account', 'hour')).toMatchObject({
      failure: { kind: 'invalid-input' },
    })
  })

  it.each(['day', 'hour'] as const)(
    'reports every %s of a range that begins long before the first reading',
    async (by) => {
      fill()
      for (const zone of ['UTC', 'Pacific/Apia', 'America/New_York']) {
        const all = { fromMs: Date.UTC(1970, 0, 1), toMs: Date.UTC(2300, 0, 1), zone }
        const near = { fromMs: day0 - 10 * dayMs, toMs: day0 + 10 * dayMs, zone }
        const report = await views.report(all, by)
        expect(report.rows.length).toBeGreaterThan(0)
        expect(report.rows).toEqual((await views.report(near, by)).rows)
        expect(report.total).toEqual((await views.report(all, 'account')).total)
      }
    },
  )

  it('refuses a chart of thousands of years without counting its hours', async () => {
    const history = await views.history(range(Date.UTC(1, 0, 1), Date.UTC(9999, 0, 1)), 'account', 'hour')
    expect(history).toMatchObject({ failure: { kind: 'invalid-input' } })
  })

  it('knows nothing where nothing was read, and 0 where nothing was spent', () => {
    expect(views.totals(twoDays, nowMs)).toEqual([])
    read('a', usage, bucket(day0, 'hour'))
    expect(views.totals(twoDays, nowMs)).toEqual([{ currency: 'USD', effective: '0', billed: null, estimate: '0' }])
  })

  it('reads days in their zone, the last one included, and instants as they are', () => {
    expect(views.rangeOf('2026-11-18', '2026-11-18', null)).toEqual(range(day0, day0 + dayMs))
    expect(views.rangeOf('2026-11-18', '2026-11-19', 'Asia/Tokyo')).toEqual({
      fromMs: day0 - 9 * hourMs,
      toMs: day0 + 39 * hourMs,
      zone: 'Asia/Tokyo',
    })
    expect(views.rangeOf('2026-11-18T06:00:00Z', '2026-11-18T07:00:00Z', null)).toEqual(
      range(day0 + 6 * hourMs, day0 + 7 * hourMs),
    )
    expect(views.rangeOf('2026-11-19', '2026-11-18', null)).toBeNull()
    expect(views.rangeOf('2026-11-18T06:00:00Z', '2026-11-18T06:00:00Z', null)).toBeNull()
    expect(views.rangeOf('2026-11-18', '2026-11-18', 'Mars/Olympus')).toBeNull()
  })

  it('exports one row a series and day, in which only one plane counts', async () => {
    fill()
    const { text, rows: count } = await exportText(views, twoDays, 'json')
    const exported = JSON.parse(text) as Record<string, string>[]
    expect(exported).toHaveLength(count)
    expect(
      exported
        .filter((row) => row['day'] === '2026-11-18')
        .map((row) => [row['plane'], row['amount'], row['effective']]),
    ).toEqual(
      expect.arrayContaining([
        ['estimate', '3', '0'],
        ['estimate', '1', '0'],
        ['billed', '6', '6'],
      ]),
    )
    expect(exported.find((row) => row['project'] === 'Web')).toMatchObject({ account: 'Acme', workspace: 'Client' })
    const csv = (await exportText(views, twoDays, 'csv')).text
    expect(csv.endsWith('\r\n')).toBe(true)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(count + 1)
  })

  describe('a total in one currency', () => {
    const total = async (currency: string | null, span = twoDays) => {
      displayCurrency = currency
      return (await views.report(span, 'provider')).display
    }

    it('is not there unless it is asked for', async () => {
      fill()
      expect(await total(null)).toBeNull()
    })
    it('takes each UTC day at its own rate, and names the days', async () => {
      read(
        'b',
        usage,
        bucket(day0, 'hour', line(11)),
        bucket(day0 + dayMs, 'hour', line(5), line(2, { currency: 'EUR' })),
      )
      expect(await total('EUR')).toEqual({
        currency: 'EUR',
        effective: '16',
        ratesOf: '2026-11-19',
        exchanges: [
          {
            currency: 'USD',
            amount: '16',
            into: '14',
            rate: '0.8',
            ratesFrom: '2026-11-17',
            ratesOf: '2026-11-19',
            source: 'ecb',
            old: false,
          },
        ],
        missing: [],
      })
    })
    it('adds what counts, and not the other plane', async () => {
      read('a', usage, bucket(day0, 'hour', line(3)))
      read('a', costs, bucket(day0, 'day', line(6)))
      expect((await total('EUR'))?.effective).toBe('5.454545455')
    })
    it('names a currency without a rate, and is unknown when that is all there is', async () => {
      read('b', usage, bucket(day0, 'hour', line(3, { currency: 'TWD' })))
      expect(await total('EUR')).toMatchObject({ effective: null, missing: ['TWD'], ratesOf: null })
      read('a', usage, bucket(day0, 'hour', line(11)))
      expect(await total('EUR')).toMatchObject({ effective: '10', missing: ['TWD'] })
    })
    it('needs no rate for its own currency, and knows nothing of what was never read', async () => {
      expect(await total('USD')).toMatchObject({ effective: null })
      read('a', usage, bucket(day0, 'hour', line(11)))
      expect(await total('USD')).toMatchObject({ effective: '11', exchanges: [], ratesOf: null })
    })
    it('is the same for a status, which looks at once', async () => {
      fill()
      const reported = await total('EUR')
      expect(views.display(twoDays, nowMs)).toEqual(reported)
      expect(reported?.effective).toBe('17.054545455')
    })
  })

  describe('a bill in another currency than the usage', () => {
    const counts = async () => (await rows('account')).map((row) => row.replace('a|Acme ', ''))

    it('stands for the day once it is final, in place of the estimate', async () => {
      read('a', usage, bucket(day0, 'hour', line(30)))
      expect(await counts()).toEqual(['30 null 30 USD'])
      read('a', costs, bucket(day0, 'day', line(20, { currency: 'EUR' })))
      expect(await counts()).toEqual(['20 20 0 EUR', '0 0 30 USD'])
    })
    it('stands beside nothing while it grows: the larger of the two counts, at the rate of the day', async () => {
      const yesterday = nowMs - dayMs
      const span = range(yesterday, nowMs)
      const counted = async () =>
        (await views.report(span, 'account')).rows.map((row) => `${row.effective} ${row.currency}`)
      read('a', usage, bucket(yesterday, 'hour', line(30)))
      read('a', costs, bucket(yesterday, 'day', line(20, { currency: 'EUR' })))
      expect(await counted()).toEqual(['30 USD', '0 EUR']) // 20 euros are 25 dollars
      read('a', costs, bucket(yesterday, 'day', line(25, { currency: 'EUR' })))
      expect(await counted()).toEqual(['25 EUR', '0 USD'])
    })
    it('stays beside the estimate where no rate tells which is larger', async () => {
      read('a', usage, bucket(nowMs - dayMs, 'hour', line(30)))
      read('a', costs, bucket(nowMs - dayMs, 'day', line(20, { currency: 'TWD' })))
      const report = await views.report(range(nowMs - dayMs, nowMs), 'account')
      expect(report.rows.map((row) => `${row.effective} ${row.currency}`)).toEqual(['30 USD', '20 TWD'])
    })
  })
})

describe('a cell of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['-12.5', '-12.5'],
    ['-.5', '-.5'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['a\nb', '"a\nb"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1+cmd', "'-1+cmd"],
    ['-', "'-"],
    ['=HYPERLINK("x"),y', '"\'=HYPERLINK(""x""),y"'],
  ])('is what it was, but never a formula: %j', (text, cell) => expect(csvCell(text)).toBe(cell))
})
