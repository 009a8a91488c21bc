import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advanceCounters, type CounterState } from '../../../electron/polling/counters.ts'
import { deepseek } from '../../../electron/providers/deepseek/adapter.ts'
import { minuteMs } from '../../../shared/time.ts'
import { answering } from '../../fakes/answering.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const info = (currency: string, total: string) =>
  `{"currency":"${currency}","total_balance":${total},"granted_balance":"10.00","topped_up_balance":"32.50"}`

async function look(...infos: string[]) {
  const context = answering({ '/user/balance': `{"is_available":false,"balance_infos":[${infos.join()}]}` }, nowMs)
  const answer = await deepseek.readCounters?.(context, 'balance')
  if (!answer?.ok) throw new Error(answer?.failure.message)
  return answer.value
}

/** What is found spent over looks at the balance, a minute apart, in nanos by currency. */
async function spentOver(...looks: string[][]): Promise<Record<string, bigint>> {
  const stored = new Map<string, bigint>()
  let counters: CounterState | null = null
  for (const [index, infos] of looks.entries()) {
    const next: ReturnType<typeof advanceCounters> = advanceCounters(
      counters,
      await look(...infos),
      nowMs + index * minuteMs,
    )
    counters = next.counters
    for (const bucket of next.buckets)
      for (const { currency, costNanos } of bucket.lines) stored.set(`${currency} ${bucket.startMs}`, costNanos)
  }
  const sums: Record<string, bigint> = {}
  for (const [key, nanos] of stored) {
    const currency = key.slice(0, 3)
    sums[currency] = (sums[currency] ?? 0n) + nanos
  }
  return sums
}

describe('a balance at DeepSeek', () => {
  it('is a total that grows as it is used, in each of its currencies', async () => {
    expect(await look(info('CNY', '"110.00"'), info('USD', '"42.50"'))).toMatchObject([
      { currency: 'CNY', totalNanos: -110_000_000_000n, sinceMs: null },
      { currency: 'USD', totalNanos: -42_500_000_000n, sinceMs: null },
    ])
  })
  it.each([
    ['the money of a currency', ['"42.50"'], [42_500_000_000n]],
    ['that money alone where another currency is listed with nothing', ['"42.50"', '"0.00"'], [42_500_000_000n]],
    ['nothing at all', ['"0.00"', '"0"'], [0n, 0n]],
    ['a debt', ['"-0.50"', '"0.00"'], [-500_000_000n]],
  ])('is what is left: %s', async (_, totals, left) => {
    const infos = totals.map((total, index) => info(index === 0 ? 'USD' : 'CNY', total))
    const found = await deepseek.balances?.(
      answering({ '/user/balance': `{"balance_infos":[${infos.join()}]}` }, nowMs),
    )
    expect(found?.ok && found.value.map(({ leftNanos }) => leftNanos)).toEqual(left)
  })
  it('may be overdrawn', async () => {
    expect((await look(info('USD', '"-0.07"')))[0]?.totalNanos).toBe(70_000_000n)
  })
  it('may be a number one day', async () => {
    expect((await look(info('usd', '42.5')))[0]).toMatchObject({ currency: 'USD', totalNanos: -42_500_000_000n })
  })
  it('of no currency at all is no spend, and no failure', async () => {
    expect(await look()).toEqual([])
  })

  it('tells what was spent from the second look on', async () => {
    expect(await spentOver([info('USD', '"42.50"')])).toEqual({})
    expect(await spentOver([info('USD', '"42.50"')], [info('USD', '"42.10"')])).toEqual({ USD: 400_000_000n })
  })
  it('that is topped up spends nothing, nor does it take back what was spent', async () => {
    const looks = ['"42.50"', '"42.10"', '"142.10"', '"141.60"'].map((total) => [info('USD', total)])
    expect(await spentOver(...looks)).toEqual({ USD: 900_000_000n })
  })
  it('that gets a second currency does not count it as spent', async () => {
    expect(await spentOver([info('CNY', '"5.00"')], [info('CNY', '"5.00"'), info('USD', '"20.00"')])).toEqual({})
  })
  it('never shows more spent than it fell by, whatever is paid in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -10_000, max: 100_000 }), { minLength: 1 }), async (cents) => {
        const spent = await spentOver(...cents.map((one) => [info('USD', `"${(one / 100).toFixed(2)}"`)]))
        const falls = cents.slice(1).reduce((sum, one, index) => sum + Math.max(0, (cents[index] ?? 0) - one), 0)
        expect(spent['USD'] ?? 0n).toBe(BigInt(falls) * 10_000_000n)
      }),
      { numRuns: 50 },
    )
  })
})
