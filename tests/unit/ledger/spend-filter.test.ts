import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLedger } from '../../../electron/ledger/ledger.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import { createSpendViews, type SpendViews } from '../../../electron/ledger/spend-views.ts'
import type { CostBucket, CostLine, Feed } from '../../../electron/providers/adapter.ts'
import { createBookOf } from '../../../electron/rates/stored-book.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase, type Db } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { parseNanos } from '../../../shared/money.ts'
import { groupings } from '../../../shared/spend.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'

const day0 = Date.UTC(2026, 10, 18)
const nowMs = day0 + 5 * dayMs
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
  costNanos: BigInt(Math.round(dollars * 1e9)),
  pricing: 'listed',
  ...change,
})
const hour = (day: number, ...lines: CostLine[]): CostBucket => ({ startMs: day0 + day * dayMs, width: 'hour', lines })
const whole = (day: number, ...lines: CostLine[]): CostBucket => ({ startMs: day0 + day * dayMs, width: 'day', lines })

describe('a part of the spend', () => {
  let db: Db
  let views: SpendViews
  let read: (account: string, feed: Feed, ...buckets: CostBucket[]) => void

  beforeEach(() => openGuard())

  function openGuard(): void {
    db = openMemoryDatabase()
    const accounts = createAccountsTable(db)
    const names = createNamesTable(db)
    const base = { baseUrl: null, options: {}, secretName: 's', pausedReason: null, createdAtMs: 0 }
    accounts.insert({ ...base, id: 'a', provider: 'openai', label: 'Acme', workspace: 'Client' })
    accounts.insert({ ...base, id: 'b', provider: 'anthropic', label: 'Beta', workspace: null })
    names.save('a', [{ kind: 'project', id: 'proj_1', name: 'Web' }])
    const ledger = createLedger(db, () => 0.5)
    read = (account, feed, ...buckets) => {
      const row = accounts.get(account)
      const state = row && ledger.feeds(row, [costs, usage]).find((one) => one.feed.id === feed.id)?.state
      if (!state) throw new Error('no such feed')
      const starts = buckets.map((one) => one.startMs)
      const [fromMs, toMs] = [Math.min(...starts), Math.max(...starts) + dayMs]
      const windows = [{ window: { feed: feed.id, width: 'day' as const, open: true, fromMs, toMs }, buckets }]
      db.transaction(() => ledger.record({ state, windows, failure: null, deep: false }, nowMs))()
    }
    views = createSpendViews({
      ledger,
      owners: createOwners(accounts, names),
      now: () => nowMs,
      zone: () => 'UTC',
      asOf: () => nowMs,
      rates: createBookOf([]),
      displayCurrency: () => null,
    })
  }

  const days = (count: number) => ({ fromMs: day0, toMs: day0 + count * dayMs, zone: 'UTC' })
  const total = async (scopes: string[], count = 2) =>
    (await views.report(days(count), 'provider', scopes)).total.map(
      (one) => `${one.effective} ${one.billed} ${one.estimate} ${one.currency}`,
    )
  const historyOf = async (scopes: string[], count = 2) => {
    const history = await views.history(days(count), 'model', 'day', scopes)
    if (!history.ok) throw new Error(history.failure.message)
    return history.value
  }

  it('is everything when nothing is asked for', async () => {
    read('a', usage, hour(0, line(3)))
    expect(await total([])).toEqual(await total(['all']))
    expect(await total(['all'])).toEqual(['3 null 3 USD'])
  })

  it('is of any scope of one kind, and of each of several kinds', async () => {
    read('a', usage, hour(0, line(1, { model: 'm', project: 'proj_1' }), line(2, { model: 'n', project: 'proj_1' })))
    read('b', usage, hour(0, line(4, { model: 'm' }), line(8, { model: 'o' })))
    expect(await total(['model:m', 'model:n'])).toEqual(['7 null 7 USD'])
    expect(await total(['model:m', 'provider:openai'])).toEqual(['1 null 1 USD'])
    expect(await total(['project:Web', 'model:n'])).toEqual(['2 null 2 USD'])
    expect(await total(['workspace:Client'])).toEqual(['3 null 3 USD'])
  })

  it('can be what has no project, or no workspace', async () => {
    read('a', usage, hour(0, line(1, { project: 'proj_1' }), line(2)))
    read('b', usage, hour(0, line(4)))
    expect(await total(['project:(none)'])).toEqual(['6 null 6 USD'])
    expect(await total(['workspace:(none)'])).toEqual(['4 null 4 USD'])
  })

  it('is named in the words of people', async () => {
    read('a', usage, hour(0, line(1, { project: 'proj_1' })))
    expect((await historyOf(['account:a', 'project:proj_1', 'provider:openai', 'model:m'])).scopes).toEqual([
      { scope: 'account:a', label: 'Acme' },
      { scope: 'project:proj_1', label: 'Web' },
      { scope: 'provider:openai', label: 'OpenAI' },
      { scope: 'model:m', label: 'm' },
    ])
  })

  it('is unknown where nobody was read who had any of it, whatever is known of others', async () => {
    read('a', usage, hour(1, line(3)))
    read('b', usage, hour(0, line(5)), hour(1, line(5)))
    expect((await historyOf(['account:a'])).planes).toEqual([null, 'estimate'])
    expect(await total(['model:never-seen'])).toEqual(['0 null 0 USD'])
  })

  it('is the estimate where the bill does not tell apart what is asked for, never nothing', async () => {
    read('a', usage, hour(0, line(3, { apiKey: 'k1' }), line(2, { apiKey: 'k2' })))
    read('a', costs, whole(0, line(6)), whole(1, line(7)))
    expect(await total(['key:k1'])).toEqual(['3 null 3 USD'])
    const { planes, series } = await historyOf(['key:k1'])
    expect(planes).toEqual(['estimate', null]) // of the second day only the bill is known
    expect(series.map(({ effective }) => effective)).toEqual([['3', null]])
    expect(await total(['key:(none)'])).toEqual(['13 13 0 USD'])
  })

  it('is the bill where the bill tells it apart', async () => {
    read('a', usage, hour(0, line(3, { apiKey: 'k1' })))
    read('a', costs, whole(0, line(6, { apiKey: 'k1' }), line(1, { apiKey: 'k2' })))
    expect(await total(['key:k1'])).toEqual(['6 6 3 USD'])
  })

  it('adds up to the same whatever it is broken down by, by day and by month', async () => {
    const names = { project: [null, 'proj_1', 'proj_2'], model: ['m', 'n-2025-08-07', null], apiKey: [null, 'k1'] }
    const anyLine = fc.record({
      dollars: fc.integer({ min: -3, max: 900 }),
      project: fc.constantFrom(...names.project),
      model: fc.constantFrom(...names.model),
      apiKey: fc.constantFrom(...names.apiKey),
      currency: fc.constantFrom('USD', 'EUR'),
    })
    const anyBucket = fc.record({
      account: fc.constantFrom('a', 'b'),
      isBill: fc.boolean(),
      day: fc.integer({ min: 0, max: 3 }),
      lines: fc.array(anyLine, { maxLength: 5 }),
    })
    const anyScopes = fc.uniqueArray(
      fc.constantFrom(
        'provider:openai',
        'account:b',
        'workspace:Client',
        'workspace:(none)',
        'project:Web',
        'project:(none)',
        'model:m',
        'model:n',
        'key:k1',
        'key:(none)',
      ),
      { maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(anyBucket, { maxLength: 10 }), anyScopes, async (buckets, scopes) => {
        openGuard()
        for (const { account, isBill, day, lines } of buckets) {
          const costLines = lines.map(({ dollars, ...change }) => line(dollars / 7, change))
          read(account, isBill ? costs : usage, isBill ? whole(day, ...costLines) : hour(day, ...costLines))
        }
        const span = { ...days(4), fromMs: day0 + 5 * hourMs }
        const whole0 = totalsOf((await views.report(span, 'provider', scopes)).rows)
        for (const by of groupings) expect(totalsOf((await views.report(span, by, scopes)).rows)).toEqual(whole0)
        for (const step of ['day', 'month'] as const) {
          const history = await views.history(span, 'model', step, scopes)
          const rows = history.ok
            ? history.value.series.flatMap(({ currency, effective }) =>
                effective.map((amount) => ({ currency, effective: amount })),
              )
            : []
          expect(totalsOf(rows)).toEqual(whole0)
        }
        db.close()
      }),
      { numRuns: 30 },
    )
  })
})

/** Sums by currency, without those that are nothing. */
function totalsOf(rows: readonly { currency: string; effective: string | null }[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const { currency, effective } of rows)
    sums[currency] = (sums[currency] ?? 0n) + (parseNanos(effective ?? '0') ?? 0n)
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n))
}
