import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail } from '../../../shared/failures.ts'
import { minuteMs, secondMs } from '../../../shared/time.ts'
import { createTestAlerting, testFinding } from '../../fakes/alerting.ts'

const evening = Date.UTC(2026, 10, 18, 21)
const down = () => ({ delivered: false, next: 'retry', failure: fail('offline', 'No connection.') }) as const

describe('a channel that is down', () => {
  let world: ReturnType<typeof createTestAlerting>
  const told = () => world.told.map(({ message }) => `${message.alerts[0].ruleId}`)
  const names = ['a', 'b', 'c', 'd', 'e', 'f']

  beforeEach(() => {
    world = createTestAlerting(evening)
    world.start()
    // Each alone, for alerts of two workspaces are never one message.
    for (const name of names) world.accounts.insert(accountOf(name))
    world.add('ops')
    world.answer('ops', down)
  })
  afterEach(() => world.stop())

  const accountOf = (name: string) => ({
    id: name,
    provider: 'openai' as const,
    label: name,
    workspace: name,
    baseUrl: null,
    options: {},
    secretName: '',
    pausedReason: null,
    createdAtMs: evening,
  })
  const fires = (count: number) =>
    world.see(names.slice(0, count).map((name) => testFinding(name, { scope: `account:${name}` })))

  it('is tried once for each new alert, and then by one series for all of them', async () => {
    await fires(1)
    await world.pass(10 * minuteMs)
    const alone = world.told.length
    for (let count = 2; count <= names.length; count++) await fires(count)
    expect(world.told).toHaveLength(alone + names.length - 1)
    world.told.length = 0
    await world.pass(30 * minuteMs, secondMs)
    // Five minutes apart, however many wait.
    expect(world.told.length).toBeLessThanOrEqual(7)
    expect(new Set(told())).toEqual(new Set(['a']))
  })

  it('is told all it is owed in order once it is back', async () => {
    for (let count = 1; count <= names.length; count++) {
      await fires(count)
      await world.pass(20 * secondMs)
    }
    world.answer('ops', null)
    world.told.length = 0
    await world.pass(6 * minuteMs)
    expect(told()).toEqual(names)
  })

  it('is told what waits as soon as a new alert found it back', async () => {
    await fires(1)
    await world.pass(10 * minuteMs)
    world.answer('ops', null)
    world.told.length = 0
    await fires(2)
    await world.pass(3 * secondMs)
    expect(told()).toEqual(['b', 'a'])
  })

  it('that named a time is not asked before it, not even for a new alert', async () => {
    const retryAtMs = evening + 2 * minuteMs
    world.answer('ops', () => ({ ...down(), failure: fail('rate-limited', 'Wait.', { retryAtMs }) }))
    await fires(1)
    await fires(2)
    await world.pass(minuteMs)
    expect(told()).toEqual(['a'])
    world.answer('ops', null)
    await world.pass(2 * minuteMs)
    expect(told()).toEqual(['a', 'a', 'b'])
  })

  it('keeps the order also where the guard was killed in the middle of an attempt', async () => {
    world.answer('ops', null)
    world.hang('ops')
    await fires(1)
    await fires(2)
    expect(told()).toEqual(['a'])
    await world.kill()
    await world.pass(minuteMs)
    expect(told()).toEqual(['a', 'a', 'b'])
  })

  it('hears a new alert also where an older message is the one it cannot take', async () => {
    world.answer('ops', (message) => (message.alerts[0].ruleId === 'a' ? down() : { delivered: true, receipt: 'r' }))
    await fires(1)
    await world.pass(10 * minuteMs)
    world.told.length = 0
    await fires(2)
    expect(told()[0]).toBe('b')
  })
})
