import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../electron/http/parse-json.ts'
import { caps } from '../../../electron/providers/github/caps.ts'
import { keyKind } from '../../../electron/providers/github/key.ts'
import { read, refusal } from '../../../electron/providers/github/read.ts'
import { asking } from '../../fakes/read-context.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

/** What is made of a report whose items are given as JSON text, so that numbers arrive as they were written. */
async function bucketsOf(items: string[], from = '2026-11-20', to = '2026-11-24') {
  const { context, asked } = asking(() => parseJson(`{"usageItems":[${items.join()}]}`), {
    nowMs,
    options: { org: 'acme' },
  })
  const answer = await read(context, { feed: 'usage', width: 'day', fromMs: day(from), toMs: day(to), open: true })
  if (!answer.ok) throw new Error(answer.failure.message)
  return { buckets: answer.value.buckets, asked }
}
const item = (date: string, net: string, rest = '') =>
  `{"date":"${date}","product":"copilot","sku":"Copilot Business","netAmount":${net}${rest}}`

describe('the GitHub usage report', () => {
  it('counts what is left after the free quota', async () => {
    const { buckets } = await bucketsOf([item('2026-11-21', '0.25', ',"grossAmount":9.75,"discountAmount":9.5')])
    expect(buckets[0]?.lines[0]?.costNanos).toBe(250_000_000n)
  })

  it.each([
    ['more digits than a double holds', '1234567.123456789', 1_234_567_123_456_789n],
    ['an exponent', '6e-9', 6n],
    ['text', '"0.00600000000000000000000000000000"', 6_000_000n],
    ['a credit', '-4.5', -4_500_000_000n],
  ])('reads an amount with %s exactly', async (_, net, nanos) => {
    const { buckets } = await bucketsOf([item('2026-11-21T00:00:00Z', net)])
    expect(buckets[0]?.lines[0]?.costNanos).toBe(nanos)
  })

  it('asks once for each month that it needs', async () => {
    const { asked } = await bucketsOf([], '2026-10-30', '2026-11-02')
    expect(asked).toEqual([
      '/organizations/acme/settings/billing/usage?year=2026&month=10',
      '/organizations/acme/settings/billing/usage?year=2026&month=11',
    ])
    expect((await bucketsOf([])).asked).toHaveLength(1)
  })

  it('keeps the days that were asked for, and no others of the month', async () => {
    const { buckets } = await bucketsOf([item('2026-11-01', '1'), item('2026-11-20', '2'), item('2026-11-25', '3')])
    expect(buckets.map(({ startMs }) => startMs)).toEqual(
      ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(day),
    )
  })

  it('knows that a day between others was free, and nothing of the days after the last', async () => {
    const { buckets } = await bucketsOf([item('2026-11-20', '1'), item('2026-11-22', '1')])
    expect(buckets.map(({ lines }) => lines.length)).toEqual([1, 0, 1])
    expect((await bucketsOf([])).buckets).toEqual([])
  })

  it('adds up what differs in the amount alone, and names the repository', async () => {
    const { buckets } = await bucketsOf([
      item('2026-11-20', '1', ',"repositoryName":"acme/app","quantity":2'),
      item('2026-11-20', '2', ',"repositoryName":"acme/app","quantity":3'),
      item('2026-11-20', '4', ',"repositoryName":"","quantity":"n/a","hologram":true'),
    ])
    expect(buckets[0]?.lines.map(({ project, costNanos, quantity }) => [project, costNanos, quantity])).toEqual([
      ['acme/app', 3_000_000_000n, 5],
      [null, 4_000_000_000n, null],
    ])
  })
})

describe('a refusal of GitHub', () => {
  const refused = (status: number, headers: Record<string, string> = {}, said = '') =>
    refusal({ status, said, headers: new Headers(headers), nowMs, body: null })

  it('is a wait when the hour is used up, until the instant that it names', () => {
    const resetS = nowMs / 1_000 + 600
    expect(refused(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetS) })).toMatchObject({
      kind: 'rate-limited',
      retryAtMs: nowMs + 600_000,
    })
  })
  it('is a wait when it says so in words or seconds', () => {
    expect(refused(403, {}, 'You have exceeded a secondary rate limit.')).toMatchObject({
      kind: 'rate-limited',
      retryAtMs: nowMs + 60_000,
    })
    expect(refused(403, { 'retry-after': '90' })).toMatchObject({ kind: 'rate-limited', retryAtMs: nowMs + 90_000 })
    expect(refused(429)).toMatchObject({ kind: 'rate-limited' })
  })
  it('is a missing permission otherwise, also where the bill "does not exist"', () => {
    for (const status of [403, 404])
      expect(refused(status, { 'x-ratelimit-remaining': '4999' })).toMatchObject({ kind: 'permission-missing', status })
    expect(refused(404)?.message).toContain('Administration: Read')
  })
  it('is left to the status for everything else', () => {
    expect([refused(401), refused(500), refused(400)]).toEqual([null, null, null])
  })
})

describe('a GitHub account', () => {
  it('is of an organization or of a person, not both and not neither', () => {
    const refusedOf = (options: Record<string, string>) => keyKind('github_pat_1', options).refused
    expect(refusedOf({})).toContain('org')
    expect(refusedOf({ org: 'acme', user: 'octocat' })).toContain('either')
    expect([refusedOf({ org: 'acme', user: '' }), refusedOf({ user: 'octocat' })]).toEqual([null, null])
  })
  it('is warned of tokens that can do more', () => {
    expect(keyKind('ghp_1', { org: 'acme' }).warnings.join()).toContain('more than read')
    expect(keyKind('github_pat_1', { org: 'acme' }).warnings).toEqual([])
  })
})

describe('budgets of a GitHub organization', () => {
  it('are limits, which stop or only warn, over all pages', async () => {
    const budget = (name: string, amount: number, stops: boolean) => ({
      id: name,
      budget_type: 'ProductPricing',
      budget_product_skus: ['actions'],
      budget_scope: 'repository',
      budget_entity_name: name,
      budget_amount: amount,
      prevent_further_usage: stops,
    })
    const { context, asked } = asking(
      (what) =>
        what.endsWith('&page=1')
          ? { budgets: [budget('acme/app', 100, true)], has_next_page: true }
          : { budgets: [{ ...budget('', 5.5, false), budget_scope: 'organization', budget_product_skus: [] }] },
      { nowMs, options: { org: 'acme' } },
    )
    const found = await caps(context)
    expect(found).toMatchObject({
      value: [
        { scope: 'repository acme/app (actions)', effect: 'stop', limit: '100', period: 'month' },
        { scope: 'organization', effect: 'warn', limit: '5.5', currency: 'USD' },
      ],
    })
    expect(asked).toHaveLength(2)
  })
  it('of a person are not shown to programs, which is no fault of the token', async () => {
    const { context, asked } = asking(() => ({ budgets: [] }), { nowMs, options: { user: 'octocat' } })
    expect(await caps(context)).toMatchObject({
      ok: false,
      failure: { kind: 'not-found', message: expect.stringContaining('organizations only') as string },
    })
    expect(asked).toEqual([])
  })
})
