import { describe, expect, it } from 'vitest'
import type { ProviderRequest } from '../../../electron/http/provider-http.ts'
import { cursor } from '../../../electron/providers/cursor/adapter.ts'
import { answering } from '../../fakes/answering.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const cycleMs = Date.UTC(2026, 10, 3, 8)
const page = (rows: string[], rest = ',"totalPages":1') =>
  `{"teamMemberSpend":[${rows.join()}],"subscriptionCycleStart":${cycleMs}${rest}}`
const row = (email: string, spendCents: string, rest = '') =>
  `{"userId":"user_${email}","name":"N","email":"${email}","spendCents":${spendCents}${rest}}`

async function spend(answer: string | ((request: ProviderRequest) => string)) {
  const context = answering({ '/teams/spend': answer }, nowMs)
  const read = await cursor.readCounters?.(context, 'spend')
  if (!read?.ok) throw new Error(read?.failure.message)
  return { readings: read.value, asked: context.asked }
}
const pageOf = ({ json }: ProviderRequest) => (json as { page: number }).page

describe('what a member of a Cursor team spends', () => {
  it.each([
    ['cents', '1875', 18_750_000_000n],
    ['parts of a cent', '4212.5', 42_125_000_000n],
    ['the noise of a float', '40.16699999999999', 401_670_000n],
    ['text', '"12"', 120_000_000n],
    ['nothing', '0', 0n],
    ['a credit', '-250', -2_500_000_000n],
  ])('is told in %s', async (_, cents, nanos) => {
    const { readings } = await spend(page([row('a@example.com', cents)]))
    expect(readings).toMatchObject([
      { apiKey: 'a@example.com', totalNanos: nanos, sinceMs: cycleMs, currency: 'USD', lineItem: 'On-demand usage' },
    ])
  })

  it('is what is paid on top of the seats, not what the seats include', async () => {
    const { readings } = await spend(
      page([row('a@example.com', '150', ',"includedSpendCents":850,"overallSpendCents":1000')]),
    )
    expect(readings[0]?.totalNanos).toBe(1_500_000_000n)
  })

  it('never takes dollars for cents', async () => {
    const { readings } = await spend(page([row('a@example.com', '150', ',"hardLimitOverrideDollars":100')]))
    expect(readings[0]?.totalNanos).toBe(1_500_000_000n)
  })

  it('counts once for somebody who moved to the next page meanwhile', async () => {
    const { readings } = await spend((request) =>
      page(
        pageOf(request) === 1
          ? [row('a@example.com', '100')]
          : [row('a@example.com', '110'), row('b@example.com', '5')],
        ',"totalPages":2',
      ),
    )
    expect(readings.map(({ apiKey, totalNanos }) => [apiKey, totalNanos])).toEqual([
      ['a@example.com', 1_100_000_000n],
      ['b@example.com', 50_000_000n],
    ])
  })

  it('is read to the end where the number of pages is not told', async () => {
    const full = Array.from({ length: 100 }, (_, index) => row(`m${index}@example.com`, '1'))
    const { readings, asked } = await spend((request) => page(pageOf(request) === 1 ? full : [row('z@x.io', '1')], ''))
    expect([asked.length, readings.length]).toEqual([2, 101])
  })

  it('is kept apart for those without an address', async () => {
    const nameless = '{"userId":42,"spendCents":100}'
    const { readings } = await spend(page([nameless, '{"spendCents":1}', '{"spendCents":2}']))
    expect(readings.map(({ apiKey }) => apiKey)).toEqual(['42', null, null])
  })

  it('begins when the cycle did, also where that is told as text', async () => {
    const { readings } = await spend(page([row('a@example.com', '1')]).replace(String(cycleMs), `"${cycleMs}"`))
    expect(readings[0]?.sinceMs).toBe(cycleMs)
  })
})

describe('names of a Cursor team', () => {
  it('stand for addresses', async () => {
    const members = '{"teamMembers":[{"name":"Alex","email":"a@example.com"},{"name":null,"email":"b@example.com"}]}'
    expect(await cursor.names?.(answering({ '/teams/members': members }, nowMs))).toEqual({
      ok: true,
      value: [{ kind: 'key', id: 'a@example.com', name: 'Alex' }],
    })
  })
})
