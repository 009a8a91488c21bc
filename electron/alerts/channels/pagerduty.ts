import type { Alert } from '../../../shared/alerts.ts'
import { fail } from '../../../shared/failures.ts'
import { secondMs } from '../../../shared/time.ts'
import { rebase } from '../../http/origins.ts'
import { sendJson, type Answer } from '../../http/send-json.ts'
import { gone, judgeStatus, unrelated, type Failed } from './answers.ts'
import {
  messageAbout,
  nothingEarlier,
  type Channel,
  type ChannelContext,
  type Earlier,
  type Message,
} from './channel.ts'
import { cut, factText, headline, noteOf } from './note.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/**
 * Limits: developer.pagerduty.com/docs/events-api-v2-overview (512 KB) and .../send-alert-event, checked 2026-11-25. A
 * source and a detail have none of their own; these keep an event far below the whole.
 */
const limits = { summary: 1_024, source: 255, detail: 4_000 } as const
const hosts = { us: 'events.pagerduty.com', eu: 'events.eu.pagerduty.com' } as const

/** The events of one attempt share this: a message of several alerts is several events. */
const longestAttemptMs = 25 * secondMs

/** An event but for the integration key. */
export interface PagerDutyEvent {
  event_action: 'trigger' | 'acknowledge' | 'resolve'
  dedup_key: string
  client?: string
  links?: { href: string; text: string }[]
  payload?: {
    summary: string
    source: string
    severity: Alert['severity']
    timestamp: string
    class: Alert['rule']
    custom_details: Record<string, string>
  }
}

/**
 * PagerDuty by its Events API v2. An alert is an incident: its growth is added, and it is acknowledged and resolved with
 * the alert. Several alerts in one message are an incident each, because each ends by itself.
 */
export const pagerduty: Channel<PagerDutyEvent[]> = {
  available: () => true,
  endsEach: true,
  skips: [],
  refuse: ({ secret }) =>
    /^[0-9A-Za-z]{32}$/.test(secret ?? '')
      ? null
      : i18n.t(
          'An integration key of PagerDuty has 32 letters and digits. Copy it from the Events API V2 integration of the service; an API access key is something else.',
        ),
  render: (message) => eventsOf(message, nothingEarlier),
  async send(context, message, earlier) {
    const problem = pagerduty.refuse(context)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const events = eventsOf(message, earlier)
    const untilMs = context.system.clock.now() + longestAttemptMs
    let worst: Failed | null = null
    // An attempt that ends half-way is repeated whole: PagerDuty tells repetitions by their key.
    for (const event of events) {
      const failed = await sendEvent(context, event, untilMs)
      if (failed && failed.next !== 'give-up') return failed
      worst ??= failed
    }
    return worst ?? { delivered: true, receipt: isSingle(message) ? (events[0]?.dedup_key ?? null) : null }
  },
}

function isSingle({ alerts, more }: Message): boolean {
  return alerts.length === 1 && more === 0
}

/**
 * While an incident is acknowledged, further triggers notify nobody. So an alert that fires again is a new incident,
 * which takes the place of the one before; the receipt names the newest.
 */
function eventsOf(message: Message, earlier: Earlier): PagerDutyEvent[] {
  const { receipt } = earlier
  if (!isSingle(message)) return message.alerts.flatMap((alert) => eventsOfOne(alert, message, earlier))
  const [alert] = message.alerts
  const key = receipt ?? alert.id
  if (message.occasion === 'test') return [eventOf(alert, message, 'trigger', `test:${message.key}`)]
  // Also where it ended before it could be told: nobody is woken for that.
  if (message.occasion === 'resolved' || alert.state === 'resolved') return [eventOf(alert, message, 'resolve', key)]
  const isTakenUp = message.isDigest && actionOf(alert) === 'acknowledge'
  if (message.occasion === 'acknowledged' || isTakenUp) return [eventOf(alert, message, 'acknowledge', key)]
  const trigger = (toKey: string) => eventOf(alert, message, 'trigger', toKey)
  if (message.occasion === 'grew' || receipt === null) return [trigger(key)]
  return [trigger(`${alert.id}:${message.key}`), eventOf(alert, message, 'resolve', receipt)]
}

/**
 * One of several. No receipt is kept of each, so it goes on under the key it has: an incident that may be acknowledged is
 * ended first, and what fires again opens it anew. Not where an attempt was cut short, which may have done so.
 */
function eventsOfOne(alert: Alert, message: Message, { receiptOf, isUnsettled }: Earlier): PagerDutyEvent[] {
  const known = receiptOf(alert.id)
  const event = eventOf(alert, message, actionOf(alert), known ?? alert.id)
  const isAnew = event.event_action === 'trigger' && known !== null && !isUnsettled
  return isAnew ? [eventOf(alert, message, 'resolve', known), event] : [event]
}

/** Of several alerts, or after a quiet night, some may have been taken up or ended: nobody is woken for those. */
function actionOf({ state }: Alert): PagerDutyEvent['event_action'] {
  if (state === 'resolved') return 'resolve'
  return state === 'acknowledged' || state === 'snoozed' ? 'acknowledge' : 'trigger'
}

function eventOf(alert: Alert, message: Message, action: PagerDutyEvent['event_action'], key: string): PagerDutyEvent {
  if (action !== 'trigger') return { event_action: action, dedup_key: key }
  const own = { ...messageAbout(alert, message.occasion), isDigest: message.isDigest }
  const links = [
    ...message.actions.map(({ label, url }) => ({ href: url, text: label })),
    ...(alert.link ? [{ href: alert.link, text: i18n.t('Open at the provider') }] : []),
  ]
  return {
    event_action: action,
    dedup_key: key,
    client: 'API Spend Guard',
    ...(links.length > 0 ? { links } : {}),
    payload: {
      summary: cut(`${headline(own)}: ${alert.summary}`, limits.summary),
      source: cut(alert.scopeLabel, limits.source) || i18n.t('API spend'),
      severity: alert.severity,
      timestamp: alert.updatedAt,
      class: alert.rule,
      custom_details: detailsOf(alert, own, message),
    },
  }
}

/** The words of the note for people; amounts once more as plain numbers, for rules in PagerDuty. */
function detailsOf(alert: Alert, own: Message, message: Message): Record<string, string> {
  const { facts } = noteOf(own)
  const more =
    message.more === 0 ? '' : i18n.t('{more} of them are not told here: open the dashboard.', { more: message.more })
  const details: [name: string, text: string][] = [
    ...facts.map((fact): [string, string] => [fact.name, factText(fact)]),
    ...(isSingle(message) ? [] : [[i18n.t('Together'), sentences(`${headline(message)}.`, more)] as [string, string]]),
    [i18n.t('Data as of'), alert.asOf ?? ''],
    ['amount', alert.amount ?? ''],
    ['limit', alert.limit ?? ''],
    ['currency', alert.currency],
  ]
  return Object.fromEntries(details.map(([name, text]) => [name, cut(text, limits.detail)]).filter(([, text]) => text))
}

async function sendEvent(context: ChannelContext, event: PagerDutyEvent, untilMs: number): Promise<Failed | null> {
  const { secret, options, baseUrl, system } = context
  const host = options['region'] === 'eu' ? hosts.eu : hosts.us
  const answer = await sendJson(system, {
    method: 'POST',
    url: rebase(new URL(`https://${host}/v2/enqueue`), baseUrl).href,
    body: { routing_key: secret, ...event },
    timeoutMs: Math.max(untilMs - system.clock.now(), secondMs),
  })
  if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
  return judge(answer.value, system.clock.now())
}

/** 202 is success, 429 and 5xx are to be tried again: .../events-api-v2-overview, checked 2026-11-25. */
function judge(answer: Answer, nowMs: number): Failed | null {
  const { status, json } = answer
  if (status === 202) return null
  const mayBeFront = status === 401 || status === 403
  if (status < 400 || (mayBeFront && json === undefined)) return unrelated('PagerDuty', status)
  if (status === 400 && /routing[ _]key/i.test(JSON.stringify(json ?? '')))
    return gone(i18n.t('PagerDuty does not know the integration key. Make a new one and edit the channel.'), status)
  return judgeStatus('PagerDuty', answer, nowMs)
}
