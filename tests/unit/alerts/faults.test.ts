import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { snooze } from '../../../electron/alerts/life-cycle.ts'
import { fail } from '../../../shared/failures.ts'
import { weekdays } from '../../../shared/hours.ts'
import { dayMs, hourMs, iso, minuteMs, secondMs } from '../../../shared/time.ts'
import { createTestAlerting } from '../../fakes/alerting.ts'
import { stormOf } from '../../fakes/storm.ts'

// Faults that last, and clocks that leap.

const evening = Date.UTC(2026, 10, 18, 21)
const [alert, another] = stormOf(2, () => ({ severity: 'warning' }))
const down = () => ({ delivered: false, next: 'retry', failure: fail('offline', 'No connection.') }) as const

let world: ReturnType<typeof createTestAlerting>
const told = (label: string) => world.told.filter(({ channel }) => channel === label)
const see = (...findings: (typeof alert)[]) => world.see(findings.flatMap((one) => one ?? []))

beforeEach(() => {
  world = createTestAlerting(evening)
  world.start()
})
afterEach(() => world.stop())

describe('a channel that is down for twenty minutes', () => {
  it('is tried ever more seldom, holds up no other, and hears each message once it is back', async () => {
    world.add('ops')
    world.add('boss')
    world.answer('ops', down)
    await see(alert)
    await world.pass(10 * minuteMs)
    await see(alert, another)
    await world.pass(10 * minuteMs)
    expect(told('boss').map(({ message }) => message.alerts.map(({ ruleId }) => ruleId))).toEqual([['b0'], ['b1']])
    // Two messages, each after 2, 4, 8 seconds and so on.
    expect(told('ops').length).toBeLessThanOrEqual(20)

    world.answer('ops', null)
    const tries = told('ops').length
    await world.pass(5 * minuteMs + 30 * secondMs)
    const delivered = told('ops').slice(tries)
    expect(delivered.flatMap(({ message }) => message.alerts.map(({ ruleId }) => ruleId)).toSorted()).toEqual([
      'b0',
      'b1',
    ])
    await world.pass(hourMs, 10 * secondMs)
    expect(told('ops')).toHaveLength(tries + delivered.length)
  })
})

describe('a clock that leaps ahead, as after eight hours of sleep', () => {
  it('makes nobody wait for a timer: the next look tells whoever is due, once', async () => {
    world.add('ops')
    world.add('sms')
    world.route({ matrix: { sms: { warning: 15 } } })
    world.answer('ops', down)
    await see(alert)
    await world.pass(minuteMs)
    world.answer('ops', null)
    world.told.length = 0
    world.clock.leap(8 * hourMs)
    await see(alert)
    expect(world.told.map(({ channel }) => channel).toSorted()).toEqual(['ops', 'sms'])
    await world.pass(hourMs, 10 * secondMs)
    expect(world.told).toHaveLength(2)
  })
})

describe('a clock that is set back by a day', () => {
  it('makes no message wait for the time that was', async () => {
    world.add('ops')
    world.answer('ops', down)
    await see(alert)
    await world.pass(minuteMs)
    world.answer('ops', null)
    world.told.length = 0
    await world.setBack(dayMs)
    expect(world.told).toHaveLength(1)
    await world.pass(hourMs, 10 * secondMs)
    expect(world.told).toHaveLength(1)
  })

  it('goes on with an escalation where it was', async () => {
    world.add('ops')
    world.add('sms')
    world.route({ matrix: { sms: { warning: 15 } } })
    await see(alert)
    await world.pass(10 * minuteMs)
    await world.setBack(dayMs)
    await world.pass(4 * minuteMs)
    expect(told('sms')).toEqual([])
    await world.pass(2 * minuteMs)
    expect(told('sms')).toHaveLength(1)
    expect(told('ops')).toHaveLength(1)
  })

  it('gathers what begins afterwards for no longer than ever', async () => {
    world.add('ops')
    await see(alert)
    await world.setBack(dayMs)
    await see(alert, another)
    await world.pass(minuteMs)
    expect(told('ops').map(({ message }) => message.alerts[0].ruleId)).toEqual(['b0', 'b1'])
  })

  it('asks as soon as ever whether a message arrived', async () => {
    world.add('sms')
    world.answer('sms', () => ({ delivered: true, receipt: 'SM1', unconfirmed: true }))
    let asked = 0
    world.arrive('sms', () => (++asked === 1 ? { state: 'under-way' } : { state: 'arrived', cost: null }))
    await see(alert)
    await world.setBack(dayMs)
    await world.pass(minuteMs)
    expect(world.alerts()[0]?.deliveries.map(({ state }) => state)).toEqual(['delivered'])
  })

  it('wakes nobody in their quiet hours, and has the morning not come a day late', async () => {
    world.person({
      name: 'Anna',
      quiet: { days: [...weekdays], from: '20:00', to: '07:00' },
      passes: 'critical',
      zone: null,
    })
    world.add('anna', { person: 'Anna' })
    await see(alert)
    await world.setBack(dayMs)
    await world.pass(12 * hourMs, minuteMs)
    expect(told('anna').map(({ atMs }) => iso(atMs))).toEqual(['2026-11-18T07:00:00.000Z'])
  })

  it('ends the silence that a person asked for when it should end', async () => {
    world.add('ops')
    await see(alert)
    await world.change(world.alerts()[0]?.id ?? '', (row) =>
      snooze(row, evening, { name: 'you', via: 'app' }, evening + hourMs, null),
    )
    await world.setBack(dayMs)
    world.told.length = 0
    await world.pass(2 * hourMs, 10 * minuteMs)
    await see(alert)
    expect(told('ops')).toHaveLength(1)
  })
})
