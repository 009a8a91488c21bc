import { describe, expect, it } from 'vitest'
import { ageText, agoText, dayText, momentText, untilText } from '../../../../renderer/words/times.ts'

const nowMs = Date.parse('2026-11-23T20:00:00Z')
const minutes = (count: number) => nowMs - count * 60_000

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
    const account = (label: string, age: number | null, state: 'ok' | 'stale' = 'ok', provider = 'openai') => ({
      label,
      state,
      provider,
      asOf: age === null ? null : new Date(minutes(age)).toISOString(),
    })
    expect(ageText([account('A', 2), account('B', 4)], nowMs)).toBe('as of 4 min ago')
    expect(ageText([account('A', 2), account('B', 90, 'stale')], nowMs)).toBe('as of 2 min ago, B 1 h ago')
    expect(ageText([account('A', 2), account('B', null)], nowMs)).toBe('as of 2 min ago, B not yet read')
    expect(ageText([account('A', null)], nowMs)).toBe('no data yet')
    expect(ageText([account('A', 90, 'stale')], nowMs)).toBe('as of 1 h ago')
    // A bill that somebody brought is no older for it, and makes nothing else old.
    expect(ageText([account('A', 2), account('Bills', 900, 'ok', 'focus')], nowMs)).toBe(
      'as of 2 min ago, Bills 15 h ago',
    )
    expect(ageText([account('Bills', 900, 'ok', 'focus')], nowMs)).toBe('as of 15 h ago')
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
