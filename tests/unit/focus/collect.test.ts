import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCollector } from '../../../electron/focus/collect.ts'
import { createCsvReader } from '../../../electron/focus/read-csv.ts'
import { readInstant, readNanos } from '../../../electron/focus/read-values.ts'
import { spread } from '../../../electron/focus/spread.ts'
import { parseNanos } from '../../../shared/money.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'
import { charge, focusFile, linesOf } from './focus-file.ts'

function collect(text: string) {
  const collector = createCollector()
  const reader = createCsvReader((cells, line) => collector.add(cells, line, 'line'))
  reader.push(text)
  reader.end()
  return collector
}
const read = (...charges: Parameters<typeof focusFile>) => linesOf(collect(focusFile(...charges)))

describe('what a FOCUS file says', () => {
  it('is added up by bill, day and kind of spend', () => {
    expect(
      read(
        charge(3, 1, '0.25'),
        charge(3, 23, '0.5'),
        charge(4, 0, '-1E-9'),
        charge(3, 0, '2', { SkuMeter: 'other' }),
        charge(3, 0, '4', { BillingAccountId: 'acct-2' }),
      ),
    ).toEqual([
      'acct-1 2026-11-03 0.75 USD meter | Models / Tokens',
      'acct-1 2026-11-03 2 USD other | Models / Tokens',
      'acct-1 2026-11-04 -0.000000001 USD meter | Models / Tokens',
      'acct-2 2026-11-03 4 USD meter | Models / Tokens',
    ])
  })

  it('may have the names of any version from 1.0 to 1.4', () => {
    const issuer = (columns: Record<string, string>) =>
      collect(focusFile(charge(3, 0, '1', { InvoiceIssuerName: undefined, ...columns }))).bills()[0]?.issuer
    expect(issuer({ ProviderName: 'A', PublisherName: 'B' })).toBe('A')
    expect(issuer({ ProviderName: 'A', ServiceProviderName: 'C', HostProviderName: 'D' })).toBe('C')
    expect(issuer({ ProviderName: 'A', InvoiceIssuerName: 'E' })).toBe('E')
    expect(issuer({})).toBe('Unknown')
  })

  it('is read without the apostrophes that keep an export of ours from being a formula', () => {
    const named = { x_Model: "'@cf/llama", ServiceName: "'-x", ChargeDescription: "'quoted'" }
    expect(read(charge(3, 0, '1', named))).toEqual(["acct-1 2026-11-03 1 USD @cf/llama | -x / 'quoted'"])
  })

  it('names what is no usage, and what corrects an earlier bill', () => {
    expect(
      read(
        charge(3, 0, '1', { ChargeCategory: 'Tax', ChargeDescription: '' }),
        charge(3, 0, '-2', { ChargeCategory: 'Credit', ChargeDescription: 'goodwill' }),
        charge(3, 0, '3', { ChargeCategory: 'Adjustment' }),
        charge(3, 0, '4', { ChargeCategory: 'Refund' }),
        charge(3, 0, '5', {
          ChargeClass: 'Correction',
          ChargePeriodStart: '2026-10-30T00:00:00Z',
          ChargePeriodEnd: '2026-10-31T00:00:00Z',
        }),
      ),
    ).toEqual([
      'acct-1 2026-10-30 5 USD meter | Correction: Models / Tokens',
      'acct-1 2026-11-03 1 USD - | Tax: Models',
      'acct-1 2026-11-03 -2 USD - | Credit: Models / goodwill',
      'acct-1 2026-11-03 7 USD - | Adjustment: Models / Tokens',
    ])
  })

  it('puts a month on its days, and of a year what the bill is for', () => {
    const month = { ChargePeriodStart: '2026-11-01T00:00:00Z', ChargePeriodEnd: '2026-12-01T00:00:00Z' }
    const days = read(charge(1, 0, '100', month))
    expect(days).toHaveLength(30)
    expect(days[0]).toBe('acct-1 2026-11-01 3.333333333 USD meter | Models / Tokens')
    expect(days[1]).toBe('acct-1 2026-11-02 3.333333334 USD meter | Models / Tokens')
    const year = { ChargePeriodStart: '2026-06-01T00:00:00Z', ChargePeriodEnd: '2027-06-01T00:00:00Z' }
    expect(read(charge(1, 0, '300', year)).at(-1)).toBe('acct-1 2026-11-30 10 USD meter | Models / Tokens')
  })

  it('loses no nano when it is put on days', () => {
    const instant = fc.integer({ min: 0, max: 90 * 24 })
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), instant, instant, (nanos, a, b) => {
        const time = { fromMs: Math.min(a, b) * hourMs, toMs: Math.max(a, b) * hourMs }
        const parts: [number, bigint][] = []
        spread(nanos, time, (day, part) => parts.push([day, part]))
        expect(parts.reduce((sum, [, part]) => sum + part, 0n)).toBe(nanos)
        for (const [day, part] of parts) {
          const overlap = Math.min(day + dayMs, time.toMs) - Math.max(day, time.fromMs)
          const exact = (Number(nanos) * overlap) / (time.toMs - time.fromMs || overlap || 1)
          if (parts.length > 1) expect(Math.abs(Number(part) - exact)).toBeLessThanOrEqual(1 + Math.abs(exact) * 1e-9)
        }
      }),
    )
  })

  it('says of the days between the first and the last that nothing was charged', () => {
    const bill = collect(focusFile(charge(3, 0, '1'), charge(6, 0, '1'))).bills()[0]
    expect(bill?.days.map((day) => new Date(day).getUTCDate())).toEqual([3, 4, 5, 6])
  })

  it('keeps projects, keys and models, with their names', () => {
    const collector = collect(
      focusFile(
        charge(3, 0, '1', {
          BillingCurrency: 'eur',
          SubAccountId: 'p1',
          SubAccountName: 'Web',
          ResourceId: 'k1',
          ResourceName: 'prod',
          ResourceType: 'ApiKey',
          x_Model: 'gpt-5.5',
          ConsumedQuantity: '12.5',
        }),
        charge(3, 0, '1', { ResourceId: 'arn:vm', ResourceName: 'vm', ResourceType: 'Virtual machine', x_Model: '' }),
      ),
    )
    expect(collector.bucket(0, Date.UTC(2026, 10, 3)).lines).toMatchObject([
      { currency: 'EUR', project: 'p1', apiKey: 'k1', model: 'gpt-5.5', quantity: 12.5, pricing: 'billed' },
      { currency: 'USD', project: null, apiKey: null, model: null, quantity: null },
    ])
    expect(collector.names()).toEqual([
      { kind: 'project', id: 'p1', name: 'Web' },
      { kind: 'key', id: 'k1', name: 'prod' },
    ])
  })

  it('keeps an estimate apart, and its day open', () => {
    const bucket = collect(
      focusFile(charge(3, 0, '1', { x_Estimated: 'true' }), charge(3, 0, '2', { x_Estimated: 'false' })),
    ).bucket(0, Date.UTC(2026, 10, 3))
    expect(bucket.incomplete).toBe(true)
    expect(bucket.lines.map((line) => line.pricing)).toEqual(['listed', 'billed'])
  })

  it('puts together by service what would be too many kinds, and loses no money', () => {
    const many = Array.from({ length: 2_500 }, (_, at) => charge(3, 0, '0.001', { ChargeDescription: `no. ${at}` }))
    const collector = collect(focusFile(...many))
    const { lines } = collector.bucket(0, Date.UTC(2026, 10, 3))
    expect(collector.isMerged()).toBe(true)
    expect(lines).toHaveLength(2_001)
    expect(lines.at(-1)).toMatchObject({ lineItem: 'Models', costNanos: 500_000_000n })
    expect(lines.reduce((sum, line) => sum + line.costNanos, 0n)).toBe(2_500_000_000n)
  })

  it.each([
    [{ BilledCost: '1,5' }, 'line 3, column BilledCost: "1,5"'],
    [{ BilledCost: '' }, 'line 3, column BilledCost: it is empty'],
    [{ BilledCost: 'NaN' }, 'line 3, column BilledCost: "NaN"'],
    [{ BilledCost: '99999999999' }, 'line 3, column BilledCost: "99999999999"'],
    [{ BillingCurrency: 'dollars' }, 'line 3, column BillingCurrency: "dollars"'],
    [{ BillingAccountId: '' }, 'line 3, column BillingAccountId: it is empty'],
    [{ ChargePeriodStart: '3.11.2026' }, 'line 3, column ChargePeriodStart: "3.11.2026"'],
    [{ ChargePeriodStart: '2026-02-30T00:00:00Z' }, 'line 3, column ChargePeriodStart'],
    [{ ChargePeriodEnd: '2026-11-01T00:00:00Z' }, 'The charge ends before it begins'],
    [{ BillingPeriodEnd: '2026-11-01T00:00:00Z' }, 'The billing period ends before it begins'],
    [{ ConsumedQuantity: 'many' }, 'line 3, column ConsumedQuantity: "many"'],
  ])('is refused with line and column where it cannot be read: %j', (change, words) => {
    expect(() => collect(focusFile(charge(3, 0, '1'), charge(4, 0, '1', change)))).toThrow(words)
  })
})

describe('the values of a FOCUS file', () => {
  it('are read quickly to the same amount as carefully', () => {
    const plain = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 14 }))
      .map(([negative, digits, scale]) => {
        const text = digits.toString().padStart(scale + 1, '0')
        const whole = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
        return `${negative ? '-' : ''}${whole}`
      })
    const any = fc.oneof(plain, fc.string({ unit: fc.constantFrom(...'0123456789.-+eE') }), fc.double().map(String))
    fc.assert(
      fc.property(any, (text) => {
        expect(readNanos(text)).toBe(parseNanos(text))
      }),
      { numRuns: 2_000, examples: [['-'], ['.'], ['-.'], ['0'], ['-0'], ['9007199.254740993']] },
    )
  })

  it.each([
    ['2026-11-03T04:05:06Z', '2026-11-03T04:05:06.000Z'],
    ['2026-11-03 04:05:06.123 UTC', '2026-11-03T04:05:06.000Z'],
    ['2026-11-03T04:05:06+01:30', '2026-11-03T02:35:06.000Z'],
    ['2026-11-03 04:05:06+00', '2026-11-03T04:05:06.000Z'],
    ['2026-11-03T04:05', '2026-11-03T04:05:00.000Z'],
    ['2026-11-03', '2026-11-03T00:00:00.000Z'],
  ])('are instants in UTC: %s', (text, wanted) => {
    expect(new Date(readInstant(text) ?? 0).toISOString()).toBe(wanted)
  })

  it.each(['', '11/03/2026', '2026-13-01', '2026-11-31', '1762128000', 'yesterday', '2026-11-03T25:00:00Z'])(
    'are no instants: %j',
    (text) => expect(readInstant(text)).toBeNull(),
  )
})
