import { randomUUID } from 'node:crypto'
import { channelFacts, dailyCapOf, type Channel as ChannelView } from '../../shared/channels.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { err, ok } from '../../shared/result.ts'
import { iso, periodAt } from '../../shared/time.ts'
import { channels as kinds } from '../alerts/channels/registry.ts'
import type { TestOutcome } from '../alerts/test-messages.ts'
import { refuseBaseUrl } from '../http/origins.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { DeliveriesTable } from '../storage/deliveries.ts'
import type { PeopleTable } from '../storage/routing.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'
import { mendChannel } from './mend-channel.ts'
import { i18n } from '../../shared/words.ts'

export function channelCalls(parts: {
  channels: ChannelsTable
  deliveries: DeliveriesTable
  people: PeopleTable
  /** Why a channel takes no more messages today; null while it does. */
  capOf(channel: ChannelRow): Failure | null
  test(channel: ChannelRow): Promise<TestOutcome>
  transaction<T>(change: () => T): T
  system: System
  zone(): string
  /** Channels, or whom they reach, changed: who hears what may be different. */
  onChange(): void
}): Pick<Handlers, 'channels:list' | 'channels:add' | 'channels:change' | 'channels:test' | 'channels:remove'> {
  const { channels, system, deliveries } = parts
  const unknown = (id: string) => err(unknownChannel(id))
  const nobody = (name: string | null | undefined) =>
    typeof name === 'string' && !parts.people.all().some((person) => person.name === name)
      ? fail(
          'not-found',
          i18n.t('There is nobody called {name}. Add them first: spend-guard people set "{name}".', { name }),
        )
      : null

  const stateOf = (row: ChannelRow, cap: Failure | null): ChannelView['state'] => {
    if (!kinds[row.kind].available(system)) return 'absent'
    if (row.gone) return 'gone'
    if (cap) return 'capped'
    return row.lastFailure ? 'failing' : 'ok'
  }

  const present = (row: ChannelRow): ChannelView => {
    const cap = parts.capOf(row)
    const startOf = (period: 'day' | 'month') => periodAt(period, system.clock.now(), parts.zone()).fromMs
    return {
      id: row.id,
      kind: row.kind,
      label: row.label,
      baseUrl: row.baseUrl,
      options: row.options,
      createdAt: iso(row.createdAtMs),
      state: stateOf(row, cap),
      lastDeliveredAt: row.lastDeliveredAtMs === null ? null : iso(row.lastDeliveredAtMs),
      lastFailure: row.gone ? row.lastFailure : (cap ?? row.lastFailure),
      person: row.person,
      selfTest: row.selfTest,
      lastTestedAt: row.testedAtMs === null ? null : iso(row.testedAtMs),
      sentToday: deliveries.sentCount(row.id, startOf('day')),
      dailyCap: dailyCapOf(row.kind, row.options),
      costOfMonth: deliveries
        .costs(row.id, startOf('month'))
        .map(({ currency, nanos }) => ({ currency, amount: nanosToDecimal(nanos) })),
    }
  }

  return {
    'channels:list': () => ok(channels.all().map(present)),
    'channels:add': async (entry) => {
      const problem = (entry.baseUrl === null ? null : refuseBaseUrl(entry.baseUrl)) ?? kinds[entry.kind].refuse(entry)
      if (problem) return err(fail('invalid-input', problem))
      const stranger = nobody(entry.person)
      if (stranger) return err(stranger)
      const id = randomUUID().slice(0, 8)
      const secretName = entry.secret === '' ? null : `channel:${id}`
      const stored = secretName === null ? ok(null) : await system.secrets.set(secretName, entry.secret)
      if (!stored.ok) return stored
      const { secret: _secret, ...row } = entry
      channels.insert({ ...row, id, secretName, createdAtMs: system.clock.now() })
      parts.onChange()
      const added = channels.get(id)
      return added ? ok(present(added)) : unknown(id)
    },
    'channels:change': async (change) => {
      const channel = channels.get(change.id)
      if (!channel) return unknown(change.id)
      const stranger = nobody(change.person)
      if (stranger) return err(stranger)
      const mended = await mendChannel(channel, change, parts)
      if (!mended.ok) return mended
      // Its keychain may have taken a while.
      const now = channels.get(change.id)
      if (!now) return unknown(change.id)
      channels.change({
        id: now.id,
        label: change.label ?? now.label,
        person: change.person === undefined ? now.person : change.person,
        selfTest: change.selfTest ?? now.selfTest,
      })
      parts.onChange()
      const changed = channels.get(change.id)
      return changed ? ok(present(changed)) : unknown(change.id)
    },
    'channels:test': async ({ id }) => {
      const channel = channels.get(id)
      if (!channel) return unknown(id)
      const outcome = await parts.test(channel)
      parts.onChange()
      return ok(outcome)
    },
    'channels:remove': async ({ id }) => {
      const channel = channels.get(id)
      if (!channel) return unknown(id)
      if (channelFacts(channel.kind).secret === null)
        return err(
          fail(
            'invalid-input',
            i18n.t('{channel} is part of this computer and cannot be removed.', { channel: channel.label }),
          ),
        )
      const removed = channel.secretName === null ? ok(null) : await system.secrets.delete(channel.secretName)
      if (!removed.ok) return removed
      channels.remove(id)
      parts.onChange()
      return ok({})
    },
  }
}

export function unknownChannel(id: string): Failure {
  return fail('not-found', i18n.t('There is no channel {id}. "spend-guard channels list" shows them.', { id }))
}
