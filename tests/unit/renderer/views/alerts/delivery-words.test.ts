import { describe, expect, it } from 'vitest'
import { deliveryLook, tellingText, waitText } from '../../../../../renderer/views/alerts/delivery-words.ts'
import type { Delivery } from '../../../../../shared/alerts.ts'
import { hourMs, iso, secondMs } from '../../../../../shared/time.ts'

const nowMs = Date.UTC(2026, 10, 25, 22)
const delivery = (over: Partial<Delivery>): Delivery => ({
  channel: 'Chat',
  channelId: 'x',
  occasion: 'fired',
  state: 'pending',
  because: 'route',
  held: null,
  nextAttemptAt: null,
  attempts: 0,
  failure: null,
  sentAt: null,
  deliveredAt: null,
  cost: null,
  tries: [],
  ...over,
})

describe('why a channel was told', () => {
  it.each([
    [{ because: 'route', occasion: 'fired' }, 'As soon as it fired'],
    [{ because: 'escalation', occasion: 'fired' }, 'Nobody had acknowledged in time'],
    [{ because: 'fallback', occasion: 'fired' }, 'Another channel did not get through'],
    [{ because: 'news', occasion: 'resolved' }, 'News: it was resolved'],
    [{ because: 'route', occasion: 'test' }, 'A test'],
  ] as const)('%j is said as "%s"', (told, words) => {
    expect(tellingText(told)).toBe(words)
  })
})

describe('how a delivery stands', () => {
  const word = (over: Partial<Delivery>) => deliveryLook(delivery(over))[1]

  it('tells apart what was taken from what arrived', () => {
    expect(word({ state: 'accepted' })).toBe('On its way')
    expect(word({ state: 'delivered' })).toBe('Delivered')
  })

  it('tells apart what waits on purpose from what is tried again', () => {
    expect(word({ held: 'quiet' })).toBe('Waiting')
    expect(word({ attempts: 2 })).toBe('Trying again')
    expect(word({})).toBe('Going out')
  })

  it('does not call a message that was not needed any more a failure', () => {
    expect(word({ state: 'dropped' })).toBe('No longer needed')
  })
})

describe('why a message waits', () => {
  it('is quiet hours, with the day where they end on another', () => {
    const until = (ms: number) => waitText(delivery({ held: 'quiet', nextAttemptAt: iso(ms) }), nowMs, 'UTC')
    expect(until(nowMs + hourMs)).toMatch(/^Held until 11:00\sPM by quiet hours$/)
    expect(until(nowMs + 9 * hourMs)).toMatch(/^Held until Nov 26, 7:00\sAM by quiet hours$/)
  })

  it('is others that it goes with, never for less than no time', () => {
    const held = delivery({ held: 'group', nextAttemptAt: iso(nowMs + 20 * secondMs) })
    expect(waitText(held, nowMs, 'UTC')).toBe('Waiting 20 s for others to go with')
    expect(waitText(held, nowMs + hourMs, 'UTC')).toBe('Waiting for others to go with')
  })

  it('is the next try of one that failed', () => {
    const failed = delivery({ attempts: 1, nextAttemptAt: iso(nowMs + 4 * 60 * secondMs) })
    expect(waitText(failed, nowMs, 'UTC')).toBe('Next try in 4 min')
  })

  it('is nothing once it is out', () => {
    const out = delivery({ state: 'accepted', held: 'quiet', nextAttemptAt: iso(nowMs) })
    expect(waitText(out, nowMs, 'UTC')).toBeNull()
  })
})
