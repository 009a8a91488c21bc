import { describe, expect, it } from 'vitest'
import { monthOutlook } from '../../../electron/judging/month-outlook.ts'
import { parseNanos } from '../../../shared/money.ts'
import { formatScope, type Scope } from '../../../shared/scope.ts'
import { dayMs, type TimeRange } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-18T12:00:00Z')
const tenDollars = parseNanos('10') ?? 0n

/** Ten dollars a day in dollars, and one euro, from a day on; spread evenly over the day. */
function guardSince(day: string, gap: string | null = null) {
  const sumsIn = () => (span: TimeRange) => {
    if (span.fromMs < Date.parse(day) || span.fromMs === Date.parse(gap ?? '')) return null
    const share = BigInt(span.toMs - span.fromMs)
    const part = (nanos: bigint) => (nanos * share) / BigInt(dayMs)
    return new Map([
      ['USD', part(tenDollars)],
      ['EUR', part(tenDollars / 10n)],
    ])
  }
  return { sumsIn }
}

const everythingKnown = () => true
const outlook = (
  views: ReturnType<typeof guardSince>,
  scopes: string[] = [],
  isComplete: (scope: Scope) => boolean = everythingKnown,
) => monthOutlook(scopes, 'UTC', nowMs, { views, isComplete })

describe('where the month is heading', () => {
  it('is foretold for each currency by itself, from what is spent so far', async () => {
    const { from, to, currencies } = await outlook(guardSince('2026-10-01'))
    expect([from, to]).toEqual(['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'])
    expect(currencies).toEqual([
      { currency: 'EUR', spent: '17.5', end: '30.00', low: '30.00', high: '30.00' },
      { currency: 'USD', spent: '175', end: '300.00', low: '300.00', high: '300.00' },
    ])
  })

  it('is not told while too little is known, after a gap, or of a month that began before anything was known', async () => {
    expect((await outlook(guardSince('2026-11-15'))).currencies).toEqual([])
    expect((await outlook(guardSince('2026-10-01', '2026-11-10'))).currencies).toEqual([])
    expect((await outlook(guardSince('2026-11-03'))).currencies).toEqual([])
    expect((await outlook(guardSince('2026-11-01'))).currencies).toHaveLength(2)
  })

  it('needs all accounts that may hold the spend to be known up to now, and no others', async () => {
    const known =
      (...scopes: string[]) =>
      (scope: Scope) =>
        scopes.includes(formatScope(scope))
    const of = async (scopes: string[], isComplete: (scope: Scope) => boolean) =>
      (await outlook(guardSince('2026-10-01'), scopes, isComplete)).currencies.length > 0
    expect(await of([], known('all'))).toBe(true)
    expect(await of([], known('account:a'))).toBe(false)
    expect(await of(['account:a'], known('account:a'))).toBe(true)
    expect(await of(['account:a', 'account:b'], known('account:a'))).toBe(false)
    expect(await of(['account:a', 'model:m'], known('account:a'))).toBe(true)
  })
})
