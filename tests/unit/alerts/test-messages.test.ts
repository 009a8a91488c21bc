import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Arrival } from '../../../electron/alerts/channels/channel.ts'
import { andAgain, fail } from '../../../shared/failures.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../../shared/time.ts'
import { createTestAlerting, testFinding } from '../../fakes/alerting.ts'

const evening = Date.UTC(2026, 10, 18, 21)
const accepted = () => ({ delivered: true, receipt: 'r', unconfirmed: true }) as const

describe('a test message', () => {
  let world: ReturnType<typeof createTestAlerting>
  let arrival: Arrival

  beforeEach(() => {
    world = createTestAlerting(evening)
    world.start()
    world.add('sms', { kind: 'sms', options: { daily_cap: '2' } })
    arrival = { state: 'arrived', cost: { nanos: 7_900_000n, currency: 'USD' } }
    world.arrive('sms', () => arrival)
    world.answer('sms', accepted)
  })
  afterEach(() => world.stop())

  async function test() {
    const outcome = world.test('sms')
    await world.pass(15 * secondMs)
    return outcome
  }
  const counted = () => world.book().deliveries.sentCount('sms', evening)
  const cost = () => world.book().deliveries.costs('sms', evening)

  it('counts for the cap of the day, and what it cost is kept', async () => {
    expect(await test()).toEqual({ delivered: true, isConfirmed: true, failure: null })
    expect(counted()).toBe(1)
    expect(cost()).toEqual([{ currency: 'USD', nanos: 7_900_000n }])
    await test()
    expect(world.capOf('sms')).toMatchObject({ kind: 'channel-capped' })
    await world.see([testFinding('a')])
    expect(world.told.map(({ message }) => message.occasion)).toEqual(['test', 'test'])
  })

  it('is refused beyond the cap, until the next day', async () => {
    await test()
    await test()
    expect(await test()).toMatchObject({ delivered: false, failure: { kind: 'channel-capped' } })
    expect(world.told).toHaveLength(2)
    world.clock.leap(3 * hourMs)
    expect(world.capOf('sms')).toBeNull()
    expect(await test()).toMatchObject({ delivered: true })
  })

  it('counts where it may have arrived, and not where it surely did not', async () => {
    const failure = fail('timeout', 'No answer.')
    world.answer('sms', () => ({ delivered: false, next: 'retry', failure }))
    await test()
    expect(counted()).toBe(0)
    world.answer('sms', () => ({ delivered: false, next: 'retry', failure, mayHaveArrived: true }))
    await test()
    expect(counted()).toBe(1)
  })

  it('is asked about after whoever pressed the button has gone, also after a restart', async () => {
    arrival = { state: 'under-way' }
    expect(await test()).toMatchObject({ delivered: true, isConfirmed: false })
    arrival = { state: 'arrived', cost: null }
    await world.restart()
    await world.pass(2 * minuteMs)
    expect(cost()).toEqual([])
    arrival = { state: 'arrived', cost: { nanos: 1n, currency: 'USD' } }
    await world.pass(10 * minuteMs, 10 * secondMs)
    expect(cost()).toEqual([{ currency: 'USD', nanos: 1n }])
  })

  it('that is lost later shows on the channel', async () => {
    arrival = { state: 'under-way' }
    await test()
    expect(world.channels.get('sms')?.lastFailure).toBeNull()
    arrival = { state: 'lost', failure: fail('channel-rejected', 'The carrier refused it.'), cost: null }
    await world.pass(2 * minuteMs)
    expect(world.channels.get('sms')?.lastFailure).toMatchObject({ message: 'The carrier refused it.' })
  })

  it('promises no further attempt, for there is none', async () => {
    const said = 'Twilio answered 500.'
    world.answer('sms', () => ({ delivered: false, next: 'retry', failure: fail('provider-down', andAgain(said)) }))
    const { failure } = await test()
    expect(andAgain(said)).toContain('again')
    expect(failure?.message).toBe(said)
    expect(world.channels.get('sms')?.lastFailure?.message).toBe(said)
  })

  it('has one short wait granted, and what came of it is noted', async () => {
    const waits = fail('rate-limited', 'Wait.', { retryAtMs: evening + 5 * secondMs })
    world.answer('sms', () => (world.clock.now() < evening + 5 * secondMs ? limited(waits) : accepted()))
    expect(await test()).toMatchObject({ delivered: true })
    world.answer('sms', () => ({ delivered: false, next: 'gone', failure: fail('channel-gone', 'Gone.') }))
    expect(await test()).toMatchObject({ delivered: false, failure: { kind: 'channel-gone' } })
    expect(world.channels.get('sms')?.gone).toBe(true)
    world.answer('sms', accepted)
    await test()
    expect(world.channels.get('sms')).toMatchObject({ gone: false, lastFailure: null })
  })

  it('of every week waits for the next day where the cap is reached', async () => {
    await test()
    await test()
    const { id, label, person } = world.channels.get('sms') ?? expect.fail('no channel')
    world.channels.change({ id, label, person, selfTest: true })
    world.channels.noteTested('sms', evening - 8 * dayMs)
    await world.pass(2 * hourMs, minuteMs)
    expect(world.told).toHaveLength(2)
    await world.pass(3 * hourMs, minuteMs)
    expect(world.told).toHaveLength(3)
  })
})

const limited = (failure: ReturnType<typeof fail>) => ({ delivered: false, next: 'retry', failure }) as const
