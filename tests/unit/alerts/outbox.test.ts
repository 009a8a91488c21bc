import { beforeEach, describe, expect, it } from 'vitest'
import { createAttempts } from '../../../electron/alerts/attempt.ts'
import { createOutbox } from '../../../electron/alerts/outbox.ts'
import { nextAttemptAt } from '../../../electron/alerts/retry.ts'
import { channelKinds, type ChannelKind } from '../../../shared/channels.ts'
import type { Channel, DeliveryOutcome, Message } from '../../../electron/alerts/channels/channel.ts'
import { silentLogger } from '../../../electron/logging/logger.ts'
import { createMemorySecrets } from '../../../electron/secrets/memory.ts'
import { createChannelsTable } from '../../../electron/storage/channels.ts'
import { openMemoryDatabase, type Db } from '../../../electron/storage/database.ts'
import { createDeliveriesTable, type Occasion } from '../../../electron/storage/deliveries.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { fail, type Failure } from '../../../shared/failures.ts'
import { iso } from '../../../shared/time.ts'
import { createFakeClock } from '../../fakes/clock.ts'

const startMs = Date.UTC(2026, 10, 18)
const dayMs = 86_400_000
const down: DeliveryOutcome = { delivered: false, next: 'retry', failure: fail('provider-down', 'Down.') }

describe('the outbox', () => {
  let db: Db
  let clock: ReturnType<typeof createFakeClock>
  let secrets: ReturnType<typeof createMemorySecrets>
  let channels: ReturnType<typeof createChannelsTable>
  let deliveries: ReturnType<typeof createDeliveriesTable>
  let outbox: ReturnType<typeof createOutbox>
  /** What each channel was told, as `label occasion alert receipt`. */
  let told: string[]
  let answer: (label: string, message: Message) => DeliveryOutcome
  let cap: Failure | null
  let hanging: Promise<void> | null

  beforeEach(async () => {
    db = openMemoryDatabase()
    db.pragma('foreign_keys = OFF') // the alerts are the test's own
    clock = createFakeClock(startMs)
    secrets = createMemorySecrets()
    channels = createChannelsTable(db)
    deliveries = createDeliveriesTable(db)
    told = []
    cap = null
    hanging = null
    answer = (label) => ({ delivered: true, receipt: `r${told.filter((one) => one.startsWith(label)).length}` })
    const channel: Channel = {
      available: () => true,
      skips: [],
      refuse: () => null,
      render: () => null,
      async send({ secret }, message, { receipt }) {
        told.push(`${secret} ${message.occasion} ${message.alerts[0].id} ${receipt}`)
        if (secret === 'ops') await hanging
        return answer(String(secret), message)
      },
    }
    for (const id of ['ops', 'boss']) {
      channels.insert({
        id,
        kind: 'discord',
        label: id,
        baseUrl: null,
        options: {},
        secretName: id,
        person: null,
        createdAtMs: startMs,
      })
      await secrets.set(id, id)
    }
    outbox = createOutbox({
      deliveries,
      channels,
      attempts: createAttempts({
        kinds: Object.fromEntries(channelKinds.map((kind) => [kind, channel])) as Record<ChannelKind, Channel>,
        system: { fetch, clock, desktop: null, secrets },
      }),
      edits: () => true,
      gathersEnds: () => false,
      actions: () => [],
      capOf: () => cap,
      tests: { confirm: async () => undefined, nextConfirmMs: () => null },
      alert: (id) => (id === 'gone' ? null : ({ id, openedAt: iso(startMs) } as Alert)),
      system: { clock, random: () => 0.5, log: silentLogger },
      onSettled: () => undefined,
    })
  })

  const owe = (channel: string, occasion: Occasion = 'fired', alert = 'a') =>
    deliveries.owe({
      alertId: alert,
      channelId: channel,
      occasion,
      because: occasion === 'fired' ? 'route' : 'news',
      held: null,
      owedAtMs: clock.now(),
      groupKey: alert,
      editsId: null,
      nextAttemptAtMs: clock.now(),
    })
  const states = (alert = 'a') =>
    deliveries.byAlert(alert).map((one) => `${one.channelId} ${one.state} ${one.attempts}`)
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settle()
  }

  it('sends what is owed, in order, once, with the receipt of the message before', async () => {
    owe('ops')
    owe('boss')
    owe('ops', 'grew')
    const settled = await outbox.flush()
    expect(told.filter((one) => one.startsWith('ops'))).toEqual(['ops fired a null', 'ops grew a r1'])
    expect(told).toContain('boss fired a null')
    expect(settled.map((one) => one.state)).toEqual(['delivered', 'delivered', 'delivered'])
    await outbox.flush()
    expect(told).toHaveLength(3)
    expect(channels.get('ops')?.lastDeliveredAtMs).toBe(startMs)
  })

  it('tries again later and later, and the timer does it by itself', async () => {
    answer = () => down
    owe('ops')
    await outbox.flush()
    expect(states()).toEqual(['ops pending 1'])
    await pass(1_999)
    expect(told).toHaveLength(1)
    await pass(1)
    expect(told).toHaveLength(2)
    await pass(3_999)
    expect(told).toHaveLength(2)
    answer = () => ({ delivered: true, receipt: null })
    await pass(1)
    expect(states()).toEqual(['ops delivered 3'])
    expect(deliveries.byAlert('a')[0]?.failure).toBeNull()
  })

  it('keeps the order within a channel, and holds up no other', async () => {
    answer = (label) => (label === 'ops' ? down : { delivered: true, receipt: null })
    owe('ops')
    owe('ops', 'fired', 'b')
    owe('boss')
    await outbox.flush()
    expect(told.sort()).toEqual(['boss fired a null', 'ops fired a null'])
    answer = () => ({ delivered: true, receipt: null })
    told = []
    await pass(2_000)
    expect(told).toEqual(['ops fired a null', 'ops fired b null'])
  })

  it('holds up no channel while another one hangs, also not with what is owed later', async () => {
    let wake: () => void = () => undefined
    hanging = new Promise((resolve) => (wake = resolve))
    owe('ops')
    void outbox.flush()
    await settle()
    owe('boss', 'fired', 'b')
    void outbox.flush()
    await settle()
    expect(states('b')).toEqual(['boss delivered 1'])
    owe('ops', 'fired', 'c')
    void outbox.flush()
    await settle()
    expect(told.filter((one) => one.startsWith('ops'))).toHaveLength(1)
    hanging = null
    wake()
    await settle()
    expect([...states(), ...states('c')]).toEqual(['ops delivered 1', 'ops delivered 1'])
  })

  it('waits as long as the channel asks', async () => {
    answer = () => ({
      delivered: false,
      next: 'retry',
      failure: fail('rate-limited', '', { retryAtMs: startMs + 60_000 }),
    })
    owe('ops')
    await outbox.flush()
    await pass(59_999)
    expect(told).toHaveLength(1)
    await pass(1)
    expect(told).toHaveLength(2)
  })

  it('does not repeat what is refused for good, and shows it', async () => {
    answer = () => ({ delivered: false, next: 'give-up', failure: fail('channel-rejected', 'No.') })
    owe('ops')
    await outbox.flush()
    await pass(dayMs)
    expect(told).toHaveLength(1)
    expect(states()).toEqual(['ops failed 1'])
    expect(channels.get('ops')).toMatchObject({ gone: false, lastFailure: { kind: 'channel-rejected' } })
  })

  it('tells a channel that is gone nothing more', async () => {
    answer = () => ({ delivered: false, next: 'gone', failure: fail('channel-gone', 'Gone.') })
    owe('ops')
    owe('ops', 'grew')
    await outbox.flush()
    expect(told).toHaveLength(1)
    expect(states()).toEqual(['ops failed 1', 'ops failed 0'])
    expect(deliveries.byAlert('a')[1]?.failure).toMatchObject({ kind: 'channel-gone' })
  })

  it('gives up after a day, but never before a second try', async () => {
    answer = () => down
    owe('ops')
    await outbox.flush()
    for (let hour = 0; hour <= 25; hour++) for (let part = 0; part < 4; part++) await pass(900_000)
    expect(deliveries.byAlert('a')[0]?.state).toBe('failed')
    owe('boss')
    await outbox.flush()
    expect(deliveries.byAlert('a')[1]).toMatchObject({ state: 'pending', attempts: 1 })
  })

  it('does not call a channel gone because its secret cannot be found: a closed password dialog looks the same', async () => {
    await secrets.delete('ops')
    owe('ops')
    await outbox.flush()
    expect(channels.get('ops')).toMatchObject({ gone: false, lastFailure: { kind: 'secret-missing' } })
    await secrets.set('ops', 'ops')
    await pass(2_000)
    expect(states()).toEqual(['ops delivered 2'])
  })

  it('survives a channel that throws, and tries again', async () => {
    answer = () => {
      throw new TypeError('with a secret in it')
    }
    owe('ops')
    owe('boss', 'fired', 'b')
    await outbox.flush()
    expect(states()).toEqual(['ops pending 1'])
    expect(JSON.stringify(channels.all())).not.toContain('with a secret')
    answer = () => ({ delivered: true, receipt: null })
    await pass(2_000)
    expect([...states(), ...states('b')]).toEqual(['ops delivered 2', 'boss delivered 2'])
  })

  it('sends nothing while nothing can be written, rather than the same again and again', async () => {
    owe('ops')
    db.pragma('query_only = ON')
    expect(await outbox.flush()).toEqual([])
    await pass(29_999)
    expect(await outbox.flush()).toEqual([])
    expect(told).toEqual([])
    db.pragma('query_only = OFF')
    await pass(1)
    expect(states()).toEqual(['ops delivered 1'])
    expect(told).toHaveLength(1)
  })

  it('notes an attempt before it is made, so that a crash in between does not hasten the next', async () => {
    const noted: unknown[] = []
    answer = () => {
      noted.push(deliveries.byAlert('a')[0])
      return { delivered: true, receipt: null }
    }
    owe('ops')
    await outbox.flush()
    expect(noted).toMatchObject([{ state: 'pending', attempts: 1, nextAttemptAtMs: startMs + 2_000 }])
    expect(states()).toEqual(['ops delivered 1'])
  })

  it('owes an attempt that was cut short within seconds, however often that has happened', async () => {
    owe('ops')
    const [owed] = deliveries.byAlert('a')
    if (owed) db.prepare('UPDATE deliveries SET attempts = 6 WHERE id = ?').run(owed.id)
    const next: (number | undefined)[] = []
    answer = () => {
      next.push(deliveries.byAlert('a')[0]?.nextAttemptAtMs)
      return down
    }
    await outbox.flush()
    expect(next).toEqual([startMs + 8_000])
    expect(deliveries.byAlert('a')[0]?.nextAttemptAtMs).toBe(startMs + 128_000)
  })

  it('drops what belongs to a channel or an alert that is no more', async () => {
    owe('removed')
    owe('ops', 'fired', 'gone')
    await outbox.flush()
    expect(told).toEqual([])
    expect([...states(), ...states('gone')]).toEqual(['removed failed 0', 'ops failed 0'])
  })

  it('never sends a message twice when it is asked from all sides at once', async () => {
    owe('ops')
    await Promise.all([outbox.flush(), outbox.flush(), outbox.flush()])
    expect(told).toHaveLength(1)
  })

  it('sends nothing more once it is stopped', async () => {
    answer = () => down
    owe('ops')
    await outbox.flush()
    await outbox.stop()
    await pass(dayMs)
    expect(told).toHaveLength(1)
  })
})

describe('the next attempt', () => {
  it('comes after 2, 4, 8 seconds and so on, up to five minutes, spread by a fifth', () => {
    expect([1, 2, 3, 20].map((attempts) => nextAttemptAt(attempts, null, 0, 0.5))).toEqual([
      2_000, 4_000, 8_000, 300_000,
    ])
    expect([0, 1].map((random) => nextAttemptAt(1, null, 0, random))).toEqual([1_800, 2_200])
  })

  it('comes when the other side said, and a second from now at the earliest', () => {
    expect(nextAttemptAt(9, fail('rate-limited', '', { retryAtMs: 5_000 }), 0, 0.5)).toBe(5_000)
    expect(nextAttemptAt(9, fail('rate-limited', '', { retryAtMs: 0 }), 0, 0.5)).toBe(1_000)
  })
})
