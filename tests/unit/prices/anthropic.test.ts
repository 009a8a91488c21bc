import { describe, expect, it } from 'vitest'
import type { UsageContext } from '../../../electron/prices/usage.ts'
import { nanos, perMillion } from './support.ts'

const claude = (model: string | null, over: Partial<UsageContext> = {}) => ({ provider: 'anthropic', model, ...over })

const hour = {
  input: '1500',
  'cache-write': '500',
  'cache-write-1h': '1000',
  'cached-input': '20000',
  output: '900',
  'web-search': '3',
} as const

describe('prices of Anthropic', () => {
  it('prices the five kinds of token and the searches', () => {
    // Sonnet 5: $2, 1.25 and 2 times that for writes, $0.20 for reads, $10 for output; a cent a search.
    expect(nanos(claude('claude-sonnet-5'), hour)).toEqual({
      input: 3_000_000n,
      'cache-write': 1_250_000n,
      'cache-write-1h': 4_000_000n,
      'cached-input': 4_000_000n,
      output: 9_000_000n,
      'web-search': 30_000_000n,
    })
  })

  it('halves the tokens of a batch, not its searches', () => {
    expect(nanos(claude('claude-sonnet-5', { tier: 'batch' }), hour)).toEqual({
      input: 1_500_000n,
      'cache-write': 625_000n,
      'cache-write-1h': 2_000_000n,
      'cached-input': 2_000_000n,
      output: 4_500_000n,
      'web-search': 30_000_000n,
    })
  })

  it('takes the price of a cache read from the table, not from a rule', () => {
    expect(perMillion(claude('claude-fable-5'), 'cached-input')).toBe('1 listed')
    expect(perMillion(claude('claude-fable-5-1'), 'cached-input')).toBe('0.25 listed')
    expect(perMillion(claude('claude-opus-5-5'), 'cached-input')).toBe('0.2 listed')
  })

  it('does not take a point release for the model it follows', () => {
    expect(perMillion(claude('claude-sonnet-5-5-20260928'), 'cached-input')).toBe('0.1 listed')
    expect(perMillion(claude('claude-sonnet-5-5', { atMs: Date.UTC(2026, 9, 6) }), 'cached-input')).toBe('0.2 listed')
    expect(perMillion(claude('claude-sonnet-5-9'), 'cached-input')).toBe('1 ceiling')
    expect(perMillion(claude('claude-opus-4-9'), 'output')).toBe('50 ceiling')
    expect(perMillion(claude('claude-haiku-4-5-20251001'), 'output')).toBe('5 listed')
    expect(perMillion(claude('claude-3-5-haiku-20241022'), 'output')).toBe('4 listed')
  })

  it('adds a tenth for inference kept in the US', () => {
    expect(perMillion(claude('claude-opus-5', { region: 'us' }), 'output')).toBe('27.5 listed')
    expect(perMillion(claude('claude-opus-5', { region: 'global' }), 'output')).toBe('25 listed')
    expect(perMillion(claude('claude-opus-5', { region: 'us', tier: 'batch' }), 'cached-input')).toBe('0.275 listed')
    expect(nanos(claude('claude-opus-5', { region: 'us' }), { 'web-search': '1' })).toEqual({
      'web-search': 10_000_000n,
    })
  })

  it('fears for a region it does not know what the dearest one costs', () => {
    expect(perMillion(claude('claude-opus-5', { region: 'eu' }), 'output')).toBe('27.5 ceiling')
    expect(perMillion(claude('claude-opus-5', { region: 'not_available' }), 'output')).toBe('25 listed')
    expect(perMillion(claude('claude-opus-5', { region: null }), 'output')).toBe('25 listed')
  })

  it('prices fast mode where it is offered and fears the worst where it is not', () => {
    expect(perMillion(claude('claude-opus-4-6', { speed: 'fast' }), 'output')).toBe('150 listed')
    expect(perMillion(claude('claude-opus-5-5', { speed: 'fast' }), 'input')).toBe('8 listed')
    expect(perMillion(claude('claude-fable-5-2', { speed: 'fast' }), 'output')).toBe('80 listed')
    expect(perMillion(claude('claude-haiku-4-5', { speed: 'fast' }), 'output')).toBe('30 ceiling')
    expect(perMillion(claude('claude-opus-5', { speed: 'standard' }), 'output')).toBe('25 listed')
  })

  it('adds the long-context premium to the models and times that had one', () => {
    const long = { longContext: true }
    expect(perMillion(claude('claude-sonnet-4-5-20250929', long), 'input')).toBe('6 listed')
    expect(perMillion(claude('claude-sonnet-4-20250514', long), 'output')).toBe('22.5 listed')
    expect(perMillion(claude('claude-opus-4-6', { ...long, atMs: Date.UTC(2026, 2, 1) }), 'cache-write-1h')).toBe(
      '20 listed',
    )
    expect(perMillion(claude('claude-opus-4-6', long), 'cache-write-1h')).toBe('10 listed')
    expect(perMillion(claude('claude-sonnet-5', long), 'input')).toBe('2 listed')
    expect(perMillion(claude('claude-haiku-5-5', long), 'output')).toBe('2.5 listed')
    expect(perMillion(claude('claude-haiku-5-5'), 'output')).toBe('0.5 listed')
  })

  it('does not guess a discount for tiers without a published price', () => {
    expect(perMillion(claude('claude-sonnet-5', { tier: 'flex' }), 'output')).toBe('10 ceiling')
    expect(perMillion(claude('claude-sonnet-5', { tier: 'priority' }), 'output')).toBe('25 ceiling')
  })
})
