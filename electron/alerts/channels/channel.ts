import type { Alert } from '../../../shared/alerts.ts'
import type { Failure } from '../../../shared/failures.ts'
import type { System } from '../../system.ts'
import type { Occasion } from '../../storage/deliveries.ts'

/** What a channel is told: the alert as it is now, and why it is told now. `test` is the message of "send test". */
export interface Message {
  alert: Alert
  occasion: Occasion | 'test'
}

export type DeliveryOutcome =
  | {
      delivered: true
      /** What is needed to edit the message later; null where it cannot be. */ receipt: string | null
    }
  | {
      delivered: false
      failure: Failure
      /** Whether another attempt may succeed. `gone`: the channel itself no longer exists. */
      next: 'retry' | 'give-up' | 'gone'
    }

/** What a channel works with. The secret is in here and nowhere else; it never gets into a failure. */
export interface ChannelContext {
  secret: string | null
  baseUrl: string | null
  options: Readonly<Record<string, string>>
  system: Pick<System, 'fetch' | 'clock' | 'desktop'>
}

/**
 * A place alerts go. `render` is pure and keeps within the size limits of the place; `send` makes one attempt and says
 * what came of it. "Send test" uses the same path.
 */
export interface Channel<Rendered = unknown> {
  /** A channel without a secret is always there, when this host can serve it. */
  available(system: Pick<System, 'desktop'>): boolean
  /** Says in one sentence what is wrong with a secret or option, before it is saved; null when nothing is. */
  refuse(entry: {
    secret: string | null
    baseUrl: string | null
    options: Readonly<Record<string, string>>
  }): string | null
  render(message: Message): Rendered
  /** `receipt` is that of the newest message about the same alert; a channel that can edits it in place. */
  send(context: ChannelContext, message: Message, receipt: string | null): Promise<DeliveryOutcome>
}
