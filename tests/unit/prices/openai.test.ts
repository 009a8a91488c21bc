import { describe, expect, it } from 'vitest'
import { nanos, perMillion, priceRow } from './support.ts'

describe('prices of OpenAI', () => {
  it('prices text, cached text and output of a dated model', () => {
    // gpt-5-mini: $0.25, $0.025 and $2 per million.
    expect(nanos({}, { input: '3000', 'cached-input': '1800', output: '1000' })).toEqual({
      input: 750_000n,
      'cached-input': 45_000n,
      output: 2_000_000n,
    })
  })

  it('charges a cache write a quarter more from GPT-5.6 on, and as plain input before', () => {
    expect(perMillion({ model: 'gpt-5.6-terra' }, 'cache-write')).toBe('2.5 listed')
    expect(perMillion({ model: 'gpt-5' }, 'cache-write')).toBe('1.25 listed')
  })

  it('halves batch and flex', () => {
    expect(nanos({ tier: 'batch' }, { input: '1000', output: '1' })).toEqual({ input: 125_000n, output: 1_000n })
    expect(nanos({ tier: 'flex' }, { input: '1000', output: '1' })).toEqual({ input: 125_000n, output: 1_000n })
    expect(perMillion({ tier: 'flex' }, 'output')).toBe('1 listed')
  })

  it.each([
    ['gpt-5-mini-2025-08-07', '0.45 listed', '3.6 listed'],
    ['gpt-5.5', '12.5 listed', '75 listed'],
    ['gpt-5.6-sol', '8 listed', '40 listed'],
    ['gpt-6.1-sol', '4 listed', '20 listed'],
    ['gpt-4.1', '3.5 listed', '14 listed'],
    ['gpt-4o-2024-05-13', '8.75 listed', '26.25 listed'],
    ['gpt-4o-mini', '0.25 listed', '1 listed'],
    ['o4-mini', '2 listed', '8 listed'],
  ])('knows what priority costs for %s', (model, input, output) => {
    expect(perMillion({ model, tier: 'priority' }, 'input')).toBe(input)
    expect(perMillion({ model, tier: 'priority' }, 'output')).toBe(output)
  })

  it('fears the dearest priority where none is published, and the dearest variant for a tier it never heard of', () => {
    expect(perMillion({ model: 'gpt-5-nano', tier: 'priority' }, 'output')).toBe('1 ceiling')
    expect(perMillion({ model: 'gpt-5-nano', tier: 'unknown' }, 'output')).toBe('2.4 ceiling')
  })

  it('prices audio and images by their own rates', () => {
    expect(
      nanos({ model: 'gpt-realtime' }, { 'audio-input': '1000', 'cached-audio-input': '1000', 'audio-output': '1000' }),
    ).toEqual({
      'audio-input': 32_000_000n,
      'cached-audio-input': 400_000n,
      'audio-output': 64_000_000n,
    })
    expect(
      nanos(
        { model: 'gpt-image-1.5' },
        { 'image-input': '1000', 'cached-image-input': '1000', 'image-output': '1000' },
      ),
    ).toEqual({
      'image-input': 8_000_000n,
      'cached-image-input': 2_000_000n,
      'image-output': 32_000_000n,
    })
    expect(perMillion({ model: 'gpt-4o-audio-preview-2024-12-17' }, 'audio-output')).toBe('80 listed')
    // A chat model counts what it sees as text.
    expect(perMillion({ model: 'gpt-5' }, 'image-input')).toBe('1.25 listed')
    expect(perMillion({ model: 'gpt-5' }, 'cached-image-input')).toBe('0.125 listed')
  })

  it('does not pass off another modality as the text of a model without it', () => {
    expect(perMillion({ model: 'gpt-5' }, 'audio-output')).toMatch(/ceiling$/)
  })

  it('uses the price of the day, and the newest layer over the data set', () => {
    expect(perMillion({ model: 'o3', atMs: Date.UTC(2025, 5, 9, 23, 59) }, 'input')).toBe('10 listed')
    expect(perMillion({ model: 'o3', atMs: Date.UTC(2025, 5, 10) }, 'input')).toBe('2 listed')
    expect(perMillion({ model: 'gpt-6.1-sol' }, 'cached-input')).toBe('0.1 listed')
    expect(perMillion({ model: 'gpt-6.1-terra-2026-10-26' }, 'output')).toBe('5 listed')
  })

  it('uses long-context prices only when the provider said so', () => {
    expect(perMillion({ model: 'gpt-5.4' }, 'output')).toBe('15 listed')
    expect(perMillion({ model: 'gpt-5.4', longContext: true }, 'output')).toBe('22.5 listed')
    expect(perMillion({ model: 'gpt-6.1-sol', longContext: true }, 'cache-write')).toBe('5 listed')
  })

  it('prices fine-tuned models at their own rates, and at four times the base where none is listed', () => {
    expect(perMillion({ model: 'ft:gpt-4o-mini-2024-07-18:acme::abc123' }, 'input')).toBe('0.3 listed')
    expect(perMillion({ model: 'ft:gpt-4o-mini-2024-07-18:acme::abc123' }, 'cached-input')).toBe('0.15 listed')
    expect(perMillion({ model: 'ft:gpt-4.1-2025-04-14:acme:support:xyz' }, 'output')).toBe('12 listed')
    expect(perMillion({ model: 'ft:gpt-5-nano-2025-08-07:acme::q' }, 'output')).toBe('1.6 ceiling')
    expect(perMillion({ model: 'ft:gpt-99:acme::q' }, 'output')).toBe('50 ceiling')
  })

  it('prices embeddings, speech, transcription and moderation', () => {
    expect(perMillion({ model: 'text-embedding-3-small' }, 'input')).toBe('0.02 listed')
    expect(perMillion({ model: 'tts-1' }, 'character')).toBe('15 listed')
    expect(perMillion({ model: 'tts-1-hd' }, 'character')).toBe('30 listed')
    expect(perMillion({ model: 'gpt-4o-mini-tts' }, 'character')).toBe('20 ceiling')
    expect(nanos({ model: 'whisper-1' }, { second: '90' })).toEqual({ second: 9_000_000n })
    // $0.017 a minute does not divide by 60: 100 s are 28333333.33 nanos.
    expect(nanos({ model: 'gpt-realtime-whisper' }, { second: '100' })).toEqual({ second: 28_333_333n })
    expect(priceRow({ model: 'omni-moderation-latest' }, { moderation: '5000' })).toMatchObject([
      { costNanos: 0n, pricing: 'listed' },
    ])
  })

  it('prices images by size, and at the dearest quality where the report leaves that open', () => {
    expect(priceRow({ model: 'dall-e-2', imageSize: '256x256' }, { image: '3' })).toMatchObject([
      { costNanos: 48_000_000n, pricing: 'listed' },
    ])
    expect(priceRow({ model: 'dall-e-2' }, { image: '1' })).toMatchObject([
      { costNanos: 20_000_000n, pricing: 'ceiling' },
    ])
    expect(priceRow({ model: 'dall-e-3', imageSize: '1024x1024' }, { image: '1' })).toMatchObject([
      { costNanos: 80_000_000n, pricing: 'ceiling' },
    ])
    expect(priceRow({ model: 'gpt-image-1', imageSize: '1024x1536' }, { image: '2' })).toMatchObject([
      { costNanos: 500_000_000n, pricing: 'ceiling' },
    ])
    expect(priceRow({ model: 'gpt-image-9' }, { image: '1' })).toMatchObject([
      { costNanos: 400_000_000n, pricing: 'ceiling' },
    ])
  })

  it('prices tools, with or without a model', () => {
    expect(priceRow({ model: 'gpt-5' }, { 'web-search': '7' })).toMatchObject([
      { costNanos: 70_000_000n, pricing: 'listed' },
    ])
    expect(priceRow({ model: 'gpt-4o' }, { 'web-search': '7' })).toMatchObject([
      { costNanos: 175_000_000n, pricing: 'ceiling' },
    ])
    expect(priceRow({ model: 'gpt-4o-search-preview' }, { 'web-search': '7' })).toMatchObject([
      { costNanos: 175_000_000n, pricing: 'listed' },
    ])
    expect(priceRow({ model: null }, { 'web-search': '1' })).toMatchObject([
      { costNanos: 25_000_000n, pricing: 'ceiling' },
    ])
    expect(priceRow({ model: null }, { 'file-search': '3', 'code-session': '2' })).toMatchObject([
      { costNanos: 7_500_000n, pricing: 'listed' },
      { costNanos: 60_000_000n, pricing: 'listed' },
    ])
  })

  it('prices storage by size and time', () => {
    const gibibyte = String(2 ** 30)
    const of = (durationMs: number) => nanos({ model: null, durationMs }, { 'storage-byte': gibibyte })['storage-byte']
    expect(of(86_400_000)).toBe(100_000_000n)
    expect(of(3_600_000)).toBe(4_166_667n)
    expect(of(60_000)).toBe(69_444n)
  })

  it('charges nothing for tokens bought ahead, but for their searches', () => {
    expect(priceRow({ tier: 'prepaid' }, { input: '1000000', 'web-search': '1' })).toMatchObject([
      { costNanos: 0n, pricing: 'prepaid' },
      { costNanos: 10_000_000n, pricing: 'listed' },
    ])
  })
})
