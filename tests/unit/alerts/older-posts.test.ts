import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledge, snooze } from '../../../electron/alerts/life-cycle.ts'
import { fail } from '../../../shared/failures.ts'
import { hourMs, minuteMs } from '../../../shared/time.ts'
import { createTestAlerting, testFinding } from '../../fakes/alerting.ts'

const evening = Date.UTC(2026, 10, 18, 21)
const you = { name: 'you', via: 'app' } as const
const down = () => ({ delivered: false, next: 'retry', failure: fail('offline', 'No connection.') }) as const

describe('several messages of one alert in a channel that edits', () => {
  let world: ReturnType<typeof createTestAlerting>
  /** What each message says at last: by the number of its post, the states of its alerts. */
  const says = () => {
    const posts = new Map<string, string>()
    for (const [nth, { message, earlier }] of world.told.entries()) {
      const post = message.occasion === 'fired' ? `${nth + 1}` : (earlier.receipt ?? 'anew')
      posts.set(post, message.alerts.map(({ ruleId, state }) => `${ruleId} ${state}`).join(', '))
    }
    return Object.fromEntries(posts)
  }
  const only = () => world.alerts()[0] ?? expect.fail('no alert')
  const crosses = (...steps: string[]) => world.see([testFinding('a', { steps })])
  const end = () => world.see([], [[testFinding('a').identity, 'Over.']])

  beforeEach(async () => {
    world = createTestAlerting(evening)
    world.start()
    world.add('ops')
    await crosses('50%')
    await world.pass(minuteMs)
    await crosses('50%', '80%')
    await world.pass(minuteMs)
  })
  afterEach(() => world.stop())

  it('all end resolved, each edited once, the newest first', async () => {
    await crosses('50%', '80%', '100%')
    await world.pass(minuteMs)
    expect(says()).toEqual({ 1: 'a firing', 2: 'a firing', 3: 'a firing' })
    world.told.length = 3
    await end()
    await world.pass(minuteMs)
    expect(says()).toEqual({ 1: 'a resolved', 2: 'a resolved', 3: 'a resolved' })
    expect(world.told.slice(3).map(({ earlier }) => earlier.receipt)).toEqual(['3', '2', '1'])
    expect(world.told.slice(3).map(({ earlier }) => earlier.isOlder ?? false)).toEqual([false, true, true])
  })

  it('say who is on it, and after a snooze and another message that it is over', async () => {
    await world.change(only().id, (alert) => snooze(alert, world.clock.now(), you, world.clock.now() + hourMs, null))
    await world.pass(minuteMs)
    expect(says()).toEqual({ 1: 'a snoozed', 2: 'a snoozed' })
    await world.pass(hourMs, minuteMs)
    await crosses('50%', '80%')
    await world.pass(minuteMs)
    await world.change(only().id, (alert) => acknowledge(alert, world.clock.now(), you))
    await world.pass(minuteMs)
    await end()
    await world.pass(minuteMs)
    expect(Object.values(says())).toEqual(['a resolved', 'a resolved', 'a resolved'])
    expect(Object.keys(says())).not.toContain('anew')
  })

  it('grow in the newest alone', async () => {
    await world.see([testFinding('a', { steps: ['50%', '80%'], amountNanos: 300_000_000_000n })])
    await world.pass(minuteMs)
    expect(world.told.map(({ message, earlier }) => [message.occasion, earlier.receipt])).toEqual([
      ['fired', null],
      ['fired', '1'],
      ['grew', '2'],
    ])
  })

  it('end true although the guard was killed in between, and each once', async () => {
    await end()
    await world.restart()
    await world.pass(minuteMs)
    expect(says()).toEqual({ 1: 'a resolved', 2: 'a resolved' })
    expect(world.told).toHaveLength(4)
  })

  it('end true where the newest was still waiting to go out', async () => {
    world.answer('ops', down)
    await crosses('50%', '80%', '100%')
    await end()
    world.told.length = 2
    world.answer('ops', null)
    await world.pass(10 * minuteMs)
    expect(Object.values(says())).toEqual(['a resolved', 'a resolved', 'a resolved'])
    expect(world.told).toHaveLength(5)
  })

  it('are edited no second time for what an edit that waits will say', async () => {
    world.answer('ops', down)
    await world.change(only().id, (alert) => acknowledge(alert, world.clock.now(), you))
    await end()
    world.told.length = 2
    world.answer('ops', null)
    await world.pass(10 * minuteMs)
    expect(world.told).toHaveLength(4)
    expect(says()).toEqual({ 1: 'a resolved', 2: 'a resolved' })
  })

  it('do not hold up what is new', async () => {
    await end()
    await world.see([testFinding('b')])
    await world.pass(minuteMs)
    const order = world.told.slice(2).map(({ message }) => `${message.occasion} ${message.alerts[0].ruleId}`)
    expect(order).toEqual(['resolved a', 'fired b', 'resolved a'])
  })

  it('are forgotten where the channel leads elsewhere: the end is told there once', async () => {
    world.book().deliveries.forgetReceipts('ops')
    await world.mend('ops', { options: { as: 'elsewhere' } })
    await end()
    await world.pass(minuteMs)
    expect(world.told.slice(2).map(({ channel, earlier }) => `${channel} ${earlier.receipt}`)).toEqual([
      'elsewhere null',
    ])
  })
})

describe('a message of several alerts', () => {
  it('is edited once for all that end together, and the further message of one of them too', async () => {
    const world = createTestAlerting(evening)
    world.start()
    world.add('ops')
    const names = ['a', 'b', 'c']
    await world.see(names.map((name) => testFinding(name, { steps: ['50%'] })))
    await world.pass(minuteMs)
    await world.see(names.map((name) => testFinding(name, { steps: name === 'a' ? ['50%', '100%'] : ['50%'] })))
    await world.pass(minuteMs)
    await world.see(
      [],
      names.map((name) => [testFinding(name).identity, 'Over.']),
    )
    await world.pass(minuteMs)
    const edits = world.told.slice(2).map(({ earlier, message }) => [earlier.receipt, message.alerts.length])
    expect(edits.sort()).toEqual([
      ['1', 3],
      ['2', 1],
    ])
    await world.stop()
  })
})
