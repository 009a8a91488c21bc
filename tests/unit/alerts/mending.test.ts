import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail } from '../../../shared/failures.ts'
import { hourMs, minuteMs } from '../../../shared/time.ts'
import { createTestAlerting, testFinding } from '../../fakes/alerting.ts'

const evening = Date.UTC(2026, 10, 18, 21)
const down = () => ({ delivered: false, next: 'retry', failure: fail('offline', 'No connection.') }) as const
const refused = () => ({ delivered: false, next: 'give-up', failure: fail('channel-rejected', 'No.') }) as const
const gone = () => ({ delivered: false, next: 'gone', failure: fail('channel-gone', 'Deleted.') }) as const

describe('a channel that a person mends', () => {
  let world: ReturnType<typeof createTestAlerting>
  const told = () => world.told.map(({ channel, message }) => `${channel} ${message.occasion}`)

  beforeEach(() => {
    world = createTestAlerting(evening)
    world.start()
    world.add('ops')
  })
  afterEach(() => world.stop())

  it.each([
    ['refused the message', refused],
    ['was gone', gone],
  ])('hears what still fires where it %s before', async (_what, no) => {
    world.answer('ops', no)
    await world.see([testFinding('a')])
    await world.pass(hourMs, minuteMs)
    world.answer('ops', null)
    await world.mend('ops', { options: { as: 'better' } })
    expect(told()).toEqual(['ops fired', 'better fired'])
    expect(world.channels.get('ops')).toMatchObject({ gone: false, lastFailure: null })
  })

  it('hears nothing of what it was refused once nobody need hear it any more', async () => {
    world.answer('ops', refused)
    await world.see([testFinding('a')])
    await world.see([], [[testFinding('a').identity, 'Over.']])
    await world.mend('ops', { options: { as: 'better' } })
    expect(told()).toEqual(['ops fired'])
  })

  it('is not told again and again what it refuses still, also after the clock was set back', async () => {
    world.answer('ops', refused)
    await world.see([testFinding('a')])
    await world.mend('ops', { options: { as: 'ops', daily_cap: '20' } })
    expect(world.told).toHaveLength(2)
    await world.setBack(hourMs)
    await world.pass(hourMs, minuteMs)
    expect(world.told).toHaveLength(2)
  })

  it('is tried at once with what waited, by the new settings', async () => {
    world.answer('ops', down)
    await world.see([testFinding('a')])
    await world.pass(10 * minuteMs, 1_000)
    world.told.length = 0
    await world.mend('ops', { options: { as: 'better' } })
    expect(told()).toEqual(['better fired'])
  })

  it('is not called gone for what an attempt by the old settings learned meanwhile', async () => {
    world.answer('ops', () => {
      void world.mend('ops', { options: { as: 'better' } })
      return gone()
    })
    await world.see([testFinding('a')])
    await world.pass(5_000)
    expect(told()).toEqual(['ops fired', 'better fired'])
    expect(world.channels.get('ops')).toMatchObject({ gone: false, lastFailure: null })
  })
})
