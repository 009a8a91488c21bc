import { gravityOf, type Severity } from '../../shared/alerts.ts'
import { endOfHours } from '../../shared/hours.ts'
import type { Person } from '../../shared/people.ts'
import type { Routing } from '../../shared/routing.ts'
import { minuteMs } from '../../shared/time.ts'
import type { Owners } from '../ledger/owners.ts'
import type { AlertRow } from '../storage/alerts.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { DeliveriesTable, DeliveryRow, Held, Occasion } from '../storage/deliveries.ts'
import { storm, waitsUntil, type SentMessage } from './grouping.ts'
import { mutedBy } from './inhibit.ts'
import { tellingsOf } from './news.ts'
import { whoIsOwed } from './owing.ts'
import { placesOf } from './places.ts'
import { ladderOf } from './routing.ts'

interface Traffic {
  sent: readonly SentMessage[]
  waitingMs: number | null
}

/** So many alerts are looked at in one go; a transaction stays short. */
const mostLooks = 100

export interface AnnounceParts {
  deliveries: DeliveriesTable
  owners: Owners
  channels(): readonly ChannelRow[]
  people(): readonly Person[]
  routing(): Routing
  zone(): string
  /** What this host and the kind of channel make of it. */
  traits(channel: ChannelRow): { isHere: boolean; isCostly: boolean; edits: boolean; skips: readonly Occasion[] }
}

/**
 * Turns what goes on into messages that are owed: inhibit, route, escalate, hold. Everything that it writes is part of
 * the caller's transaction.
 */
export function createAnnouncer(parts: AnnounceParts) {
  const { deliveries } = parts
  let traffic = new Map<string, Traffic>()
  /** Alerts of which nothing changes before a time, unless they get graver or something happens to them. */
  const resting = new Map<string, { severity: Severity; untilMs: number }>()

  /** When a message waits until, and why; null when it goes at once. */
  function heldUntil(
    channel: ChannelRow,
    severity: Severity,
    groupKey: string,
    nowMs: number,
  ): { held: Held; untilMs: number } | null {
    const quietMs = quietOf(channel, severity, nowMs)
    if (quietMs !== null) return { held: 'quiet', untilMs: quietMs }
    const { sent, waitingMs } = trafficOf(channel.id, groupKey, nowMs)
    const groupedMs = waitsUntil(sent, severity, nowMs)
    if (groupedMs === null) return null
    return { held: 'group', untilMs: waitingMs === null ? groupedMs : Math.min(groupedMs, Math.max(waitingMs, nowMs)) }
  }

  /** What a channel was sent of late and what waits; read once for all that is owed in one go. */
  function trafficOf(channelId: string, groupKey: string, nowMs: number): Traffic {
    const key = `${channelId} ${groupKey}`
    const known = traffic.get(key) ?? {
      sent: deliveries.sentSince(channelId, groupKey, nowMs - storm.withinMs),
      waitingMs: deliveries.waitsUntil(channelId, groupKey),
    }
    traffic.set(key, known)
    return known
  }

  const quietOf = (channel: ChannelRow, severity: Severity, nowMs: number) =>
    quietUntil(channel, parts.people(), severity, nowMs, parts.zone())

  const channelsHere = () =>
    parts
      .channels()
      .map((channel) => ({ channel, ...parts.traits(channel) }))
      .filter(({ isHere }) => isHere)

  function owe(
    alert: AlertRow,
    channel: ChannelRow,
    about: Pick<DeliveryRow, 'occasion' | 'because' | 'editsId'> & {
      gatheredMs: number | null
      workspace: string | null
      afterMs?: number
    },
    nowMs: number,
  ): void {
    const { occasion, because, editsId, gatheredMs, afterMs = 0 } = about
    const groupKey = about.workspace ?? ''
    // News edit a message that is there; where they are a message of their own, they wait for the morning too.
    const hold =
      occasion === 'fired'
        ? heldUntil(channel, alert.severity, groupKey, nowMs)
        : (asHeld('quiet', quietOf(channel, alert.severity, nowMs)) ?? asHeld('group', gatheredMs))
    deliveries.owe({
      alertId: alert.id,
      channelId: channel.id,
      occasion,
      because,
      held: hold?.held ?? null,
      owedAtMs: nowMs,
      groupKey,
      editsId,
      nextAttemptAtMs: (hold?.untilMs ?? nowMs) + afterMs,
    })
  }

  /** What is owed of an alert that fires. Answers when to look again. */
  function look(alert: AlertRow, here: ReturnType<typeof channelsHere>, nowMs: number): number {
    const firedAtMs = alert.firedAtMs ?? alert.openedAtMs
    const { scopes, workspace } = placesOf(alert, parts.owners)
    const gone = new Set(here.filter(({ channel }) => channel.gone).map(({ channel }) => channel.id))
    const mended = new Map(here.map(({ channel }) => [channel.id, channel.mendedThrough]))
    const isMended = (one: DeliveryRow) => isBack(one, gone) || isFromBefore(one, mended)
    const owed = deliveries.byAlert(alert.id).filter((one) => isOfThisFiring(one, firedAtMs) && !isMended(one))
    const { owe: next, nextAtMs } = whoIsOwed({
      ladder: ladderOf(
        parts.routing(),
        { severity: alert.severity, places: scopes, firedAtMs },
        here.map(({ channel, isCostly }) => ({ id: channel.id, isCostly })),
        parts.zone(),
      ),
      owed,
      reachable: new Set(here.filter(({ channel }) => !channel.gone).map(({ channel }) => channel.id)),
      gone,
      firedAtMs,
      nowMs,
      fallbackMs: parts.routing().fallbackMinutes * minuteMs,
    })
    for (const { channelId, because } of next) {
      const found = here.find(({ channel }) => channel.id === channelId)
      if (found)
        owe(alert, found.channel, { occasion: 'fired', because, editsId: null, gatheredMs: null, workspace }, nowMs)
    }
    for (const one of owed) {
      const channel = here.find((candidate) => candidate.channel.id === one.channelId)?.channel
      if (
        one.held === 'quiet' &&
        one.state === 'pending' &&
        channel &&
        quietOf(channel, alert.severity, nowMs) === null
      )
        deliveries.release(alert.id, one.channelId, nowMs)
    }
    return nextAtMs
  }

  return {
    /** Everybody who is to hear of what fires now. Answers when to look again; Infinity: when something happens. */
    firing(open: readonly AlertRow[], nowMs: number): number {
      let nextAtMs = Infinity
      let looks = 0
      let here: ReturnType<typeof channelsHere> | null = null
      traffic = new Map()
      for (const alert of open) {
        if (alert.state !== 'firing') continue
        const rest = resting.get(alert.id)
        let untilMs = rest?.severity === alert.severity ? rest.untilMs : -Infinity
        if (untilMs <= nowMs) {
          // The rest of a storm follows at once, but not in the same breath.
          if (++looks > mostLooks) return nowMs
          untilMs = mutedBy(alert, open) ? Infinity : look(alert, (here ??= channelsHere()), nowMs)
          resting.set(alert.id, { severity: alert.severity, untilMs })
        }
        nextAtMs = Math.min(nextAtMs, untilMs)
      }
      return nextAtMs
    },
    /**
     * News of an alert go only to a channel that heard it; a message that still waits says the newest state itself.
     * Where they are some of many, they wait until all of those are known.
     */
    news(alert: AlertRow, occasion: Exclude<Occasion, 'fired'>, nowMs: number, gatheredMs: number | null): void {
      const earlier = deliveries.byAlert(alert.id)
      const { workspace } = placesOf(alert, parts.owners)
      for (const { channel, skips, edits } of channelsHere()) {
        if (channel.gone || skips.includes(occasion)) continue
        const mine = earlier.filter((one) => one.channelId === channel.id)
        for (const telling of tellingsOf(mine, occasion, edits))
          owe(alert, channel, { occasion, because: 'news', gatheredMs, workspace, ...telling }, nowMs)
      }
    },
    /** The clock was set back: what is held through the night is held until the end of the quiet hours as they are now. */
    rewind(nowMs: number, severityOf: (alertId: string) => Severity | null): void {
      const channels = new Map(parts.channels().map((channel) => [channel.id, channel]))
      for (const { id, channelId, alertId } of deliveries.quiet()) {
        const [channel, severity] = [channels.get(channelId), severityOf(alertId)]
        deliveries.hold(id, (channel && severity && quietOf(channel, severity, nowMs)) ?? nowMs)
      }
    },
    /** Something happened to this alert, or to the way all of them are told. */
    lookAgain(alertId?: string): void {
      if (alertId === undefined) resting.clear()
      else resting.delete(alertId)
    },
  }
}

/** The end of the quiet hours of whoever a channel reaches; null when it may be told now. */
export function quietUntil(
  channel: Pick<ChannelRow, 'person'>,
  people: readonly Person[],
  severity: Severity,
  nowMs: number,
  zone: string,
): number | null {
  const person = people.find(({ name }) => name === channel.person)
  if (!person?.quiet || gravityOf(severity) >= gravityOf(person.passes)) return null
  return endOfHours(person.quiet, nowMs, person.zone ?? zone)
}

function asHeld(held: Held, untilMs: number | null): { held: Held; untilMs: number } | null {
  return untilMs === null ? null : { held, untilMs }
}

/** It failed because the channel was gone, and the channel is back. */
function isBack({ state, failure, channelId }: DeliveryRow, gone: ReadonlySet<string>): boolean {
  return state === 'failed' && failure?.kind === 'channel-gone' && !gone.has(channelId)
}

/** It failed for good, and a person changed the channel since. */
function isFromBefore({ id, state, channelId }: DeliveryRow, mended: ReadonlyMap<string, number>): boolean {
  return state === 'failed' && id <= (mended.get(channelId) ?? 0)
}

function isOfThisFiring(delivery: DeliveryRow, firedAtMs: number): boolean {
  return delivery.occasion === 'fired' && (delivery.owedAtMs >= firedAtMs || delivery.state === 'pending')
}
