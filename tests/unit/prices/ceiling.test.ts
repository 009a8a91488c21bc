import { describe, expect, it } from 'vitest'
import { listedModels, listedRate } from '../../../electron/prices/data-set.ts'
import { meters } from '../../../electron/prices/usage.ts'
import { book, perMillion, row } from './support.ts'

describe('the ceiling for what has no known price', () => {
  it('is the highest rate among current models, without the legacy ones', () => {
    expect(perMillion({ model: 'gpt-7-nova' }, 'input')).toBe('10 ceiling')
    expect(perMillion({ model: 'gpt-7-nova' }, 'output')).toBe('50 ceiling')
    expect(perMillion({ provider: 'anthropic', model: 'claude-verse-6' }, 'input')).toBe('10 ceiling')
    expect(perMillion({ provider: 'anthropic', model: 'claude-verse-6' }, 'cache-write-1h')).toBe('20 ceiling')
  })

  it('of Google is that of its own current models, not of what it sells of others', () => {
    expect(perMillion({ provider: 'google', model: 'gemini-9-flash' }, 'output')).toBe('9 ceiling')
    expect(perMillion({ provider: 'google', model: 'gemini-9-pro' }, 'output')).toBe('12 ceiling')
  })

  it('holds for usage without a model', () => {
    expect(perMillion({ model: null }, 'output')).toBe('50 ceiling')
  })

  it.each(['constructor', '__proto__', 'toString'])('holds for a model called %s', (model) => {
    expect(perMillion({ model }, 'output')).toBe('50 ceiling')
    expect(perMillion({ model: 'dall-e-2', imageSize: model }, 'image')).toBe('20000 ceiling')
  })

  it('keeps to the kind of model that the id names', () => {
    expect(perMillion({ model: 'gpt-7-pro' }, 'output')).toBe('180 ceiling')
    expect(perMillion({ model: 'text-embedding-4-huge' }, 'input')).toBe('0.13 ceiling')
    expect(perMillion({ model: 'gpt-realtime-9' }, 'audio-output')).toBe('80 ceiling')
    // "prompt" is no "pro".
    expect(perMillion({ model: 'gpt-7-prompter' }, 'output')).toBe('50 ceiling')
  })

  it('is halved in a batch like any price', () => {
    expect(perMillion({ model: 'gpt-7-nova', tier: 'batch' }, 'output')).toBe('25 ceiling')
  })

  it('is never zero for any meter of any provider but free moderation', () => {
    for (const provider of ['openai', 'anthropic', 'google', 'mistral', 'nobody'])
      for (const meter of meters) {
        if (meter === 'moderation' && provider === 'openai') continue
        const [priced] = book.price(row({ provider, model: 'never-heard-of-it', durationMs: 86_400_000 }), [
          { meter, quantity: '1000000000000' },
        ])
        expect(priced?.costNanos, `${provider} ${meter}`).toBeGreaterThan(0n)
        expect(priced?.pricing === 'prepaid').toBe(false)
      }
  })

  it.each(['input', 'output', 'cached-input', 'cache-write', 'cache-write-1h'] as const)(
    'is not below what any current model of Anthropic costs for %s',
    (meter) => {
      const [ceiling] = book.price(row({ provider: 'anthropic', model: null }), [{ meter, quantity: '1000000' }])
      const current = listedModels('anthropic').filter(({ id }) => /-(5|5-\d|4-[5-9])$/.test(id))
      const dearest = current.map(
        ({ prices }) =>
          Number(listedRate(prices, meter, false)?.usd[0]) / Number(listedRate(prices, meter, false)?.usd[1]),
      )
      expect(current.length).toBeGreaterThan(10)
      expect(Number(ceiling?.costNanos) / 1e15).toBeCloseTo(Math.max(...dearest), 12)
    },
  )

  it('is what knows() denies', () => {
    expect(book.knows('openai', 'gpt-5-mini-2025-08-07')).toBe(true)
    expect(book.knows('openai', 'tts-1')).toBe(true)
    expect(book.knows('openai', 'dall-e-3')).toBe(true)
    expect(book.knows('openai', 'gpt-7-nova')).toBe(false)
    expect(book.knows('openai', 'ft:gpt-5-nano-2025-08-07:acme::q')).toBe(false)
    expect(book.knows('anthropic', 'claude-sonnet-5-5-20260928')).toBe(true)
    expect(book.knows('nobody', 'gpt-5')).toBe(false)
  })
})
