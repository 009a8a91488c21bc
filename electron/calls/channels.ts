import { randomUUID } from 'node:crypto'
import type { Alert } from '../../shared/alerts.ts'
import { channelFacts, type Channel as ChannelView } from '../../shared/channels.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { iso } from '../../shared/time.ts'
import { channels as kinds } from '../alerts/channels/registry.ts'
import type { Outbox } from '../alerts/outbox.ts'
import { refuseBaseUrl } from '../http/origins.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'

export function channelCalls(parts: {
  channels: ChannelsTable
  outbox: Outbox
  system: System
  onAdd(id: string): void
  onChange(): void
}): Pick<Handlers, 'channels:list' | 'channels:add' | 'channels:test' | 'channels:remove'> {
  const { channels, system } = parts
  const unknown = (id: string) =>
    err(fail('not-found', `There is no channel ${id}. "spend-guard channels list" shows them.`))
  const present = (row: ChannelRow): ChannelView => ({
    id: row.id,
    kind: row.kind,
    label: row.label,
    baseUrl: row.baseUrl,
    options: row.options,
    createdAt: iso(row.createdAtMs),
    state: !kinds[row.kind].available(system) ? 'absent' : row.gone ? 'gone' : row.lastFailure ? 'failing' : 'ok',
    lastDeliveredAt: row.lastDeliveredAtMs === null ? null : iso(row.lastDeliveredAtMs),
    lastFailure: row.lastFailure,
  })
  return {
    'channels:list': () => ok(channels.all().map(present)),
    'channels:add': async (entry) => {
      const problem = (entry.baseUrl === null ? null : refuseBaseUrl(entry.baseUrl)) ?? kinds[entry.kind].refuse(entry)
      if (problem) return err(fail('invalid-input', problem))
      const id = randomUUID().slice(0, 8)
      const secretName = entry.secret === '' ? null : `channel:${id}`
      const stored = secretName === null ? ok(null) : await system.secrets.set(secretName, entry.secret)
      if (!stored.ok) return stored
      const { secret: _secret, ...row } = entry
      channels.insert({ ...row, id, secretName, createdAtMs: system.clock.now() })
      parts.onAdd(id)
      const added = channels.get(id)
      return added ? ok(present(added)) : unknown(id)
    },
    'channels:test': async ({ id }) => {
      const channel = channels.get(id)
      if (!channel) return unknown(id)
      const outcome = await parts.outbox.test(channel, sampleAlert(system.clock.now()))
      parts.onChange()
      return ok({ delivered: outcome.delivered, failure: outcome.delivered ? null : outcome.failure })
    },
    'channels:remove': async ({ id }) => {
      const channel = channels.get(id)
      if (!channel) return unknown(id)
      if (channelFacts(channel.kind).secret === null)
        return err(fail('invalid-input', `${channel.label} is part of this computer and cannot be removed.`))
      const removed = channel.secretName === null ? ok(null) : await system.secrets.delete(channel.secretName)
      if (!removed.ok) return removed
      channels.remove(id)
      parts.onChange()
      return ok({})
    },
  }
}

function sampleAlert(nowMs: number): Alert {
  const at = iso(nowMs)
  return {
    id: 'test',
    state: 'firing',
    severity: 'info',
    rule: 'budget',
    ruleId: null,
    scope: 'all',
    scopeLabel: 'everything',
    openedAt: at,
    updatedAt: at,
    resolvedAt: null,
    since: at,
    amount: '52.1',
    limit: '50',
    currency: 'USD',
    summary: 'This is a test. $52.10 spent today, 104% of the $50.00 budget.',
    advice: 'Nothing to do: somebody pressed "send test".',
    link: null,
    pattern: null,
    causes: [],
    contributors: [
      { dimension: 'model', name: 'example-model', amount: '31.02' },
      { dimension: 'key', name: 'example key', amount: '31.02' },
    ],
    snoozedUntil: null,
    snoozedUntilAmount: null,
    asOf: at,
    deliveries: [],
    history: [],
  }
}
