import { beforeEach, describe, expect, it } from 'vitest'
import { createCollector } from '../../../electron/focus/collect.ts'
import { createCsvReader } from '../../../electron/focus/read-csv.ts'
import { storeBills } from '../../../electron/focus/store.ts'
import { createLedger, type Ledger } from '../../../electron/ledger/ledger.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase, type Db } from '../../../electron/storage/database.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { charge, focusFile } from './focus-file.ts'
import { accountRow } from '../../fakes/account-row.ts'

const nowMs = Date.UTC(2027, 0, 5)
const account = accountRow({ id: 'f', provider: 'focus', label: 'Bills', secretName: '' })

describe('storing bills', () => {
  let db: Db
  let ledger: Ledger

  beforeEach(() => {
    db = openMemoryDatabase()
    createAccountsTable(db).insert(account)
    ledger = createLedger(db, () => 0.5)
  })

  /** Imports charges; `daysUntilDeath` ends it half way, as when the guard is killed. */
  async function store(charges: Parameters<typeof focusFile>, daysUntilDeath = Infinity): Promise<number> {
    const collector = createCollector()
    const reader = createCsvReader((cells, line) => collector.add(cells, line, 'line'))
    reader.push(focusFile(...charges))
    reader.end()
    let days = 0
    return storeBills(
      {
        ledger,
        now: () => nowMs,
        transaction: (change) => db.transaction(change)(),
        bucket: async (bill, day) => {
          if (days++ >= daysUntilDeath) throw new Error('killed')
          return collector.bucket(bill, day)
        },
      },
      account,
      collector.bills(),
      'bill.csv',
    )
  }

  const effective = (fromDay: string, toDay: string) =>
    nanosToDecimal(
      ledger
        .between({ fromMs: Date.parse(fromDay), toMs: Date.parse(toDay) }, nowMs)
        .parts.reduce((sum, part) => sum + part.effectiveNanos, 0n),
    )
  const november = () => effective('2026-11-01', '2026-12-01')
  const amounts = () =>
    ['cost_rows', 'day_totals', 'month_totals', 'plane_days', 'series', 'day_readings'].map((table) =>
      db.prepare(`SELECT * FROM ${table}`).safeIntegers().raw().all().map(String),
    )

  it('makes them the truth of their days', async () => {
    expect(await store([charge(3, 0, '1'), charge(5, 0, '2.5')])).toBe(2)
    expect(november()).toBe('3.5')
    expect(ledger.feedStates('f').find(({ feed }) => feed === 'bills')).toMatchObject({
      failure: null,
      coveredToMs: Date.UTC(2026, 10, 6),
    })
  })

  it('knows no more than before of a file without a line', async () => {
    const bills = () => ledger.feedStates('f').find(({ feed }) => feed === 'bills')
    expect(await store([])).toBe(0)
    expect(bills()).toBeUndefined()
    await store([charge(5, 0, '2.5')])
    expect(await store([])).toBe(0)
    expect(bills()).toMatchObject({ failure: null, coveredToMs: Date.UTC(2026, 10, 6) })
  })

  it('changes nothing when they are stored again', async () => {
    const charges = [charge(3, 0, '1'), charge(5, 0, '2.5', { ChargeCategory: 'Tax' })]
    await store(charges)
    const before = amounts()
    expect(await store(charges)).toBe(0)
    expect(amounts()).toEqual(before)
  })

  it('puts a newer file in place of its days, lines that are gone included, and leaves the others', async () => {
    await store([charge(3, 0, '1'), charge(5, 0, '2'), charge(6, 0, '4'), charge(7, 0, '8', { SkuMeter: 'old' })])
    expect(await store([charge(5, 0, '16'), charge(7, 0, '32')])).toBe(3)
    expect(november()).toBe('49')
    expect(effective('2026-11-06', '2026-11-07')).toBe('0')
  })

  it('keeps billing accounts, and bills of other months, out of each other', async () => {
    const correction = {
      ChargeClass: 'Correction',
      BillingPeriodStart: '2026-12-01T00:00:00Z',
      BillingPeriodEnd: '2027-01-01T00:00:00Z',
    }
    await store([charge(3, 0, '1')])
    await store([charge(3, 0, '2', { BillingAccountId: 'acct-2' })])
    await store([charge(3, 0, '-0.5', correction)])
    expect(november()).toBe('2.5')
    await store([charge(3, 0, '8')])
    expect(november()).toBe('9.5')
  })

  it('says that a long import is not whole when it ends half way, and completes it the next time', async () => {
    const kinds = Array.from({ length: 1_500 }, (_, at) => at)
    const charges = [1, 2, 3, 4, 5].flatMap((day) => kinds.map((at) => charge(day, 0, '1', { SkuMeter: `m${at}` })))
    await expect(store(charges, 4)).rejects.toThrow('killed')
    const bills = () => ledger.feedStates('f').find(({ feed }) => feed === 'bills')
    expect(Number(november())).toBeLessThan(7_500)
    expect(bills()?.failure).toMatchObject({
      kind: 'truncated',
      message: expect.stringContaining('bill.csv') as string,
    })
    ledger.reload()
    expect(bills()?.failure?.kind).toBe('truncated')
    await store(charges)
    expect(november()).toBe('7500')
    expect(bills()?.failure).toBeNull()
  })

  it('stores little of a file in one piece, or nothing', async () => {
    await expect(store([charge(1, 0, '1'), charge(2, 0, '1')], 1)).rejects.toThrow('killed')
    expect(november()).toBe('0')
    expect(ledger.feedStates('f').every(({ failure }) => failure === null)).toBe(true)
  })
})
