import { describe, expect, it } from 'vitest'
import { explain, type UsageChange, type UsageLine } from '../../../electron/detection/causes.ts'
import { noProfile } from '../../../electron/detection/anomaly/profile.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'

const sinceMs = Date.parse('2026-11-23T10:00:00Z')
const line = (change: Partial<UsageLine> & { dollars: number }): UsageLine => {
  const { dollars, ...rest } = change
  return {
    key: 'prod',
    model: 'gpt-5',
    meter: 'input',
    project: 'web',
    quantity: 0,
    ...rest,
    nanos: BigInt(Math.round(dollars * 1e9)),
  }
}
/** A dollar an hour for a week: half of it in, half of it out. */
const week = [line({ dollars: 84, quantity: 84_000 }), line({ dollars: 84, meter: 'output', quantity: 42_000 })]
const known = new Map([
  ['key prod', sinceMs],
  ['key ci', sinceMs - 21 * dayMs],
  ['model gpt-5', sinceMs],
  ['model gpt-4', sinceMs - 30 * dayMs],
  ['meter input', sinceMs],
  ['meter output', sinceMs],
  ['meter cached-input', sinceMs],
  ['project web', sinceMs],
])
const change = (now: UsageLine[], more: Partial<UsageChange> = {}): UsageChange => ({
  sinceMs,
  now,
  nowMs: hourMs,
  before: week,
  beforeMs: 7 * dayMs,
  history: {
    knownFromMs: sinceMs - 40 * dayMs,
    lastSeenMs: (dimension, name) => known.get(`${dimension} ${name}`) ?? null,
  },
  nameOf: (dimension, id) => (dimension === 'meter' ? id.replace('-', ' ') : id),
  shape: 'cliff',
  profile: noProfile,
  currency: 'USD',
  ...more,
})

describe('the reason of a rise', () => {
  it('is a key that was never seen, with its share', () => {
    const rise = [line({ dollars: 1, quantity: 1_000 }), line({ dollars: 9, key: 'new', quantity: 9_000 })]
    expect(explain(change(rise))).toEqual({
      pattern: 'new-key',
      causes: ['First use of key new: 90% of it.', '13 times as many tokens as usual.'],
    })
  })
  it('is a key that wakes up', () => {
    const rise = [line({ dollars: 1 }), line({ dollars: 4, key: 'ci' })]
    expect(explain(change(rise))).toMatchObject({
      pattern: 'dormant-key',
      causes: ['Key ci, silent for 21 days, is now 80% of it.'],
    })
  })
  it('is a model, a line item or a project that is new', () => {
    const reason = (name: Partial<UsageLine>) => explain(change([line({ dollars: 10, ...name })]))
    expect(reason({ model: 'sora-3' })).toMatchObject({ pattern: 'new-model' })
    expect(reason({ meter: 'audio-output' })).toEqual({
      pattern: 'new-line-item',
      causes: ['First use of audio output: 100% of it.'],
    })
    expect(reason({ project: 'lab' })).toMatchObject({ pattern: 'new-project' })
    expect(reason({ model: 'gpt-4' })).toMatchObject({
      pattern: 'cliff',
      causes: ['Model gpt-4, silent for 30 days, is now 100% of it.'],
    })
  })
  it('calls nothing new before three days are known', () => {
    const history = { knownFromMs: sinceMs - 3 * dayMs + 1, lastSeenMs: () => null }
    expect(explain(change([line({ dollars: 10, key: 'new' })], { history })).pattern).toBe('cliff')
    const unknown = { knownFromMs: null, lastSeenMs: () => null }
    expect(explain(change([line({ dollars: 10 })], { history: unknown, before: [], beforeMs: 0 }))).toEqual({
      pattern: 'cliff',
      causes: [],
    })
  })
  it('is whoever has a much larger share than usual', () => {
    const before = [...week, line({ dollars: 42, key: 'agent', quantity: 40_000 })]
    const rise = [line({ dollars: 1 }), line({ dollars: 4, key: 'agent' })]
    const history = { knownFromMs: sinceMs - 40 * dayMs, lastSeenMs: () => sinceMs }
    expect(explain(change(rise, { before, history })).causes).toEqual(['Key agent is 80% of it, usually 20%.'])
  })
  it('names nobody who is behind less than half of it', () => {
    const rise = ['a', 'b', 'c'].map((key) => line({ dollars: 3, key }))
    expect(explain(change(rise)).causes.join(' ')).not.toContain('key')
  })
  it('is the cache, where as many tokens cost far more because they miss it', () => {
    const before = [
      line({ dollars: 20, quantity: 8_000 }),
      line({ dollars: 100, meter: 'cached-input', quantity: 92_000 }),
    ]
    const rise = [line({ dollars: 8, quantity: 960 }), line({ dollars: 0.1, meter: 'cached-input', quantity: 40 })]
    expect(explain(change(rise, { before }))).toMatchObject({
      pattern: 'cache-miss',
      causes: ['Cache hit rate 92% -> 4%.', '1.7 times as many tokens as usual.'].slice(0, 1),
    })
    // Ten times the tokens: the cache is a fact of it, not the reason.
    const more = rise.map((one) => ({ ...one, quantity: one.quantity * 10 }))
    expect(explain(change(more, { before })).pattern).not.toBe('cache-miss')
    // A cache that was never good is no news.
    const poor = [
      line({ dollars: 20, quantity: 80_000 }),
      line({ dollars: 1, meter: 'cached-input', quantity: 20_000 }),
    ]
    expect(explain(change(rise, { before: poor })).causes.join()).not.toContain('Cache')
  })
  it('is a storm of retries, where the usual callers send much and get little', () => {
    const rise = [line({ dollars: 20, quantity: 20_000 }), line({ dollars: 1, meter: 'output', quantity: 1_000 })]
    expect(explain(change(rise))).toEqual({
      pattern: 'retry-storm',
      causes: [
        '28 times as many tokens as usual.',
        'Much goes in and little comes out: 0.05 tokens for each one sent, usually 0.50.',
      ],
    })
  })
  it('is a rate limit, where a plateau is as flat as no traffic is', () => {
    const rise = [line({ dollars: 5 })]
    const profile = { spread: 0.04, steadyMs: 6 * hourMs, lumps: null }
    expect(explain(change(rise, { shape: 'plateau', profile }))).toMatchObject({
      pattern: 'rate-limit',
      causes: ['Steady to within 4% for 6 hours, as at a rate limit.'],
    })
    expect(explain(change(rise, { shape: 'cliff', profile })).pattern).toBe('cliff')
    expect(explain(change(rise, { shape: 'plateau', profile: { ...profile, spread: 0.11 } })).pattern).toBe('plateau')
  })
  it('is a charge that comes again and again', () => {
    const profile = { spread: null, steadyMs: 0, lumps: { count: 3, amount: 100 } }
    expect(explain(change([line({ dollars: 300 })], { profile }))).toMatchObject({
      pattern: 'recharge',
      causes: ['3 charges of $100.00 each.'],
    })
  })
  it('says of a burst that is over what would have stopped it', () => {
    expect(explain(change([line({ dollars: 50 })], { shape: 'burst' }))).toEqual({
      pattern: 'burst',
      causes: ['It was over before anybody could act: only a limit at the provider stops such a burst.'],
    })
  })
})
