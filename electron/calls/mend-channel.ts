import { randomUUID } from 'node:crypto'
import {
  channelFacts,
  channelOptionProblems,
  leadsElsewhere,
  optionsAfter,
  type ChannelChange,
} from '../../shared/channels.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { channels as kinds } from '../alerts/channels/registry.ts'
import { refuseBaseUrl } from '../http/origins.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { wayOf, type ChannelRow, type ChannelsTable } from '../storage/channels.ts'
import type { DeliveriesTable } from '../storage/deliveries.ts'
import type { System } from '../system.ts'
import { i18n } from '../../shared/words.ts'

/**
 * Changes how a channel is reached: its secret, options or base URL. What waits goes out by the new settings at once, and
 * what failed for good is owed anew. A new secret gets a name of its own, so that at each instant secret and options that
 * belong together are in force; the old one is deleted after that.
 */
export async function mendChannel(
  channel: ChannelRow,
  change: ChannelChange,
  parts: {
    channels: ChannelsTable
    deliveries: DeliveriesTable
    system: Pick<System, 'secrets' | 'clock' | 'log'>
    transaction<T>(act: () => T): T
  },
): Promise<Result<null>> {
  const { secrets } = parts.system
  const next = {
    ...channel,
    baseUrl: change.baseUrl === undefined ? channel.baseUrl : change.baseUrl,
    options: optionsAfter(channel.options, change.options),
  }
  if (change.secret === '' && wayOf(next) === wayOf(channel)) return ok(null)
  const refused = await refusal(channel, next, change, secrets)
  if (refused) return err(refused)
  if (change.secret !== '') {
    next.secretName = `channel:${channel.id}:${randomUUID().slice(0, 8)}`
    const stored = await secrets.set(next.secretName, change.secret)
    if (!stored.ok) return stored
  }
  parts.transaction(() => {
    parts.channels.mend(next)
    if (isElsewhere(channel, next)) parts.deliveries.forgetReceipts(channel.id)
    parts.deliveries.resume(channel.id, parts.system.clock.now())
  })
  if (channel.secretName !== null && channel.secretName !== next.secretName) {
    const deleted = await secrets.delete(channel.secretName)
    // The channel works, and nobody asks for that name again.
    if (!deleted.ok) parts.system.log.warn('an old secret stays', { kind: deleted.failure.kind })
  }
  return ok(null)
}

async function refusal(channel: ChannelRow, next: ChannelRow, change: ChannelChange, secrets: SecretStore) {
  const { kind, label, secretName } = channel
  const invalid = (problem: string) => fail('invalid-input', problem)
  if (channelFacts(kind).secret === null)
    return invalid(i18n.t('{label} is part of this computer: it has neither secret nor options.', { label }))
  if (next.baseUrl !== null) {
    const problem = refuseBaseUrl(next.baseUrl)
    if (problem) return invalid(problem)
  }
  const [problem] = channelOptionProblems(kind, next.options)
  if (problem) return invalid(problem[1])
  // Whoever may change a channel may not read its secret, and so not have it sent to an address of theirs either.
  if (change.secret === '' && secretName !== null && leadsElsewhere(channel, change))
    return invalid(i18n.t('Another address wants the secret again: it was given for the old one.'))
  const kept = change.secret !== '' ? ok(change.secret) : secretName === null ? ok('') : await secrets.get(secretName)
  if (!kept.ok) return kept.failure
  if (kept.value === null)
    return fail(
      'secret-missing',
      i18n.t('The secret of {label} is not in the keychain. Unlock the keychain, or give it anew.', { label }),
    )
  const misfit = kinds[kind].refuse({ ...next, secret: kept.value })
  return misfit === null ? null : invalid(misfit)
}

/** Whether messages of before are not where messages go now. Numbers, such as a cap, lead nowhere. */
function isElsewhere(before: ChannelRow, after: ChannelRow): boolean {
  const facts = channelFacts(before.kind).options
  const places = ({ options, ...way }: ChannelRow) =>
    wayOf({ ...way, options: Object.fromEntries(Object.entries(options).filter(([name]) => !facts[name]?.count)) })
  return places(before) !== places(after)
}
