import type { Alert } from '../../../shared/alerts.ts'
import type { Failure } from '../../../shared/failures.ts'
import type { System } from '../../system.ts'
import type { Occasion } from '../../storage/deliveries.ts'

/** What a channel is told: alerts as they are now, and why they are told now. `test` is the message of "send test". */
export interface Message {
  /** Gravest first. Usually one; several that started together, or were held through a night, are one message. */
  alerts: readonly [Alert, ...Alert[]]
  /** How many more there are than fit into a message. */
  more: number
  occasion: Occasion | 'test'
  /** It was held back through quiet hours and is told as a digest. */
  isDigest: boolean
  /** The same at every attempt at one delivery, for channels that can tell a repetition from news. */
  key: string
  /** Links that do something at a tap, where the guard can be reached from outside; they are as good as a key. */
  actions: readonly MessageAction[]
}

/** A message about one alert. */
export function messageAbout(alert: Alert, occasion: Message['occasion'], key = alert.id): Message {
  return { alerts: [alert], more: 0, occasion, isDigest: false, key, actions: [] }
}

export interface MessageAction {
  label: string
  url: string
}

export type DeliveryOutcome =
  | {
      delivered: true
      /** What is needed to edit the message later, or to ask what became of it; null where neither can be done. */
      receipt: string | null
      /** The other side has it, but not yet the person: `confirm` asks again. */
      unconfirmed?: true
    }
  | {
      delivered: false
      failure: Failure
      /** Whether another attempt may succeed. `gone`: the channel itself no longer exists. */
      next: 'retry' | 'give-up' | 'gone'
      /** No answer came, so the other side may have it. Set where a repetition would be noticed. */
      mayHaveArrived?: true
    }

/** What became of a message that the other side accepted. */
export type Arrival =
  | { state: 'arrived'; cost: MessageCost | null }
  | { state: 'under-way' }
  | { state: 'lost'; failure: Failure; cost: MessageCost | null }

export interface MessageCost {
  nanos: bigint
  currency: string
}

/** What a channel works with. The secret is in here and nowhere else; it never gets into a failure. */
export interface ChannelContext {
  secret: string | null
  baseUrl: string | null
  options: Readonly<Record<string, string>>
  system: Pick<System, 'fetch' | 'clock' | 'desktop'>
}

export interface ChannelEntry {
  secret: string | null
  baseUrl: string | null
  options: Readonly<Record<string, string>>
}

/** What is known of earlier attempts. */
export interface Earlier {
  /** That of the newest message about the same alert; a channel that can edits it in place. */
  receipt: string | null
  /** An earlier attempt at this very message was cut short: it may have arrived. */
  isUnsettled: boolean
  /** It is not of the newest message about the alert: where that was deleted, nothing is said anew. */
  isOlder?: true
  /** The newest receipt of any alert in this channel: of those that a message of several speaks of. */
  receiptOf(alertId: string): string | null
}

export const nothingEarlier: Earlier = { receipt: null, isUnsettled: false, receiptOf: () => null }

/**
 * A place alerts go. `render` is pure and keeps within the size limits of the place; `send` makes one attempt and says
 * what came of it. "Send test" uses the same path.
 */
export interface Channel<Rendered = unknown> {
  /** A channel without a secret is always there, when this host can serve it. */
  available(system: Pick<System, 'desktop'>): boolean
  /** Its receipt is of a message that it edits in place. */
  edits?: true
  /** What it shows of an alert stays until it is told the end of that very alert. */
  endsEach?: true
  /** Occasions that are nothing to say here: a text message about an acknowledgement costs money and sleep. */
  skips: readonly Occasion[]
  /** Says in one sentence what is wrong with a secret or option, before it is saved; null when nothing is. */
  refuse(entry: ChannelEntry): string | null
  render(message: Message): Rendered
  send(context: ChannelContext, message: Message, earlier: Earlier): Promise<DeliveryOutcome>
  /** Asks what became of a message that was taken; where the other side takes messages before they arrive. */
  confirm?(context: ChannelContext, receipt: string): Promise<Arrival>
}
