import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledge } from '../../../electron/alerts/life-cycle.ts'
import type { Finding } from '../../../electron/detection/finding.ts'
import { firedAtMs, takenAtMs, type AlertStory } from '../../../electron/metrics/story.ts'
import { createAlertStories } from '../../../electron/storage/alert-stories.ts'
import { fail } from '../../../shared/failures.ts'
import { minuteMs } from '../../../shared/time.ts'
import { createTestAlerting } from '../../fakes/alerting.ts'

const startMs = Date.UTC(2026, 10, 18, 12)
const finding = (change: Partial<Finding> = {}): Finding => ({
  identity: 'velocity:a:USD',
  rule: 'velocity',
  ruleId: null,
  scope: 'account:a',
  severity: 'warning',
  steps: ['fast'],
  unsure: false,
  amountNanos: 30n,
  limitNanos: 25n,
  currency: 'USD',
  sinceMs: startMs - minuteMs,
  summary: 'fast',
  contributors: [],
  ...change,
})

describe('the stories of alerts', () => {
  let alerting: ReturnType<typeof createTestAlerting>
  let stories: ReturnType<typeof createAlertStories>
  const only = (): AlertStory => {
    const [story, other] = stories.since(0)
    if (!story || other) throw new Error('there is not exactly one')
    return story
  }

  beforeEach(() => {
    alerting = createTestAlerting(startMs)
    stories = createAlertStories(alerting.db)
    alerting.add('ops')
    alerting.start()
  })
  afterEach(() => alerting.stop())

  it('are none of none', () => {
    expect(stories.since(0)).toEqual([])
  })

  it('are told as they happened: unsure, fired, told, taken in hand', async () => {
    await alerting.see([finding({ unsure: true })])
    expect(firedAtMs(only())).toBeNull()
    await alerting.pass(minuteMs)
    await alerting.see([finding()])
    await alerting.pass(minuteMs)
    const [alert] = alerting.alerts()
    await alerting.change(alert?.id ?? '', (row) =>
      acknowledge(row, alerting.clock.now(), { name: 'Ada', via: 'dashboard' }),
    )
    const story = only()
    expect(firedAtMs(story)).toBe(startMs + minuteMs)
    expect(takenAtMs(story)).toBe(startMs + 2 * minuteMs)
    expect(story.deliveries[0]).toMatchObject({ channelId: 'ops', occasion: 'fired', state: 'delivered' })
  })

  it('keep the beginning as it was known when it fired, unless it was noted better', async () => {
    await alerting.see([finding()])
    await alerting.pass(minuteMs)
    await alerting.see([finding({ sinceMs: startMs })])
    expect(only().sinceMs).toBe(startMs - minuteMs)
    const { id } = only()
    stories.noteBegan(id, startMs - 30_000)
    stories.noteBegan(id, startMs)
    // Within the transaction that fires, so before anybody asks.
    expect(createAlertStories(alerting.db).since(0)[0]?.sinceMs).toBe(startMs - 30_000)
  })

  it('are never older than what happened last, be it an attempt, a verdict or a message that was given up', async () => {
    alerting.answer('ops', () => ({ delivered: false, next: 'retry', failure: fail('offline', 'no network') }))
    await alerting.see([finding()])
    expect(only().deliveries[0]?.state).toBe('pending')
    alerting.answer('ops', null)
    await alerting.pass(10 * minuteMs)
    expect(only().deliveries[0]?.state).toBe('delivered')

    const judge = (verdict: 'real' | 'false', atMs: number) =>
      alerting.book().judge({
        alertId: only().id,
        atMs,
        verdict,
        preventedNanos: verdict === 'real' ? 9_007_199_254_740_993n : null,
        actor: 'you',
        via: 'cli',
        note: '',
      })
    judge('false', 5)
    expect(only().verdict).toEqual({ verdict: 'false', preventedNanos: null, firstAtMs: 5 })
    judge('real', 6)
    expect(only().verdict).toEqual({ verdict: 'real', preventedNanos: 9_007_199_254_740_993n, firstAtMs: 5 })

    alerting.db.prepare("UPDATE deliveries SET state = 'pending'").run()
    expect(only().deliveries[0]?.state).toBe('pending')
    alerting.db.prepare("UPDATE deliveries SET state = 'dropped'").run()
    expect(only().deliveries[0]?.state).toBe('dropped')
  })

  it('are those that opened since then, oldest first', async () => {
    await alerting.see([finding()])
    await alerting.pass(minuteMs)
    await alerting.see([finding(), finding({ identity: 'budget:b:day:1', rule: 'budget' })])
    expect(stories.since(0).map(({ rule }) => rule)).toEqual(['velocity', 'budget'])
    expect(stories.since(startMs + 1).map(({ rule }) => rule)).toEqual(['budget'])
  })
})
