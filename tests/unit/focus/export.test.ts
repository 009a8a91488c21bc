import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { billFeed } from '../../../electron/focus/bill-feed.ts'
import { exportFocus } from '../../../electron/focus/export.ts'
import { joinLineItem, splitLineItem, type LineItem } from '../../../electron/focus/line-item.ts'
import { serviceOf } from '../../../electron/focus/services.ts'
import { quantityText } from '../../../electron/focus/units.ts'
import { chargeCategories } from '../../../electron/focus/columns.ts'
import { createLedger, type Ledger } from '../../../electron/ledger/ledger.ts'
import { createOwners, type Owners } from '../../../electron/ledger/owners.ts'
import { totalsOf } from '../../../electron/ledger/totals.ts'
import type { CostBucket, CostLine, Feed, Width } from '../../../electron/providers/adapter.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { largestNanos, nanosToDecimal, parseNanos } from '../../../shared/money.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { readRows, violations } from './focus-rules.ts'

const day0 = Date.UTC(2026, 9, 31)
const nowMs = day0 + 3 * dayMs
const costs: Feed = { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs: dayMs }
const usage: Feed = { id: 'completions', plane: 'estimate', widths: ['minute', 'hour'], latencyMs: 0 }
const insight: Feed = { id: 'analytics', plane: 'insight', widths: ['day'], latencyMs: 0 }
const line = (costNanos: bigint, change: Partial<CostLine> = {}): CostLine => ({
  model: 'gpt-5.5',
  project: null,
  apiKey: null,
  lineItem: 'output',
  tier: null,
  currency: 'USD',
  quantity: 1_250,
  costNanos,
  pricing: 'listed',
  ...change,
})
const billed = (costNanos: bigint, change: Partial<CostLine> = {}) =>
  line(costNanos, { lineItem: 'gpt-5.5, output', quantity: null, pricing: 'billed', ...change })
const bucket = (startMs: number, width: Width, ...lines: CostLine[]): CostBucket => ({ startMs, width, lines })

describe('an export as FOCUS', () => {
  let ledger: Ledger
  let owners: Owners
  let read: (account: string, feed: Feed, ...buckets: CostBucket[]) => void

  beforeEach(() => {
    const db = openMemoryDatabase()
    const accounts = createAccountsTable(db)
    const names = createNamesTable(db)
    const base = { baseUrl: null, options: {}, secretName: 's', pausedReason: null, createdAtMs: 0 }
    accounts.insert({ ...base, id: 'a', provider: 'openai', label: 'Acme, "the" company', workspace: 'Client' })
    accounts.insert({ ...base, id: 'b', provider: 'anthropic', label: 'Beta', workspace: null })
    accounts.insert({ ...base, id: 'c', provider: 'focus', label: 'Bills', workspace: null })
    names.save('a', [{ kind: 'project', id: 'proj_1', name: 'Web\r\nshop' }])
    owners = createOwners(accounts, names)
    ledger = createLedger(db, () => 0.5)
    read = (account, feed, ...buckets) => {
      const row = accounts.get(account)
      const found = row && ledger.feeds(row, [feed])[0]
      if (!found) throw new Error('no such account')
      const starts = buckets.map((one) => one.startMs)
      const [fromMs, toMs] = [Math.min(...starts), Math.max(...starts) + dayMs]
      const windows = [{ window: { feed: feed.id, width: 'day' as const, open: false, fromMs, toMs }, buckets }]
      const reading = { state: found.state, windows, failure: null, deep: false }
      db.transaction(() => {
        ledger.record(reading, nowMs)
        ledger.settle(reading, nowMs)
      })()
    }
  })

  const all = { fromMs: Date.UTC(2010), toMs: Date.UTC(2030) }
  const text = async (range = all) => (await exportFocus({ ledger, owners }, range, true)).text
  const rows = async () => readRows(await text())

  const fill = () => {
    read('a', costs, bucket(day0, 'day', billed(6n, { project: 'proj_1', apiKey: 'key_1' }), billed(-7n)))
    read(
      'a',
      usage,
      bucket(day0 + hourMs, 'hour', line(5n)),
      bucket(day0 + dayMs, 'minute', line(9n, { tier: 'batch' })),
    )
    read('a', usage, bucket(day0 + dayMs + 5 * minuteMs, 'minute', line(4n, { model: null, lineItem: 'web-search' })))
    read('a', insight, bucket(day0, 'day', line(100n)))
    read('b', usage, bucket(day0 + dayMs, 'hour', line(7n, { pricing: 'ceiling' }), line(2n, { currency: 'EUR' })))
    read(
      'c',
      billFeed({ issuer: 'Cloud, Inc.', billingAccount: '007', from: '2026-11-01', to: '2026-12-01' }),
      bucket(day0 + dayMs, 'day', billed(3n, { lineItem: 'Tax: Databases', model: null, currency: 'GBP' })),
      bucket(day0, 'day', billed(-1n, { lineItem: 'Correction: Credit: Databases / goodwill', currency: 'GBP' })),
    )
  }

  it('breaks no rule of the specification', async () => {
    fill()
    expect(violations(await text())).toEqual([])
    expect(await rows()).toHaveLength(8)
  })

  it('has a header, and nothing else, when nothing is known', async () => {
    expect(violations(await text())).toEqual([])
    expect(await rows()).toEqual([])
  })

  it('has of each day, account and currency only the plane that counts, and says which it is', async () => {
    fill()
    const found = (await rows()).map((row) => `${row['ChargePeriodStart']} ${row['BilledCost']} ${row['x_Estimated']}`)
    expect(found.sort()).toEqual([
      '2026-10-31T00:00:00Z -0.000000001 false',
      '2026-10-31T00:00:00Z -0.000000007 false',
      '2026-10-31T00:00:00Z 0.000000006 false',
      '2026-11-01T00:00:00Z 0.000000002 true',
      '2026-11-01T00:00:00Z 0.000000003 false',
      '2026-11-01T00:00:00Z 0.000000007 true',
      '2026-11-01T00:00:00Z 0.000000009 true',
      '2026-11-01T00:05:00Z 0.000000004 true',
    ])
  })

  it('adds up to what reports call effective, whatever was read', async () => {
    const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
    const place = fc.record({
      account: fc.constantFrom('a', 'b'),
      currency: fc.constantFrom('USD', 'EUR'),
      day: fc.integer({ min: 0, max: 3 }),
      hour: fc.integer({ min: 0, max: 23 }),
      estimate: fc.boolean(),
      amount,
    })
    let model = 0
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 12 }), async (places) => {
        for (const one of places) {
          const at = day0 + one.day * dayMs
          const change = { currency: one.currency, model: `m${model++}` }
          if (one.estimate) read(one.account, usage, bucket(at + one.hour * hourMs, 'hour', line(one.amount, change)))
          else read(one.account, costs, bucket(at, 'day', billed(one.amount, change)))
        }
        const sums = new Map<string, bigint>()
        for (const row of await rows()) {
          const currency = row['BillingCurrency'] ?? ''
          sums.set(currency, (sums.get(currency) ?? 0n) + (parseNanos(row['BilledCost'] ?? '') ?? 0n))
        }
        const range = { fromMs: day0, toMs: day0 + 4 * dayMs }
        const spending = ledger.between(range, nowMs + 9 * dayMs)
        for (const { currency, effective } of totalsOf(spending.parts, spending))
          expect(nanosToDecimal(sums.get(currency) ?? 0n)).toBe(effective ?? '0')
      }),
      { numRuns: 30 },
    )
  })

  it('keeps what a provider and a person call things, commas and quotes included', async () => {
    fill()
    const [row] = await rows()
    expect(row).toMatchObject({
      BillingAccountId: 'a',
      BillingAccountName: 'Acme, "the" company',
      BillingPeriodStart: '2026-10-01T00:00:00Z',
      BillingPeriodEnd: '2026-11-01T00:00:00Z',
      ChargePeriodEnd: '2026-11-01T00:00:00Z',
      ChargeDescription: 'gpt-5.5, output',
      ServiceName: 'OpenAI API',
      ServiceCategory: 'AI and Machine Learning',
      SubAccountId: 'proj_1',
      SubAccountName: 'Web\r\nshop',
      ResourceId: 'key_1',
      ResourceType: 'API Key',
      x_Workspace: 'Client',
      x_Model: 'gpt-5.5',
      x_DataAsOf: '2026-11-01T00:00:00Z',
    })
  })

  it('names the vendor once more in the two columns that FOCUS 1.2 wants', async () => {
    fill()
    for (const row of await rows())
      expect([row['ProviderName'], row['PublisherName']]).toEqual([row['InvoiceIssuerName'], row['InvoiceIssuerName']])
  })

  it.each(['openai', 'anthropic', 'openrouter', 'xai', 'deepseek', 'elevenlabs'])(
    'files models under artificial intelligence: %s',
    (provider) => expect(serviceOf(provider, 'label').category).toBe('AI and Machine Learning'),
  )

  it('counts a charge as one unit where nobody counted what it is for, and says so', async () => {
    fill()
    const found = await rows()
    expect(found[0]).toMatchObject({ ConsumedQuantity: '1.0', ConsumedUnit: 'Units', x_QuantityKnown: 'false' })
    expect(found.find((row) => row['x_Tier'] === 'batch')).toMatchObject({
      ConsumedQuantity: '1250.0',
      ConsumedUnit: 'Tokens',
      PricingQuantity: '1250.0',
      SkuId: 'gpt-5.5 / output',
      SkuPriceId: 'gpt-5.5 / output / batch',
      x_TokenType: 'output',
      x_QuantityKnown: 'true',
    })
  })

  it('names credits and taxes that a provider bills as what they are', async () => {
    const kinds = [
      { lineItem: 'Credit', tier: null },
      { lineItem: 'Vertex AI: Gemini', tier: 'tax' },
      { lineItem: 'Pro plan', tier: 'Purchase' },
      { lineItem: 'Vertex AI: Gemini', tier: 'rounding_error' },
    ]
    read('a', costs, bucket(day0, 'day', ...kinds.map((kind, index) => billed(BigInt(-1 - index), kind))))
    const found = await rows()
    expect(found.map((row) => [row['ChargeCategory'], row['BilledCost']]).sort()).toEqual([
      ['Credit', '-0.000000001'],
      ['Purchase', '-0.000000003'],
      ['Tax', '-0.000000002'],
      ['Usage', '-0.000000004'],
    ])
    expect(violations(await text())).toEqual([])
  })

  it('gives an imported bill back as the bill that it was', async () => {
    fill()
    const found = (await rows()).filter((row) => row['BillingCurrency'] === 'GBP')
    expect(found).toMatchObject([
      {
        BillingAccountId: '007',
        InvoiceIssuerName: 'Cloud, Inc.',
        BillingPeriodStart: '2026-11-01T00:00:00Z',
        ChargePeriodStart: '2026-10-31T00:00:00Z',
        ChargeCategory: 'Credit',
        ChargeClass: 'Correction',
        ServiceName: 'Databases',
        ChargeDescription: 'goodwill',
        SkuId: '',
      },
      { ChargeCategory: 'Tax', ChargeClass: '', PricingQuantity: '', ChargeFrequency: 'One-Time' },
    ])
  })

  it('comes in pieces of whole days when it is long, of which the first has the header', async () => {
    const many = Array.from({ length: 9_000 }, (_, at) => billed(BigInt(at), { model: `m${at}` }))
    read('a', costs, bucket(day0, 'day', ...many), bucket(day0 + dayMs, 'day', billed(1n)))
    const first = await exportFocus({ ledger, owners }, all, true)
    expect(first).toMatchObject({ rows: 9_000, nextMs: day0 + dayMs })
    const second = await exportFocus({ ledger, owners }, { ...all, fromMs: first.nextMs ?? 0 }, false)
    expect(second).toMatchObject({ rows: 1, nextMs: null })
    expect(violations(first.text + second.text)).toEqual([])
  })
})

describe('the words and numbers of an export', () => {
  it('write every amount so that it is read back to the nano', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -largestNanos, max: largestNanos }), (nanos) => {
        expect(nanosToDecimal(nanos)).toMatch(/^-?\d+(\.\d+)?$/)
        expect(parseNanos(nanosToDecimal(nanos))).toBe(nanos)
      }),
    )
  })

  it('write every quantity in the number format of the specification, and exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (quantity) => {
        expect(quantityText(quantity)).toMatch(/^-?\d+(\.\d+)?(E-\d+)?$/)
        expect(Number(quantityText(quantity))).toBe(quantity === 0 ? 0 : quantity)
      }),
    )
  })

  it('take an imported line item apart into what it was made of', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes(' / ') && !/^[A-Z][a-z]+: /.test(text))
    const item: fc.Arbitrary<LineItem> = fc.record({
      category: fc.constantFrom(...chargeCategories),
      correction: fc.boolean(),
      service: name,
      description: name,
    })
    fc.assert(
      fc.property(item, (one) => {
        fc.pre(one.service !== one.description)
        // One that ends in a slash reads as if it ended before it.
        fc.pre(!`${one.service} `.endsWith(' / '))
        expect(splitLineItem(joinLineItem(one), true)).toEqual(one)
      }),
    )
  })
})
