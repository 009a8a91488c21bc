import { describe, expect, it } from 'vitest'
import {
  ageText,
  agoText,
  changeText,
  dayText,
  momentText,
  scopeLabel,
  shareOfLimit,
  spendKind,
  stopLinkOf,
  limitShareText,
  outlookText,
  untilText,
  usualText,
  wouldHaveText,
} from '../../../renderer/words.ts'
import { storyAlerts } from '../../fakes/guard-story.ts'

const nowMs = Date.parse('2026-11-23T20:00:00Z')
const minutes = (count: number) => nowMs - count * 60_000

describe('the kind of an amount', () => {
  it('is unknown without an amount, never a plane', () => {
    expect(spendKind({ effective: null, billed: null, estimate: null })).toBe('unknown')
  })

  it('is the plane that the effective amount comes from', () => {
    expect(spendKind({ effective: '5', billed: null, estimate: '5' })).toBe('estimate')
    expect(spendKind({ effective: '5', billed: '5', estimate: '4' })).toBe('billed')
    expect(spendKind({ effective: '5', billed: '3', estimate: '5' })).toBe('estimate')
    expect(spendKind({ effective: '5', billed: '3', estimate: '4' })).toBe('mixed')
  })
})

describe('ages', () => {
  it('are told in the largest fitting unit', () => {
    expect([0.5, 4, 61, 60 * 26, 60 * 24 * 9].map((age) => agoText(minutes(age), nowMs))).toEqual([
      'just now',
      '4 min ago',
      '1 h ago',
      '26 h ago',
      '9 days ago',
    ])
  })

  it('are never in the future, which only what is to come is', () => {
    expect(agoText(minutes(-5), nowMs)).toBe('just now')
    expect([-0.5, -5, -180].map((age) => untilText(minutes(age), nowMs))).toEqual([
      'in less than a minute',
      'in 5 min',
      'in 3 h',
    ])
  })

  it('of a total are those of its oldest healthy account, with the late ones named', () => {
    const account = (label: string, age: number | null, state: 'ok' | 'stale' = 'ok') => ({
      label,
      state,
      asOf: age === null ? null : new Date(minutes(age)).toISOString(),
    })
    expect(ageText([account('A', 2), account('B', 4)], nowMs)).toBe('as of 4 min ago')
    expect(ageText([account('A', 2), account('B', 90, 'stale')], nowMs)).toBe('as of 2 min ago, B 1 h ago')
    expect(ageText([account('A', 2), account('B', null)], nowMs)).toBe('as of 2 min ago, B not yet read')
    expect(ageText([account('A', null)], nowMs)).toBe('no data yet')
    expect(ageText([account('A', 90, 'stale')], nowMs)).toBe('as of 1 h ago')
  })
})

describe('days and moments', () => {
  it('show a calendar day as that day in every zone', () => {
    expect(dayText('2026-11-01', 'en-US')).toBe('Nov 1')
  })

  it('show a moment in the zone of the guard', () => {
    expect(momentText('2026-11-23T23:30:00Z', 'Asia/Tokyo', 'en-GB')).toContain('24')
  })
})

describe('scopes', () => {
  it('are named as people named them', () => {
    const accounts = [{ id: 'a1', label: 'Production' }]
    expect(
      ['all', 'provider:openai', 'account:a1', 'account:gone', 'model:gpt-5', 'nonsense'].map((scope) =>
        scopeLabel(scope, accounts),
      ),
    ).toEqual(['Everything', 'OpenAI', 'Production', 'gone', 'Model gpt-5', 'nonsense'])
  })
})

describe('the share of a limit', () => {
  it('is unknown when the spend is', () => {
    expect(shareOfLimit(null, '10')).toBeNull()
    expect(shareOfLimit('15', '10')).toBe(1.5)
  })
})

describe('the page that stops the bleeding', () => {
  const [leak] = storyAlerts(nowMs)
  const accounts = [{ id: 'acc-openai', provider: 'openai' }]
  if (!leak) throw new Error('the story has no alert')

  it('is the one the alert links to, when it is on our own list', () => {
    expect(stopLinkOf(leak, [])).toEqual({ provider: 'openai', page: 'stop' })
  })

  it('is never an address from elsewhere', () => {
    expect(stopLinkOf({ ...leak, scope: 'all', link: 'https://evil.example/keys' }, accounts)).toBeNull()
  })

  it('is found by the account when there is no link', () => {
    expect(stopLinkOf({ ...leak, link: null }, accounts)).toEqual({ provider: 'openai', page: 'stop' })
    expect(stopLinkOf({ ...leak, link: null, rule: 'credential' }, accounts)).toEqual({
      provider: 'openai',
      page: 'key',
    })
  })
})

describe('the past of a budget', () => {
  const preview = { from: null, periods: 90, middle: '12.4', high: '18.1', suggested: '30', thresholds: [] }
  it('is a usual period and a busy one, or too short to say', () => {
    expect(usualText(preview, 'day', 'USD', 'en-US')).toBe(
      'Of the last 90 days, a usual one cost $12.40, and nine of ten at most $18.10.',
    )
    const unknown = { ...preview, middle: null, high: null }
    expect(usualText(unknown, 'hour', 'USD')).toBe('Too little is known yet to say what is usual for an hour.')
    expect(usualText(unknown, 'month', 'USD')).toBe('Too little is known yet to say what is usual for a month.')
  })
  it('says how often a threshold would have been told', () => {
    const text = (times: number, at: string | null) =>
      wouldHaveText({ percent: 80, severity: 'warning' }, times, at, 'USD', 'en-US')
    expect(text(3, '2026-11-20T00:00:00.000Z')).toBe('80% would have been told 3 times, last on Nov 20.')
    expect(text(1, '2026-11-20T00:00:00.000Z')).toBe('80% would have been told once, last on Nov 20.')
    expect(text(0, null)).toBe('80% would never have been told.')
    expect(wouldHaveText({ amount: '40', severity: 'info' }, 0, null, 'USD', 'en-US')).toBe(
      '$40.00 would never have been told.',
    )
  })
})

describe('where a budget is heading', () => {
  const outlook = { end: '4210.40', low: '3900.00', high: '4700.00', probability: 0.9, breachOn: '2026-11-26' }
  it('is told with its band, and the day when the limit will most likely be passed', () => {
    expect(outlookText(outlook, 'USD', 'en-US')).toBe(
      'Heading for $4,210.40, most likely $3,900.00 to $4,700.00; past the limit around Nov 26.',
    )
    expect(outlookText({ ...outlook, probability: 0.49 }, 'USD', 'en-US')).not.toContain('past the limit')
    expect(outlookText({ ...outlook, breachOn: null }, 'USD', 'en-US')).not.toContain('past the limit')
  })
})

describe('a share of a limit', () => {
  it('is rounded down, so that a hundred per cent is never told early', () => {
    expect([0.999, 1, 0.29, 4.07, 2.0375].map((share) => limitShareText(share, 'en-US'))).toEqual([
      '99%',
      '100%',
      '29%',
      '407%',
      '203%',
    ])
  })
})

describe('a comparison', () => {
  it('says how much more or less, in whole per cent', () => {
    expect(changeText('112', '100', 'the day before', 'en-US')).toBe('12% more than the day before')
    expect(changeText('80', '100', 'the day before', 'en-US')).toBe('20% less than the day before')
    expect(changeText('100.1', '100', 'the day before', 'en-US')).toBe('the same as the day before')
  })

  it('is silent without something to compare with', () => {
    expect(changeText('5', null, 'before')).toBe('')
    expect(changeText('5', '0', 'before')).toBe('')
    expect(changeText(null, '5', 'before')).toBe('')
  })
})
