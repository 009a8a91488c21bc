import { describe, expect, it } from 'vitest'
import {
  countedText,
  exchangeText,
  manualRateEntry,
  ratesOfText,
  type ExchangeNote,
} from '../../../shared/rate-notes.ts'

const note = (change: Partial<ExchangeNote> = {}): ExchangeNote => ({
  currency: 'EUR',
  amount: '12',
  into: '12.9984',
  rate: '1.0832',
  ratesFrom: '2026-11-24',
  ratesOf: '2026-11-24',
  source: 'ecb',
  old: false,
  ...change,
})

describe('what is said of rates', () => {
  it('names amount, rate, day and source', () => {
    expect(exchangeText(note(), 'USD')).toBe('EUR 12.00 counted at 1.0832 USD of 24 Nov 2026 (ECB)')
  })
  it('marks what is old, built in or set by hand', () => {
    expect(exchangeText(note({ source: 'bundled', old: true }), 'USD')).toContain('(built in, old)')
    expect(exchangeText(note({ source: 'manual' }), 'USD')).toContain('(manual)')
  })
  it('says that several days had several rates', () => {
    expect(exchangeText(note({ ratesFrom: '2026-11-02' }), 'USD')).toContain(
      'at daily rates since 2 Nov 2026, the last 1.0832 USD of 24 Nov 2026',
    )
    expect(ratesOfText([note({ ratesFrom: '2026-11-02' })])).toBe('rates of 2 Nov 2026 to 24 Nov 2026, ECB')
  })
  it('says where a total comes from, and nothing where no rate was needed', () => {
    expect(ratesOfText([note()])).toBe('rates of 24 Nov 2026, ECB')
    expect(ratesOfText([note(), note({ source: 'manual', ratesOf: '2026-11-25' })])).toBe(
      'rates of 24 Nov 2026 to 25 Nov 2026, ECB and manual',
    )
    expect(ratesOfText([])).toBeNull()
    expect(countedText({ exchanges: [], missing: [] }, 'USD')).toBe('')
  })
  it('names a currency that was left out', () => {
    expect(countedText({ exchanges: [note()], missing: ['TWD'] }, 'USD')).toContain('TWD not counted: no rate to USD')
  })
  it('keeps the sign of a credit', () => {
    expect(exchangeText(note({ amount: '-3.5' }), 'USD')).toMatch(/^-EUR 3\.50 /)
  })
})

describe('a rate set by hand', () => {
  it.each([
    [{ from: 'USD', to: 'USD', rate: '1' }, 'two different'],
    [{ from: 'USD', to: 'EUR', rate: '0' }, 'above zero'],
    [{ from: 'USD', to: 'EUR', rate: '0.0000000001' }, 'above zero'],
    [{ from: 'usd', to: 'EUR', rate: '1' }, 'three letters'],
    [{ from: 'USD', to: 'EUR', rate: '1', fromDay: 'soon' }, 'written like'],
  ])('is refused when it makes no sense: %o', (entry, words) => {
    const read = manualRateEntry.safeParse(entry)
    expect(read.error?.issues[0]?.message).toContain(words)
  })
})
