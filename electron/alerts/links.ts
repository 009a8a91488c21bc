import type { Alert } from '../../shared/alerts.ts'
import { channelFacts } from '../../shared/channels.ts'
import type { Person } from '../../shared/people.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { dayMs, hourMs } from '../../shared/time.ts'
import type { AlertRow } from '../storage/alerts.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { LinkRow, LinksTable } from '../storage/links.ts'
import type { LinkUse, MessageLinkRow } from '../storage/message-links.ts'
import type { System } from '../system.ts'
import type { AlertBook } from './alert-book.ts'
import type { MessageAction } from './channels/channel.ts'
import { acknowledge, snooze, type AlertStep } from './life-cycle.ts'
import { isLinkKey, isTokenOf, linkIdOf, linkToken, newLinkId, newLinkKey, type SignedLink } from './link-token.ts'
import type { createMessageLinks, MessageView } from './message-links.ts'
import { i18n } from '../../shared/words.ts'

export const linkLifeMs = 72 * hourMs
/** Until then a link that expired can say that it did. */
const rememberedMs = 30 * dayMs

/** What a link can be used for; hours of a snooze. */
export type Choice = 'acknowledge' | 1 | 8

export type LinkView =
  /** Never made, signed by another key, or its channel was removed. */
  | { state: 'unknown' }
  | { state: 'expired' }
  | (MessageView & Reader)
  | ({
      /** spent: it did what it was for. resolved: there is nothing left to do. */
      state: 'open' | 'spent' | 'resolved'
      alert: Alert
      spent: LinkUse | null
    } & Reader)

interface Reader {
  /** Who reads it, as far as the guard knows: what is done is recorded under this name. */
  reader: string
  /** Of the reader. */
  zone: string
}

/** What a server needs to answer whoever opens a link. */
export interface LinkDesk {
  /** Where phones reach the guard; null while messages hold no links. */
  publicUrl(): string | null
  now(): number
  /** Never changes anything: programs that show previews, and scanners of mail, open links too. */
  look(token: string): LinkView
  /**
   * Does what was chosen, once. `alertId`: of a message about several only this one. Answers whether it did, and how
   * things stand afterwards.
   */
  act(token: string, choice: Choice, alertId?: string | null): Promise<Result<{ isDone: boolean; view: LinkView }>>
}

type MessageLinks = ReturnType<typeof createMessageLinks>

export type Links = ReturnType<typeof createLinks>

/** Links in messages, for acknowledging and snoozing without a login: one for each channel and firing of an alert. */
export function createLinks(parts: {
  table: LinksTable
  messages: MessageLinks
  book: Pick<AlertBook, 'row' | 'get'>
  channels: Pick<ChannelsTable, 'get'>
  people(): readonly Person[]
  publicUrl(): string | null
  zone(): string
  /** Runs a change in a transaction and sends what it owes. */
  change(id: string, act: (alert: AlertRow) => AlertStep): Result<Alert>
  system: Pick<System, 'clock' | 'log' | 'secrets'>
  /** Of the key that signs them. */
  secretName(): string
}) {
  const { table, book, system, secretName } = parts
  const now = () => system.clock.now()
  let isServed = false
  let key: string | null = null
  let loading: Promise<void> | null = null
  let isFailureLogged = false

  /** The key is made when it is first needed. A store that cannot keep it is no reason to keep it elsewhere. */
  async function loadKey(): Promise<void> {
    const found = await system.secrets.get(secretName())
    if (found.ok && found.value !== null && isLinkKey(found.value)) {
      key = found.value
      return
    }
    const made = newLinkKey()
    const kept = found.ok ? await system.secrets.set(secretName(), made) : found
    if (kept.ok) key = made
    else if (!isFailureLogged) {
      isFailureLogged = true
      system.log.warn('no links in messages', { kind: kept.failure.kind })
    }
  }

  /** Makes links possible where they are wanted. */
  async function prepare(): Promise<void> {
    if (!isServed || key !== null || parts.publicUrl() === null) return
    loading ??= loadKey().finally(() => (loading = null))
    await loading
  }

  function linkFor(alert: AlertRow, channelId: string): LinkRow {
    const about = { alertId: alert.id, channelId, firedAtMs: alert.firedAtMs ?? alert.openedAtMs }
    const known = table.of(about)
    if (known) return known
    const madeAtMs = now()
    table.forgetBefore(madeAtMs - rememberedMs)
    const made = { ...about, id: newLinkId(), madeAtMs }
    table.insert(made)
    return { ...made, spentAtMs: null, spentBy: null, spentOn: null }
  }

  /** The link of a token that we signed, of a channel that is still there. */
  function find(token: string): { link: LinkRow; channel: ChannelRow; alert: Alert } | null {
    const id = linkIdOf(token)
    const link = id === null ? null : table.get(id)
    if (!link || key === null || !isTokenOf(key, link, token)) return null
    const channel = parts.channels.get(link.channelId)
    const alert = book.get(link.alertId)
    return channel && alert && { link, channel, alert }
  }

  /** The same, of a message about several alerts. */
  function findSeveral(token: string): { link: MessageLinkRow; channel: ChannelRow } | null {
    const id = linkIdOf(token)
    const link = id === null ? null : parts.messages.get(id)
    if (!link || key === null || !isTokenOf(key, parts.messages.signed(link), token)) return null
    const channel = parts.channels.get(link.channelId)
    return channel && { link, channel }
  }

  const isExpired = ({ madeAtMs }: Pick<LinkRow, 'madeAtMs'>) => now() - madeAtMs >= linkLifeMs
  const zoneOf = (channel: ChannelRow) =>
    parts.people().find(({ name }) => name === channel.person)?.zone ?? parts.zone()

  function look(token: string): LinkView {
    const several = findSeveral(token)
    if (several && isExpired(several.link)) return { state: 'expired' }
    if (several)
      return {
        ...parts.messages.look(several.link),
        reader: readerOf(several.channel),
        zone: zoneOf(several.channel),
      }
    const found = find(token)
    if (!found) return { state: 'unknown' }
    const { link, channel, alert } = found
    if (isExpired(link)) return { state: 'expired' }
    const { spentOn: on, spentBy: by, spentAtMs: atMs } = link
    const spent = on === null || by === null || atMs === null ? null : { on, by, atMs }
    return {
      state: alert.state === 'resolved' ? 'resolved' : spent ? 'spent' : 'open',
      alert,
      reader: readerOf(channel),
      zone: zoneOf(channel),
      spent,
    }
  }

  async function act(
    token: string,
    choice: Choice,
    alertId: string | null = null,
  ): Promise<Result<{ isDone: boolean; view: LinkView }>> {
    const before = look(token)
    const several = findSeveral(token)
    if (before.state === 'several' && several) {
      const { link, channel } = several
      const done = await parts.messages.act(link, alertId, (id) => actOnOne(id, channel, choice))
      return done.ok ? ok({ isDone: done.value > 0, view: look(token) }) : done
    }
    const link = find(token)?.link
    if (before.state !== 'open' || !link) return ok({ isDone: false, view: before })
    // Somebody else was quicker: nothing changes, so the link is as good as before.
    if (choice === 'acknowledge' && before.alert.state === 'acknowledged') return ok({ isDone: false, view: before })
    const changed = parts.change(link.alertId, (alert) => {
      table.spend({ ...link, spentAtMs: now(), spentBy: before.reader, spentOn: spentOn(choice) })
      return stepOf(alert, choice, before.reader)
    })
    return changed.ok ? ok({ isDone: true, view: look(token) }) : err(changed.failure)
  }

  /** One of several in a message. Links of other messages in the channel that tell of it are spent with it. */
  function actOnOne(alertId: string, channel: ChannelRow, choice: Choice): Result<boolean> {
    if (choice === 'acknowledge' && book.row(alertId)?.state === 'acknowledged') return ok(false)
    const reader = readerOf(channel)
    const changed = parts.change(alertId, (alert) => {
      parts.messages.spend(alertId, channel, { atMs: now(), by: reader, on: spentOn(choice) })
      const firedAtMs = alert.firedAtMs ?? alert.openedAtMs
      table.spend({
        id: '',
        alertId,
        channelId: channel.id,
        firedAtMs,
        madeAtMs: 0,
        spentAtMs: now(),
        spentBy: reader,
        spentOn: spentOn(choice),
      })
      return stepOf(alert, choice, reader)
    })
    return changed.ok ? ok(true) : changed
  }

  function stepOf(alert: AlertRow, choice: Choice, reader: string): AlertStep {
    const by = { name: reader, via: 'link' } as const
    return choice === 'acknowledge'
      ? acknowledge(alert, now(), by)
      : snooze(alert, now(), by, now() + choice * hourMs, null)
  }

  return {
    prepare,
    /** From now on messages hold links, where a public address is set. */
    async serve(): Promise<LinkDesk> {
      isServed = true
      await prepare()
      return { publicUrl: () => (key === null ? null : parts.publicUrl()), now, look, act }
    },
    /**
     * What a message to a channel offers: the same link at each attempt and edit, for as long as it is good. `messageId`:
     * of one that speaks of several alerts.
     */
    actions(alertId: string, channel: ChannelRow, messageId: number | null = null): readonly MessageAction[] {
      const publicUrl = parts.publicUrl()
      if (!isServed || publicUrl === null || channelFacts(channel.kind).secret === null) return []
      if (key === null) {
        void prepare()
        return []
      }
      const urlOf = (signed: SignedLink, k: string) => `${new URL(publicUrl).origin}/a/${linkToken(k, signed)}`
      if (messageId !== null) {
        parts.messages.forgetBefore(now() - rememberedMs)
        const several = parts.messages.linkFor(messageId, channel.id, now())
        if (!several || isExpired(several)) return []
        return [{ label: i18n.t('Acknowledge or snooze'), url: urlOf(parts.messages.signed(several), key) }]
      }
      const alert = book.row(alertId)
      if (!alert || alert.state === 'resolved') return []
      const link = linkFor(alert, channel.id)
      if (link.spentAtMs !== null || isExpired(link)) return []
      return [{ label: i18n.t('Acknowledge or snooze'), url: urlOf(link, key) }]
    },
  }
}

function spentOn(choice: Choice): LinkUse['on'] {
  return choice === 'acknowledge' ? 'acknowledged' : 'snoozed'
}

function readerOf({ person, label }: ChannelRow): string {
  return person ?? i18n.t('whoever reads {label}', { label })
}
