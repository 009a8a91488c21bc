import { randomUUID } from 'node:crypto'
import type { Alert } from '../../shared/alerts.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Judgement } from '../detection/finding.ts'
import { everyAlert, type AlertSearch } from '../storage/alert-search.ts'
import { createAlertsTable, type AlertRow } from '../storage/alerts.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { Db } from '../storage/database.ts'
import { createDeliveriesTable } from '../storage/deliveries.ts'
import { createVerdictsTable, type VerdictRow } from '../storage/verdicts.ts'
import { createAnnouncer, type AnnounceParts } from './announce.ts'
import { groupMs } from './grouping.ts'
import { inGoes } from './in-goes.ts'
import { mutedBy } from './inhibit.ts'
import { stepAlerts, type AlertStep } from './life-cycle.ts'
import { presentAlert, scopeLabel } from './present.ts'
import { i18n } from '../../shared/words.ts'

export type AlertBook = ReturnType<typeof createAlertBook>

/** Keeps alerts, their history and what is owed to whom. Everything that writes runs inside the caller's transaction. */
export function createAlertBook(db: Db, parts: Omit<AnnounceParts, 'deliveries'>) {
  const alerts = createAlertsTable(db)
  const deliveries = createDeliveriesTable(db)
  const verdicts = createVerdictsTable(db)
  const announcer = createAnnouncer({ ...parts, deliveries })
  let nextAtMs = Infinity
  /**
   * Findings that are not alerts yet, and ends that are not taken. Whoever judges again finds them again, so none is
   * lost. What comes of it is told together, at this time.
   */
  let backlog: { judgement: Judgement; asOfMs: number | null; gatheredMs: number } | null = null

  function take(step: AlertStep, nowMs: number, gatheredMs: number | null = null): void {
    alerts.save(step.alert)
    if (step.change) alerts.addChange({ alertId: step.alert.id, atMs: nowMs, ...step.change })
    if (step.announce && step.announce !== 'fired') announcer.news(step.alert, step.announce, nowMs, gatheredMs)
    if (step.change) announcer.lookAgain(step.alert.id)
  }

  function announce(nowMs: number): void {
    const ownMs = announcer.firing(alerts.open(), nowMs)
    nextAtMs = backlog ? nowMs : ownMs
  }

  /** A storm of findings becomes alerts in several goes, gravest first, so that no transaction is long. */
  function acceptSome(
    judgement: Judgement,
    nowMs: number,
    asOfMs: number | null,
    knownGatheredMs: number | null = null,
  ): AlertStep[] {
    const { now, later } = inGoes(judgement, alerts.open())
    const gatheredMs = knownGatheredMs ?? (later && nowMs + groupMs)
    backlog = later && gatheredMs !== null ? { judgement: later, asOfMs, gatheredMs } : null
    const steps = stepAlerts({
      judgement: now,
      open: alerts.open(),
      latest: alerts.latest,
      nowMs,
      asOfMs,
      newId: () => randomUUID(),
    })
    for (const step of steps) take(step, nowMs, gatheredMs)
    // What one alert says decides what another one need not.
    if (steps.some((step) => step.change !== null)) announcer.lookAgain()
    announce(nowMs)
    return steps
  }

  function present(alert: AlertRow): Alert {
    return presentWith(alert, parts.channels(), alerts.open())
  }

  function presentWith(alert: AlertRow, channels: readonly ChannelRow[], open: readonly AlertRow[]): Alert {
    return presentAlert(alert, {
      changes: alerts.changes(alert.id),
      deliveries: deliveries.byAlert(alert.id),
      attempts: deliveries.attempts(alert.id),
      verdicts: verdicts.byAlert(alert.id),
      channels,
      owners: parts.owners,
      mutedBy: alert.state === 'firing' ? (mutedBy(alert, open)?.id ?? null) : null,
    })
  }

  function presentAll(rows: readonly AlertRow[]): Alert[] {
    const channels = parts.channels()
    const open = alerts.open()
    return rows.map((alert) => presentWith(alert, channels, open))
  }
  const find = (search: AlertSearch): Alert[] => presentAll(alerts.find(search))

  function reload(): void {
    alerts.forget()
    backlog = null
    announcer.lookAgain()
  }

  return {
    deliveries,
    open: () => alerts.open(),
    latest: alerts.latest,
    row: alerts.get,
    /** A transaction was rolled back: what was noted of it is wrong. */
    reload,
    /** The clock was set back by so much: nobody waits for the time that was. */
    rewind(nowMs: number, byMs: number): void {
      alerts.rewind(nowMs, byMs)
      deliveries.rewind(nowMs, byMs)
      announcer.rewind(nowMs, (id) => alerts.get(id)?.severity ?? null)
      reload()
    },
    get: (id: string): Alert | null => {
      const alert = alerts.get(id)
      return alert && present(alert)
    },
    /** Newest first. Those that are open are at hand. */
    list: (state: AlertSearch['state'], limit: number): Alert[] =>
      state === 'open' ? presentAll(alerts.open().toReversed().slice(0, limit)) : find({ ...everyAlert, state, limit }),
    find,
    /** Scopes of alerts by the name that people gave them. */
    scopesNamed: (isIt: (label: string) => boolean): string[] =>
      alerts.scopes().filter((scope) => isIt(scopeLabel(scope, parts.owners))),
    /** What a person made of an alert, also of one that is over. */
    judge: (verdict: VerdictRow): void => verdicts.add(verdict),
    /** Turns what the judges found into alerts and messages that are owed. Answers what it did. */
    accept(judgement: Judgement, nowMs: number, asOfMs: number | null): AlertStep[] {
      backlog = null
      return acceptSome(judgement, nowMs, asOfMs)
    },
    /** What fires and is not acknowledged is told to everybody whose time has come. */
    announce(nowMs: number): void {
      if (backlog) acceptSome(backlog.judgement, nowMs, backlog.asOfMs, backlog.gatheredMs)
      else announce(nowMs)
    },
    /** Channels, people or routes changed, or a message was settled: who is owed what may be different. */
    lookAgain: announcer.lookAgain,
    /** When time alone changes who is told; Infinity: never. */
    nextAtMs: () => nextAtMs,
    /** A person's hand: acknowledge, snooze, resolve. */
    change(id: string, nowMs: number, act: (alert: AlertRow) => AlertStep): Result<Alert> {
      const alert = alerts.get(id)
      if (!alert) return err(unknownAlert(id))
      if (alert.state === 'resolved') return err(fail('invalid-input', i18n.t('This alert is resolved already.')))
      take(act(alert), nowMs)
      announcer.lookAgain()
      announce(nowMs)
      const changed = alerts.get(id)
      return changed ? ok(present(changed)) : err(fail('internal', i18n.t('The alert is gone.')))
    },
  }
}

export function unknownAlert(id: string): Failure {
  return fail('not-found', i18n.t('There is no alert {id}. "spend-guard alerts list" shows them.', { id }))
}
