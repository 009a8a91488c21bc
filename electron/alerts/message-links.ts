import { createHash } from 'node:crypto'
import type { Alert } from '../../shared/alerts.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { nextTurn } from '../breather.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { DeliveriesTable } from '../storage/deliveries.ts'
import type { LinkUse, MessageLinkRow, MessageLinksTable } from '../storage/message-links.ts'
import type { AlertBook } from './alert-book.ts'
import { newLinkId, type SignedLink } from './link-token.ts'

/** So many alerts are shown each; the buttons for all of them are for the rest too. */
const mostShown = 10

export interface ListedAlert {
  alert: Alert
  /** What a link in this channel did to it since the message. */
  spent: LinkUse | null
}

export interface MessageView {
  state: 'several'
  alerts: ListedAlert[]
  /** How many the message speaks of, and with how many of them there is something to do. */
  count: number
  open: number
}

/** Links of messages about several alerts: one page, on which each can be done with once, or all together. */
export function createMessageLinks(parts: {
  table: MessageLinksTable
  deliveries: Pick<DeliveriesTable, 'groupOf'>
  book: Pick<AlertBook, 'row' | 'get'>
}) {
  const { table, deliveries, book } = parts
  const alertsOf = (messageId: number) => deliveries.groupOf(messageId, -1).alertIds

  const isOpen = (alertId: string, { channelId, madeAtMs }: MessageLinkRow) =>
    (book.row(alertId)?.state ?? 'resolved') !== 'resolved' && table.usedSince(alertId, channelId, madeAtMs) === null

  /** The signature covers which alerts the message speaks of. */
  function signed({ id, messageId, channelId, madeAtMs }: MessageLinkRow): SignedLink {
    const ids = alertsOf(messageId).sort()
    const alertId = `message:${messageId}:${createHash('sha256').update(ids.join('\n')).digest('base64url')}`
    return { id, alertId, channelId, firedAtMs: madeAtMs, madeAtMs }
  }

  return {
    get: table.get,
    signed,
    /** The link of a message; null where nothing is left to do by it. */
    linkFor(messageId: number, channelId: string, nowMs: number): MessageLinkRow | null {
      const known = table.of(messageId)
      const link = known ?? { id: newLinkId(), messageId, channelId, madeAtMs: nowMs }
      if (!alertsOf(messageId).some((id) => isOpen(id, link))) return null
      if (!known) table.insert(link)
      return link
    },
    look(link: MessageLinkRow): MessageView {
      const ids = alertsOf(link.messageId)
      const alerts = ids.slice(0, mostShown).flatMap((id) => {
        const alert = book.get(id)
        return alert ? [{ alert, spent: table.usedSince(id, link.channelId, link.madeAtMs) }] : []
      })
      return { state: 'several', alerts, count: ids.length, open: ids.filter((id) => isOpen(id, link)).length }
    },
    /** Does something to one alert of the message, or to all with which nothing was done yet. Answers to how many. */
    async act(link: MessageLinkRow, alertId: string | null, act: (alertId: string) => Result<boolean>) {
      let done = 0
      for (const id of alertsOf(link.messageId)) {
        if ((alertId !== null && id !== alertId) || !isOpen(id, link)) continue
        const acted = act(id)
        if (!acted.ok) return err(acted.failure)
        if (acted.value) done++
        await nextTurn() // a storm is a thousand transactions
      }
      return ok(done)
    },
    /** Part of the transaction of the change. */
    spend: (alertId: string, channel: ChannelRow, use: LinkUse) =>
      table.use({ ...use, alertId, channelId: channel.id }),
    forgetBefore: table.forgetBefore,
  }
}
