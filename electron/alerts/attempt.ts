import type { ChannelKind } from '../../shared/channels.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { System } from '../system.ts'
import type { Arrival, Channel, ChannelContext, DeliveryOutcome, Earlier, Message } from './channels/channel.ts'
import { i18n } from '../../shared/words.ts'

export type Attempts = ReturnType<typeof createAttempts>

/** One attempt at a channel, with its secret. A channel that throws is a fault of ours, and no reason to lose a message. */
export function createAttempts(parts: {
  kinds: Record<ChannelKind, Channel>
  system: Pick<System, 'fetch' | 'clock' | 'desktop' | 'secrets'>
}) {
  const { kinds, system } = parts

  async function contextOf(channel: ChannelRow): Promise<Result<ChannelContext>> {
    const context = { baseUrl: channel.baseUrl, options: channel.options, system }
    if (channel.secretName === null) return ok({ ...context, secret: null })
    const found = await system.secrets.get(channel.secretName)
    if (!found.ok) return found
    // A password dialog that somebody closed looks the same, so this is not for good.
    return found.value === null
      ? err(
          fail(
            'secret-missing',
            i18n.t(
              'The secret of {channel} is not in the keychain. Unlock the keychain, or edit the channel and give it anew.',
              { channel: channel.label },
            ),
          ),
        )
      : ok({ ...context, secret: found.value })
  }

  const fault = (channel: ChannelRow, error: unknown): Failure =>
    fail(
      'internal',
      i18n.t('Telling {channel} failed inside API Spend Guard: {name}.', {
        channel: channel.label,
        name: (error as Error).name,
      }),
    )

  return {
    async send(channel: ChannelRow, message: Message, earlier: Earlier): Promise<DeliveryOutcome> {
      const context = await contextOf(channel)
      if (!context.ok) return { delivered: false, next: 'retry', failure: context.failure }
      try {
        return await kinds[channel.kind].send(context.value, message, earlier)
      } catch (error) {
        return { delivered: false, next: 'retry', failure: fault(channel, error) }
      }
    },
    /** What became of a message; under way while that cannot be asked. */
    async confirm(channel: ChannelRow, receipt: string): Promise<Arrival> {
      const context = await contextOf(channel)
      if (!context.ok) return { state: 'under-way' }
      try {
        return (await kinds[channel.kind].confirm?.(context.value, receipt)) ?? { state: 'arrived', cost: null }
      } catch {
        return { state: 'under-way' } // a fault of ours says nothing about the message
      }
    },
  }
}
