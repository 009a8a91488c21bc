import { describe, expect, it } from 'vitest'
import { measure } from '../../../electron/metrics/measure.ts'
import type { AlertStory } from '../../../electron/metrics/story.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { delivery, startMs, story } from './story.ts'

const channels = {
  named: (id: string) =>
    id === 'gone' ? null : { label: id === 'ops' ? 'Discord #ops' : id, kind: id === 'tray' ? 'tray' : 'discord' },
}
const nowMs = startMs + 10 * dayMs
const of = (stories: AlertStory[], fromMs: number | null = startMs - 20 * dayMs) =>
  measure(stories, channels, { fromMs, nowMs })
const byYou = (atMs: number, state: AlertStory['changes'][number]['state'] = 'acknowledged') => ({
  atMs,
  state,
  isByGuard: false,
})
const fired = { atMs: startMs, state: 'firing', isByGuard: true } as const
const judged = (verdict: 'real' | 'false' | 'expected', firstAtMs = startMs) => ({
  verdict,
  preventedNanos: null,
  firstAtMs,
})

describe('how the guard does', () => {
  it('is unknown, and not 0, where nothing happened yet', () => {
    const nothing = of([], null)
    expect(nothing).toMatchObject({
      fired: [],
      deliveries: [],
      timeToAlert: { sinceItBegan: { count: 0, p50: null, p95: null } },
      action: { rate: null },
      timeToAcknowledge: { p50: null, p90: null },
      verdicts: { falseRate: null },
      falsePages: { perMonth: null },
    })
    // That nobody was told for nothing in thirty days is known.
    expect(of([]).falsePages.perMonth).toBe(0)
  })

  it('counts fast spend from when it began, and a budget from when the data crossed it', () => {
    const budget = story({ rule: 'budget', sinceMs: startMs - 12 * hourMs })
    const { timeToAlert } = of([story(), budget])
    expect(timeToAlert.sinceItBegan).toMatchObject({ count: 1, p50: 301 })
    expect(timeToAlert.sinceItShowed).toMatchObject({ count: 1, p50: 1 })
  })

  it('takes the first message that arrived; the icon in the tray is none', () => {
    const told = story({
      deliveries: [
        delivery({ channelId: 'tray', deliveredAtMs: startMs }),
        delivery({ deliveredAtMs: null, state: 'failed' }),
        delivery({ channelId: 'late', deliveredAtMs: startMs + hourMs }),
        delivery({ channelId: 'phone', deliveredAtMs: startMs + 60_000 }),
      ],
    })
    expect(of([told]).timeToAlert.sinceItBegan.p50).toBe(360)
    const onlyTray = story({ deliveries: [delivery({ channelId: 'tray' })] })
    expect(of([onlyTray]).timeToAlert.sinceItBegan.count).toBe(0)
  })

  it('does not blame the guard for quiet hours', () => {
    const night = delivery({ held: 'quiet', deliveredAtMs: startMs + 8 * hourMs })
    const { timeToAlert, deliveries } = of([story({ deliveries: [night] })])
    expect(timeToAlert.sinceItBegan.count).toBe(0)
    expect(deliveries[0]).toMatchObject({ delivered: 1, success: 1, latency: { count: 0, p50: null } })
  })

  it('counts several alerts in one message once, with the longest of their waits', () => {
    const one = (owedAtMs: number) => story({ deliveries: [delivery({ owedAtMs, messageId: 7 })] })
    expect(of([one(startMs), one(startMs - 4_000)]).deliveries).toMatchObject([
      { channelId: 'ops', channel: 'Discord #ops', delivered: 1, failed: 0, success: 1, latency: { count: 1, p50: 5 } },
    ])
  })

  it('says of each channel how often it got through, also of one that is no more', () => {
    const deliveries = [
      delivery({ messageId: 11 }),
      delivery({ messageId: 12, state: 'failed', deliveredAtMs: null }),
      delivery({ messageId: 13, state: 'pending', deliveredAtMs: null }),
      delivery({ messageId: 14, state: 'dropped', deliveredAtMs: null }),
      delivery({ messageId: 15, channelId: 'gone', state: 'accepted', deliveredAtMs: null }),
    ]
    expect(of([story({ deliveries })]).deliveries).toMatchObject([
      { channelId: 'ops', delivered: 1, failed: 1, open: 1, success: 0.5 },
      { channelId: 'gone', channel: null, kind: null, delivered: 0, failed: 0, open: 1, success: null },
    ])
  })

  it('counts an alert as acted on within a day only, by hand or by a verdict, and leaves young ones out', () => {
    const stories = [
      story({ changes: [fired, byYou(startMs + hourMs, 'snoozed')] }),
      story({ changes: [fired, byYou(startMs + 2 * dayMs)] }),
      story({ changes: [fired, { atMs: startMs + 1, state: 'resolved', isByGuard: true }] }),
      story({ verdict: judged('false', startMs + minuteMs) }),
      story({ changes: [{ ...fired, atMs: nowMs - hourMs }] }),
      story({ changes: [{ ...fired, state: 'pending' }] }),
      story({ deliveries: [] }),
    ]
    expect(of(stories).action).toEqual({ acted: 2, of: 4, rate: 0.5 })
  })

  it('measures until somebody took it in hand, whatever they did', () => {
    const after = [1, 2, 3, 4, 5, 6, 7, 8, 9, 60]
    const stories = after.map((minutes) => story({ changes: [fired, byYou(startMs + minutes * minuteMs)] }))
    expect(of(stories).timeToAcknowledge).toMatchObject({ count: 10, p50: 300, p90: 540 })
  })

  it('gives the rate of false alarms among those that were judged, and says how many were not', () => {
    const stories = [
      story({ verdict: judged('false') }),
      story({ verdict: judged('real') }),
      story({ verdict: judged('expected') }),
      story({ verdict: judged('real') }),
      story(),
    ]
    expect(of(stories).verdicts).toEqual({
      counts: { real: 2, false: 1, expected: 1 },
      unjudged: 1,
      falseRate: 0.25,
    })
  })

  it('counts false pages for each thirty days, and knows none while nobody said what they were', () => {
    const page = story({ verdict: judged('false') })
    expect(of([page, story()]).falsePages).toEqual({ count: 1, told: 2, perMonth: 1 })
    expect(of([story(), story()]).falsePages).toEqual({ count: 0, told: 2, perMonth: null })
    expect(of([page], nowMs - 10 * dayMs).falsePages.perMonth).toBe(3)
    expect(of([page], nowMs - hourMs).falsePages.perMonth).toBeNull()
    // A false alarm that nobody was told of is no page.
    expect(of([story({ verdict: judged('false'), deliveries: [] })]).falsePages).toMatchObject({ count: 0, told: 0 })
  })
})
