import { dailyCapOf } from '../../shared/channels.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { periodAt } from '../../shared/time.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { DeliveriesTable } from '../storage/deliveries.ts'
import { i18n } from '../../shared/words.ts'

/** Why a channel whose messages cost money takes no more of them today, in the zone of the guard; null while it does. */
export function capFailure(
  channel: ChannelRow,
  deliveries: Pick<DeliveriesTable, 'sentCount'>,
  nowMs: number,
  zone: string,
): Failure | null {
  const cap = dailyCapOf(channel.kind, channel.options)
  if (cap === null || deliveries.sentCount(channel.id, periodAt('day', nowMs, zone).fromMs) < cap) return null
  return fail(
    'channel-capped',
    i18n.t(
      '{channel} has sent its {cap} messages of today. Acknowledge what fires, or edit the channel to raise its daily_cap.',
      { channel: channel.label, cap },
    ),
  )
}
