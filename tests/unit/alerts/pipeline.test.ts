import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledge } from '../../../electron/alerts/life-cycle.ts'
import type { Finding } from '../../../electron/detection/finding.ts'
import type { Severity } from '../../../shared/alerts.ts'
import { fail } from '../../../shared/failures.ts'
import { weekdays } from '../../../shared/hours.ts'
import { dayMs, hourMs, iso, minuteMs, secondMs } from '../../../shared/time.ts'
import { createTestAlerting } from '../../fakes/alerting.ts'

const evening = Date.UTC(2026, 10, 18, 21)
const you = { name: 'you', via: 'app' } as const
const finding = (name: string, severity: Severity = 'critical', change: Partial<Finding> = {}): Finding => ({
  identity: `budget:${name}:day:1`,
  rule: 'budget',
  ruleId: name,
  scope: 'all',
  severity,
  steps: ['100%'],
  unsure: false,
  amountNanos: 100_000_000_000n,
  limitNanos: 100_000_000_000n,
  currency: 'USD',
  sinceMs: evening - hourMs,
  summary: `${name} spent`,
  contributors: [],
  ...change,
})
const down = () => ({ delivered: false, next: 'retry', failure: fail('offline', 'No connection.') }) as const
const refused = () => ({ delivered: false, next: 'give-up', failure: fail('channel-rejected', 'No.') }) as const

describe('an alert on its way to somebody', () => {
  let world: ReturnType<typeof createTestAlerting>
  /** What was told, as `seconds channel occasion: alerts`. */
  const told = () =>
    world.told.map(
      ({ channel, atMs, message }) =>
        `${Math.round((atMs - evening) / secondMs)} ${channel} ${message.occasion}: ${message.alerts.map((one) => one.ruleId).join(' ')}${message.more > 0 ? ` +${message.more}` : ''}`,
    )
  const only = () => world.alerts()[0] ?? expect.fail('no alert')
  const ack = () => world.change(only().id, (alert) => acknowledge(alert, world.clock.now(), you))

  beforeEach(() => {
    world = createTestAlerting(evening)
    world.start()
  })
  afterEach(() => world.stop())

  it('goes to everybody at once where nobody said otherwise', async () => {
    world.add('ops')
    world.add('boss')
    await world.see([finding('a')])
    expect(told().sort()).toEqual(['0 boss fired: a', '0 ops fired: a'])
  })

  describe('with an escalation', () => {
    beforeEach(() => {
      world.add('ops')
      world.add('sms')
      world.add('boss')
      world.route({ matrix: { sms: { critical: 15 }, boss: { critical: 30 } } })
    })

    it('goes up one by one while nobody acknowledges', async () => {
      await world.see([finding('a')])
      await world.pass(hourMs, 10_000)
      expect(told()).toEqual(['0 ops fired: a', '900 sms fired: a', '1800 boss fired: a'])
      expect(only().deliveries.map(({ because }) => because)).toEqual(['route', 'escalation', 'escalation'])
    })

    it('ends with an acknowledgement, which those who heard it are told', async () => {
      await world.see([finding('a')])
      await world.pass(16 * minuteMs, 10_000)
      await ack()
      await world.pass(hourMs, 10_000)
      expect(told().map((one) => one.replace(/^\d+ /, ''))).toEqual([
        'ops fired: a',
        'sms fired: a',
        'ops acknowledged: a',
        'sms acknowledged: a',
      ])
    })

    it('goes on where it was after a restart, also one that took longer than a step', async () => {
      await world.see([finding('a')])
      await world.pass(10 * minuteMs, 10_000)
      await world.restart()
      expect(told()).toHaveLength(1)
      await world.pass(5 * minuteMs, 10_000)
      expect(told()).toEqual(['0 ops fired: a', '900 sms fired: a'])
      world.clock.leap(dayMs)
      await world.restart()
      expect(told()).toHaveLength(3)
      await world.restart()
      expect(told()).toHaveLength(3)
    })

    it('begins anew when the alert crosses another step', async () => {
      await world.see([finding('a')])
      await ack()
      await world.pass(hourMs, 10_000)
      world.told.length = 0
      await world.see([finding('a', 'critical', { steps: ['100%', '200%'] })])
      await world.pass(15 * minuteMs, 10_000)
      expect(told()).toEqual(['3600 ops fired: a', '4500 sms fired: a'])
    })

    it('tells nobody any more who stood in for another once somebody is on it', async () => {
      world.answer('sms', down)
      await world.see([finding('a')])
      await world.pass(15 * minuteMs - 1_000, 10_000)
      // Owed, and the channel has no connection in that moment.
      world.db.prepare("UPDATE deliveries SET next_attempt_at_ms = ? WHERE channel_id = 'sms'").run(evening + dayMs)
      await ack()
      await world.pass(5 * minuteMs, 10_000)
      expect(told().filter((one) => one.includes('sms'))).toEqual([])
    })
  })

  describe('with a backup', () => {
    beforeEach(() => {
      world.add('ops')
      world.add('mail')
      world.route({ matrix: { mail: { critical: 'backup' } }, fallbackMinutes: 5 })
    })

    it('leaves the backup alone while the channel delivers', async () => {
      await world.see([finding('a')])
      await world.pass(hourMs, 10_000)
      expect(told()).toEqual(['0 ops fired: a'])
    })

    it('tells the backup when the channel has not delivered within minutes', async () => {
      world.answer('ops', down)
      await world.see([finding('a')])
      await world.pass(4 * minuteMs + 59_000)
      expect(told().filter((one) => one.includes('mail'))).toEqual([])
      await world.pass(2_000)
      expect(told().filter((one) => one.includes('mail'))).toEqual(['300 mail fired: a'])
      world.answer('ops', null)
      await world.pass(10 * minuteMs, 10_000)
      expect(only().deliveries.map(({ state, because }) => `${because} ${state}`)).toEqual([
        'route delivered',
        'fallback delivered',
      ])
    })

    it('tells the backup at once when the channel refuses for good', async () => {
      world.answer('ops', refused)
      await world.see([finding('a')])
      expect(told()).toEqual(['0 ops fired: a', '0 mail fired: a'])
    })

    it('loses nothing when all channels are down, and delivers when they are back', async () => {
      world.answer('ops', down)
      world.answer('mail', down)
      await world.see([finding('a')])
      await world.pass(20 * minuteMs, 10_000)
      world.answer('ops', null)
      world.answer('mail', null)
      await world.pass(6 * minuteMs, 10_000)
      expect(only().deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered'])
    })
  })

  describe('when several start', () => {
    beforeEach(() => world.add('ops'))

    it('is one message with what starts in the same moment, gravest first', async () => {
      await world.see([finding('a', 'info'), finding('b', 'critical'), finding('c', 'warning')])
      expect(told()).toEqual(['0 ops fired: b c a'])
    })

    it('gathers what follows within half a minute, and tells what is graver at once', async () => {
      await world.see([finding('a', 'warning')])
      await world.pass(5_000)
      await world.see([finding('a', 'warning'), finding('b', 'warning')])
      await world.pass(5_000)
      await world.see([finding('a', 'warning'), finding('b', 'warning'), finding('c', 'info')])
      await world.pass(5_000)
      expect(told()).toEqual(['0 ops fired: a'])
      await world.see([finding('a', 'warning'), finding('d', 'critical')])
      expect(told()).toEqual(['0 ops fired: a', '15 ops fired: d'])
      await world.pass(minuteMs)
      expect(told().at(-1)).toBe('30 ops fired: b c')
      expect(told()).toHaveLength(3)
    })

    it('keeps clients apart', async () => {
      for (const [id, workspace] of [
        ['x', 'acme'],
        ['y', 'beta'],
      ] as const)
        world.accounts.insert({
          id,
          provider: 'openai',
          label: id,
          workspace,
          baseUrl: null,
          options: {},
          secretName: id,
          pausedReason: null,
          createdAtMs: 0,
        })
      await world.see([
        finding('a', 'critical', { scope: 'account:x' }),
        finding('b', 'critical', { scope: 'account:y' }),
        finding('c', 'critical', { scope: 'account:x' }),
      ])
      expect(told().sort()).toEqual(['0 ops fired: a c', '0 ops fired: b'])
    })

    it('goes on speaking of all when one of them changes: the message is edited', async () => {
      await world.see([finding('a'), finding('b')])
      await world.see([finding('a')], [['budget:b:day:1', 'over']])
      expect(told()).toEqual(['0 ops fired: a b', '0 ops resolved: a b'])
      expect(world.told[1]?.earlier.receipt).toBe('1')
      expect(world.told[1]?.message.alerts.map(({ state }) => state)).toEqual(['firing', 'resolved'])
    })

    it('goes on speaking of all at the second change too: what still fires is not edited away', async () => {
      await world.see([finding('a'), finding('b')])
      const b = world.alerts().find(({ ruleId }) => ruleId === 'b') ?? expect.fail('no alert')
      await world.change(b.id, (alert) => acknowledge(alert, world.clock.now(), you))
      await world.see([finding('a')], [['budget:b:day:1', 'over']])
      expect(told()).toEqual(['0 ops fired: a b', '0 ops acknowledged: a b', '0 ops resolved: a b'])
      expect(world.told[2]?.message.alerts.map(({ state }) => state)).toEqual(['firing', 'resolved'])
    })

    it('is few messages in a storm, each with what is gravest and how much more there is', async () => {
      const names = Array.from({ length: 300 }, (_, nth) => `b${nth}`)
      await world.see(names.slice(0, 20).map((name) => finding(name, 'warning')))
      for (let step = 1; step < 15; step++) {
        await world.see(names.slice(0, 20 * (step + 1)).map((name) => finding(name, 'warning')))
        await world.pass(10_000)
      }
      await world.pass(20 * minuteMs, 10_000)
      const fired = world.told.filter(({ message }) => message.occasion === 'fired')
      expect(fired.length).toBeLessThanOrEqual(8)
      expect(fired.reduce((sum, { message }) => sum + message.alerts.length + message.more, 0)).toBe(300)
      expect(Math.max(...fired.map(({ message }) => message.alerts.length))).toBe(10)
    })

    it('is one message again when all of them end together, by an edit or not', async () => {
      world.add('hook', { kind: 'webhook' })
      const names = Array.from({ length: 50 }, (_, nth) => `b${nth}`)
      await world.see(names.map((name) => finding(name)))
      world.told.length = 0
      await world.see(
        [],
        names.map((name) => [`budget:${name}:day:1`, 'over']),
      )
      expect(
        world.told.map(
          ({ channel, message }) => `${channel} ${message.occasion} ${message.alerts.length + message.more}`,
        ),
      ).toEqual(['hook resolved 50', 'ops resolved 50'])
      expect(
        world.alerts().flatMap(({ deliveries }) => deliveries.filter(({ state }) => state !== 'delivered')),
      ).toEqual([])
    })

    it('waits for nobody when the command that found it is about to end', async () => {
      await world.see([finding('a', 'warning')])
      await world.see([finding('a', 'warning'), finding('b', 'warning')])
      expect(told()).toEqual(['0 ops fired: a'])
      await world.outbox().flushPatiently()
      expect(told()).toEqual(['0 ops fired: a', '0 ops fired: b'])
    })
  })

  describe('in quiet hours', () => {
    beforeEach(() => {
      world.person({
        name: 'Anna',
        quiet: { days: [...weekdays], from: '20:00', to: '07:00' },
        passes: 'critical',
        zone: null,
      })
      world.add('anna', { person: 'Anna' })
      world.add('ops')
    })

    it('waits for the morning and comes as one digest, while others hear it at once', async () => {
      await world.see([finding('a', 'warning')])
      await world.pass(hourMs, minuteMs)
      await world.see([finding('a', 'warning'), finding('b', 'info')])
      await world.pass(12 * hourMs, 10 * minuteMs)
      const anna = world.told.filter(({ channel }) => channel === 'anna')
      expect(anna.map(({ atMs, message }) => [iso(atMs), message.isDigest, message.alerts.length])).toEqual([
        ['2026-11-19T07:00:00.000Z', true, 2],
      ])
      expect(told().filter((one) => one.includes('ops'))).toEqual(['0 ops fired: a', '3600 ops fired: b'])
    })

    it('lets pass what is critical, at once and when it becomes so', async () => {
      await world.see([finding('a', 'critical'), finding('b', 'warning')])
      expect(told().filter((one) => one.includes('anna'))).toEqual(['0 anna fired: a'])
      await world.pass(minuteMs)
      await world.see([finding('a', 'critical'), finding('b', 'critical')])
      await world.pass(minuteMs)
      expect(told().filter((one) => one.includes('anna'))).toEqual(['0 anna fired: a', '60 anna fired: b'])
    })

    it('says in the morning how it ended, in the digest and not again', async () => {
      await world.see([finding('a', 'warning')])
      await world.pass(hourMs, minuteMs)
      await world.see([], [['budget:a:day:1', 'over']])
      await world.pass(12 * hourMs, 10 * minuteMs)
      const anna = world.told.filter(({ channel }) => channel === 'anna')
      expect(anna.map(({ message }) => message.alerts.map(({ state }) => state))).toEqual([['resolved']])
    })

    it('is shown as held, with the reason and the time', async () => {
      await world.see([finding('a', 'warning')])
      expect(only().deliveries[0]).toMatchObject({
        channel: 'anna',
        state: 'pending',
        held: 'quiet',
        nextAttemptAt: '2026-11-19T07:00:00.000Z',
      })
    })
  })

  describe('where a message is accepted before it arrives', () => {
    const accept = () => ({ delivered: true, receipt: 'SM1', unconfirmed: true }) as const
    beforeEach(() => {
      world.add('sms')
      world.add('mail')
      world.route({ matrix: { mail: { critical: 'backup' } } })
      world.answer('sms', accept)
    })

    it('is delivered once that is confirmed, with its price', async () => {
      let isThere = false
      world.arrive('sms', () =>
        isThere ? { state: 'arrived', cost: { nanos: 7_900_000n, currency: 'USD' } } : { state: 'under-way' },
      )
      await world.see([finding('a')])
      expect(only().deliveries[0]).toMatchObject({ state: 'accepted', deliveredAt: null })
      await world.pass(5_000)
      isThere = true
      await world.pass(10_000)
      expect(only().deliveries[0]).toMatchObject({ state: 'delivered', cost: { amount: '0.0079', currency: 'USD' } })
      expect(world.book().deliveries.costs('sms', 0)).toEqual([{ currency: 'USD', nanos: 7_900_000n }])
      await world.pass(hourMs, 10_000)
      expect(told()).toEqual(['0 sms fired: a'])
    })

    it('has the backup told when it is lost', async () => {
      world.arrive('sms', () => ({ state: 'lost', failure: fail('channel-rejected', 'Unreachable.'), cost: null }))
      await world.see([finding('a')])
      await world.pass(3_000)
      expect(told()).toEqual(['0 sms fired: a', '2 mail fired: a'])
      expect(only().deliveries[0]).toMatchObject({ state: 'failed', failure: { message: 'Unreachable.' } })
      expect(world.channels.get('sms')?.lastFailure?.message).toBe('Unreachable.')
    })

    it('is asked for less and less, and no more after hours', async () => {
      let asked = 0
      world.arrive('sms', () => {
        asked++
        return { state: 'under-way' }
      })
      await world.see([finding('a')])
      await world.pass(6 * hourMs, minuteMs)
      expect(asked).toBeLessThanOrEqual(7)
      expect(asked).toBeGreaterThan(3)
      expect(only().deliveries[0]).toMatchObject({ state: 'accepted' })
    })
  })

  it('tells a channel which attempt was cut short, and which was surely not', async () => {
    world.add('sms')
    world.answer('sms', () => ({ ...down(), mayHaveArrived: true }))
    await world.see([finding('a')])
    world.answer('sms', down)
    await world.pass(3_000)
    world.answer('sms', null)
    await world.pass(10_000)
    expect(world.told.map(({ earlier }) => earlier.isUnsettled)).toEqual([false, true, false])
    expect(new Set(world.told.map(({ message }) => message.key)).size).toBe(1)
  })

  it('has a key that no other guard has, so that the other side takes no message for a repetition of theirs', async () => {
    const other = createTestAlerting(evening)
    for (const one of [world, other]) {
      one.add('hook')
      await one.see([finding('a')])
    }
    expect(world.told[0]?.message.key).not.toBe(other.told[0]?.message.key)
    await other.stop()
  })

  it('is not told by itself while another one speaks for it, and is when that one is over', async () => {
    world.add('ops')
    const blind = finding('blind', 'warning', { rule: 'blind', identity: 'blind:x', scope: 'account:x', ruleId: null })
    const refusedKey = { ...blind, rule: 'credential' as const, identity: 'credential:x', ruleId: 'key' }
    await world.see([refusedKey])
    await world.see([refusedKey, blind])
    await world.pass(5 * minuteMs, 10_000)
    expect(told()).toEqual(['0 ops fired: key'])
    expect(world.alerts().find(({ rule }) => rule === 'blind')).toMatchObject({
      state: 'firing',
      mutedBy: world.alerts().find(({ rule }) => rule === 'credential')?.id,
    })
    await world.see([blind], [['credential:x', 'works']])
    await world.pass(minuteMs)
    expect(told().filter((one) => one.includes('fired'))).toHaveLength(2)
  })

  it('tells of the growth when the money doubles, not in between', async () => {
    world.add('ops')
    for (const nanos of [100n, 150n, 199n, 200n, 350n, 400n])
      await world.see([finding('a', 'critical', { amountNanos: nanos * 1_000_000_000n })])
    expect(told().map((one) => one.split(' ')[2])).toEqual(['fired:', 'grew:', 'grew:'])
  })

  it('hears of what fires already when a channel is added, mended, or given more to hear', async () => {
    world.add('ops')
    world.route({ matrix: { late: { critical: 'never' } } })
    await world.see([finding('a')])
    world.add('late')
    world.route({ matrix: { late: { critical: 'never' } } })
    await world.settle()
    expect(told()).toHaveLength(1)
    world.route({})
    await world.settle()
    expect(told().at(-1)).toBe('0 late fired: a')
  })

  it('reaches a channel that was gone as soon as it is back', async () => {
    world.add('ops')
    world.answer('ops', () => ({ delivered: false, next: 'gone', failure: fail('channel-gone', 'Gone.') }))
    await world.see([finding('a')])
    await world.pass(minuteMs)
    expect(told()).toHaveLength(1)
    world.answer('ops', null)
    world.channels.noteDelivered('ops', world.clock.now())
    world.route({})
    await world.settle()
    expect(only().deliveries.map(({ state }) => state)).toEqual(['failed', 'delivered'])
  })
})
