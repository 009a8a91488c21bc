import { randomUUID } from 'node:crypto'
import type { Alert } from '../../shared/alerts.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Judgement } from '../detection/finding.ts'
import type { Owners } from '../ledger/owners.ts'
import { createAlertsTable, type AlertRow } from '../storage/alerts.ts'
import type { ChannelRow, ChannelsTable } from '../storage/channels.ts'
import type { Db } from '../storage/database.ts'
import { createDeliveriesTable, type Occasion } from '../storage/deliveries.ts'
import { presentAlert } from './present.ts'
import { stepAlerts, type AlertStep } from './life-cycle.ts'

export type AlertBook = ReturnType<typeof createAlertBook>

/** Keeps alerts, their history and what is owed to whom. Everything that writes runs inside the caller's transaction. */
export function createAlertBook(
  db: Db,
  parts: {
    channels: ChannelsTable
    owners: Owners
    /** Whether this host can serve a channel, and whether the occasion is something to say there. */
    hears(channel: ChannelRow, occasion: Occasion): boolean
  },
) {
  const alerts = createAlertsTable(db)
  const deliveries = createDeliveriesTable(db)

  function take(step: AlertStep, nowMs: number): void {
    alerts.save(step.alert)
    if (step.change) alerts.addChange({ alertId: step.alert.id, atMs: nowMs, ...step.change })
    if (step.announce) owe(step.alert, step.announce, nowMs)
  }

  /**
   * Every channel hears what fires; news of an alert go only to a channel that heard it fire. A message that is still
   * waiting says the newest state when it goes out, so growth adds none.
   */
  function owe(alert: AlertRow, occasion: Occasion, nowMs: number): void {
    const earlier = deliveries.byAlert(alert.id)
    for (const channel of parts.channels.all()) {
      if (channel.gone || !parts.hears(channel, occasion)) continue
      const mine = earlier.filter((delivery) => delivery.channelId === channel.id)
      const heard = mine.some((delivery) => delivery.state === 'delivered' || delivery.state === 'pending')
      if (occasion !== 'fired' && !heard) continue
      if (
        mine.some((delivery) => delivery.state === 'pending' && (delivery.occasion === occasion || occasion === 'grew'))
      )
        continue
      deliveries.owe(alert.id, channel.id, occasion, nowMs)
    }
  }

  function present(alert: AlertRow): Alert {
    return presentWith(alert, parts.channels.all())
  }

  function presentWith(alert: AlertRow, channels: readonly ChannelRow[]): Alert {
    return presentAlert(alert, {
      changes: alerts.changes(alert.id),
      deliveries: deliveries.byAlert(alert.id),
      channels,
      owners: parts.owners,
    })
  }

  return {
    deliveries,
    open: () => alerts.open(),
    latest: alerts.latest,
    /** A transaction was rolled back: what was noted of it is wrong. */
    reload: alerts.forget,
    get: (id: string): Alert | null => {
      const alert = alerts.get(id)
      return alert && present(alert)
    },
    list: (state: Parameters<typeof alerts.list>[0], limit: number): Alert[] => {
      const channels = parts.channels.all()
      return alerts.list(state, limit).map((alert) => presentWith(alert, channels))
    },
    /** Turns what the judges found into alerts and messages that are owed. Answers what it did. */
    accept(judgement: Judgement, nowMs: number, asOfMs: number | null): AlertStep[] {
      const steps = stepAlerts({
        judgement,
        open: alerts.open(),
        latest: alerts.latest,
        nowMs,
        asOfMs,
        newId: () => randomUUID(),
      })
      for (const step of steps) take(step, nowMs)
      return steps
    },
    /** A new channel hears of what is firing already and nobody has acknowledged. */
    introduce(channelId: string, nowMs: number): void {
      for (const alert of alerts.open()) {
        if (alert.state === 'firing') deliveries.owe(alert.id, channelId, 'fired', nowMs)
      }
    },
    /** A person's hand: acknowledge, snooze, resolve. */
    change(id: string, nowMs: number, act: (alert: AlertRow) => AlertStep): Result<Alert> {
      const alert = alerts.get(id)
      if (!alert) return err(fail('not-found', `There is no alert ${id}. "spend-guard alerts list" shows them.`))
      if (alert.state === 'resolved') return err(fail('invalid-input', 'This alert is resolved already.'))
      take(act(alert), nowMs)
      const changed = alerts.get(id)
      return changed ? ok(present(changed)) : err(fail('internal', 'The alert is gone.'))
    },
  }
}
