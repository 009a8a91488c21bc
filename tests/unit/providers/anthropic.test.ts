import { describe, expect, it } from 'vitest'
import { createPriceBook } from '../../../electron/prices/price-book.ts'
import { parseCosts, parseMessages } from '../../../electron/providers/anthropic/parse.ts'
import { costsPage, messagesPage } from '../../../electron/providers/anthropic/schema.ts'

const prices = createPriceBook(() => Date.UTC(2026, 10, 23))
const bucket = (row: unknown) => ({ data: [{ starting_at: '2026-11-22T00:00:00Z', results: [row] }] })

/** The one line of a million tokens of output of a model that had a long-context premium. */
function messages(over: Record<string, unknown>) {
  const row = { model: 'claude-sonnet-4-20250514', service_tier: 'standard', output_tokens: 1_000_000, ...over }
  const [line, ...more] = parseMessages(messagesPage.parse(bucket(row)).data, 'hour', prices)[0]?.lines ?? []
  expect(more).toEqual([])
  return line
}

describe('a row of Anthropic usage', () => {
  it.each([
    ['0-200k', 15, null],
    [null, 15, null],
    ['200k-1M', 22.5, 'long context'],
    ['1M-4M', 22.5, '1M-4M'],
  ])('in the context window %s costs $%d', (context_window, dollars, tier) => {
    expect(messages({ context_window })).toMatchObject({ costNanos: BigInt(dollars * 1e9), tier })
  })
  it.each([
    ['global', null],
    ['not_available', null],
    ['us', 'us'],
    ['eu', 'eu'],
  ])('keeps the region %s apart only where it may cost more', (inference_geo, tier) => {
    expect(messages({ inference_geo })).toMatchObject({ tier })
  })
  it.each(['hyper', 'constructor'])('takes the unknown tier %s for the dearest', (service_tier) => {
    expect(messages({ service_tier })).toMatchObject({ costNanos: 90_000_000_000n, pricing: 'ceiling' })
  })
})

describe('a row of the Anthropic cost report', () => {
  const cost = (over: Record<string, unknown>) => costsPage.safeParse(bucket({ amount: '412.78912', ...over }))
  it.each(['USD', 'usd', null, undefined])('is in dollars where the currency is %s', (currency) => {
    const page = cost({ currency })
    expect(page.success && parseCosts(page.data.data, [])[0]?.lines[0]).toMatchObject({
      costNanos: 4_127_891_200n,
      currency: 'USD',
    })
  })
  it.each(['us1', '$', ''])('is refused where the currency is "%s"', (currency) => {
    expect(cost({ currency }).success).toBe(false)
  })
})
