import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { custom } from '../../../../electron/providers/custom/adapter.ts'
import { api, lastDays, linesOf, read } from './support.ts'

// The manifests of docs/providers/manifests, against answers as these vendors document them.

const manifestOf = (name: string) => readFileSync(`docs/providers/manifests/${name}.json`, 'utf8')

describe('the manifest of OpenRouter', () => {
  it('reads the activity by day, model and upstream provider, without what was paid elsewhere', async () => {
    const data = [
      {
        date: '2026-11-22',
        model: 'openai/gpt-5.5',
        model_permaslug: 'openai/gpt-5.5',
        endpoint_id: 'e1',
        provider_name: 'OpenAI',
        usage: 0.015,
        byok_usage_inference: 0.012,
        requests: 5,
        prompt_tokens: 50,
      },
    ]
    const answer = await read(manifestOf('openrouter'), [{ data }], { ...lastDays(3), feed: 'activity' })
    expect(linesOf(answer)).toEqual(['2026-11-22 15000000 USD'])
    expect(answer.ok && answer.value.buckets.at(-1)?.lines[0]).toMatchObject({
      model: 'openai/gpt-5.5',
      lineItem: 'OpenAI',
    })
    expect(answer.asked[0]?.url.href).toBe('https://openrouter.ai/api/v1/activity')
  })

  it('sees spend of the last minutes in the credits', async () => {
    const { context } = api(manifestOf('openrouter'), { data: { total_credits: 100.0, total_usage: 37.25 } })
    expect(await custom.readCounters?.(context('sk-or'), 'credits')).toMatchObject({
      value: [{ totalNanos: 37_250_000_000n, sinceMs: null }],
    })
  })
})

describe('the manifest of GitHub', () => {
  it('asks for each month and reads what is paid, not what is used', async () => {
    const usageItems = [
      {
        date: '2026-11-22T00:00:00Z',
        product: 'actions',
        sku: 'Actions Linux',
        quantity: 120,
        unitType: 'Minutes',
        pricePerUnit: 0.006,
        grossAmount: 0.72,
        discountAmount: 0.22,
        netAmount: 0.5,
        organizationName: 'acme',
        repositoryName: 'acme/app',
      },
    ]
    const window = { ...lastDays(30), feed: 'usage' }
    const answer = await read(manifestOf('github'), [{ usageItems: [] }, { usageItems }], window)
    expect(linesOf(answer)).toEqual(['2026-11-22 500000000 USD'])
    expect(answer.asked.map(({ url }) => url.search)).toEqual(['?year=2026&month=10', '?year=2026&month=11'])
    expect(answer.asked[0]?.headers.get('authorization')).toBe('Bearer secret-key')
  })
})

describe('the manifest of DeepSeek', () => {
  it('reads what is left, in each currency', async () => {
    const { context } = api(manifestOf('deepseek'), {
      is_available: true,
      balance_infos: [
        { currency: 'USD', total_balance: '42.50', granted_balance: '10.00', topped_up_balance: '32.50' },
        { currency: 'CNY', total_balance: '0.07', granted_balance: '0.07', topped_up_balance: '0.00' },
      ],
    })
    expect(await custom.balances?.(context('sk-ds'))).toEqual({
      ok: true,
      value: [
        { currency: 'USD', leftNanos: 42_500_000_000n },
        { currency: 'CNY', leftNanos: 70_000_000n },
      ],
    })
  })
})

describe('a manifest of Cursor', () => {
  it('reads what the members of a team spent in their cycle, by POST and in cents', async () => {
    const text = JSON.stringify({
      version: 1,
      name: 'Cursor',
      origin: 'https://api.cursor.com',
      auth: { basic: '{key}:' },
      feeds: [
        {
          id: 'cycle',
          reads: 'total',
          plane: 'billed',
          since: { at: 'row.subscriptionCycleStart' },
          lateByMinutes: 60,
          request: { method: 'POST', path: '/teams/spend', json: { page: 1, pageSize: 100 } },
          pages: { kind: 'number', parameter: 'page', last: 'totalPages' },
          rows: '[@]',
          parts: 'teamMemberSpend',
          amount: 'part.spendCents',
          amountIn: 'cents',
          currency: { fixed: 'USD' },
          project: 'part.email',
        },
      ],
    })
    const member = { spendCents: 1875, name: 'Ada', email: 'ada@acme.example', hardLimitOverrideDollars: 0 }
    const { context } = api(text, {
      teamMemberSpend: [member],
      subscriptionCycleStart: 1_762_300_800_000,
      totalPages: 1,
    })
    expect(await custom.readCounters?.(context('crsr'), 'cycle')).toMatchObject({
      value: [{ totalNanos: 18_750_000_000n, sinceMs: 1_762_300_800_000, project: 'ada@acme.example' }],
    })
  })
})
