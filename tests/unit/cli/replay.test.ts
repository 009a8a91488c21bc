import { describe, expect, it } from 'vitest'
import { collectBudget } from '../../../electron/cli/replay.ts'

describe('a budget to try', () => {
  it('is an amount, a period and perhaps a scope', () => {
    expect(collectBudget('100/day')).toEqual([{ limit: '100', period: 'day', scope: 'all' }])
    expect(collectBudget('$49.50 /month/model:meta/llama-4', [])).toEqual([
      { limit: '49.50', period: 'month', scope: 'model:meta/llama-4' },
    ])
    expect(collectBudget('80 EUR/rolling24h/provider:openai')[0]).toMatchObject({ limit: '80', currency: 'EUR' })
  })
  it('can be one of several', () => {
    expect(collectBudget('2/hour', collectBudget('100/day'))).toHaveLength(2)
  })
  it.each(['100', '100/year', 'much/day', '/day', ''])('is refused as %j', (text) => {
    expect(() => collectBudget(text)).toThrow(/is not (a budget|an amount)/)
  })
})
