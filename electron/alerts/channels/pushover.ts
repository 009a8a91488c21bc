import { z } from 'zod'
import { andAgain, fail, type Failure } from '../../../shared/failures.ts'
import { dayMs, secondMs, utcDay } from '../../../shared/time.ts'
import { rebase } from '../../http/origins.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import { sendJson } from '../../http/send-json.ts'
import { quoteOf } from '../../http/status-failure.ts'
import type { Channel, ChannelContext, DeliveryOutcome, Message } from './channel.ts'
import { cut, factText, noteOf } from './note.ts'
import { untappable } from './inert.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const host = 'https://api.pushover.net'

/** pushover.net/api#limits, checked 2026-11-25. */
const limits = { message: 1_024, title: 250, url: 512, urlTitle: 100 } as const
/** Nine facts of this length leave room for the rest. */
const shares = { summary: 240, fact: 120, links: 480 } as const

export interface PushoverNote {
  title: string
  message: string
  /** When it was so: a message may be late. Seconds since 1970. */
  timestamp: number
  urgency: 'loudest' | 'loud' | 'usual' | 'quiet'
  url: string | null
  urlTitle: string | null
}

/**
 * Pushover. What is critical breaks through the quiet hours of the telephone, once or, as an emergency, again and again
 * until somebody confirms it there or the guard knows that somebody is at it.
 */
export const pushover: Channel<PushoverNote> = {
  available: () => true,
  skips: [],
  refuse: ({ secret, options }) => refuse(secret ?? '', options),
  render,
  async send(context, message, { receipt }) {
    const problem = refuse(context.secret ?? '', context.options)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    if (receipt !== null && (message.occasion === 'acknowledged' || message.occasion === 'resolved')) {
      const failure = await stopCalling(context, receipt)
      if (failure) return { delivered: false, next: 'retry', failure }
    }
    const answer = await post(context, '/1/messages.json', {
      user: secretOf(context).user,
      ...fieldsOf(render(message), context.options),
    })
    return answer.ok ? judge(answer.value, context) : { delivered: false, next: 'retry', failure: answer.failure }
  },
}

const keyShape = /^[A-Za-z0-9]{30}$/

function refuse(secret: string, options: Readonly<Record<string, string>>): string | null {
  const { token, user } = secretOf({ secret })
  if (!keyShape.test(token) || !keyShape.test(user))
    return i18n.t(
      'The secret is the API token of an application and a user or group key with a colon between, 30 characters each. Copy both again from pushover.net.',
    )
  const device = options['device'] ?? ''
  if (device !== '' && !/^[\w-]{1,25}(,[\w-]{1,25})*$/.test(device))
    return i18n.t(
      'The option device is the name of one device, or several with commas between, as pushover.net shows them.',
    )
  if (Number(options['expire'] || '3600') < Number(options['retry'] || '60'))
    return i18n.t('The option expire must not be shorter than retry: it would call only once.')
  return null
}

function secretOf({ secret }: Pick<ChannelContext, 'secret'>): { token: string; user: string } {
  const [token = '', user = ''] = (secret ?? '').split(':')
  return { token, user }
}

function post(context: ChannelContext, path: string, form: Record<string, string>) {
  return sendJson(context.system, {
    method: 'POST',
    url: rebase(new URL(path, host), context.baseUrl).href,
    form: { token: secretOf(context).token, ...form },
    timeoutMs: 15 * secondMs,
  })
}

const priorities = { loud: '1', usual: '0', quiet: '-1' } as const

function fieldsOf(note: PushoverNote, options: Readonly<Record<string, string>>): Record<string, string> {
  const calls = note.urgency === 'loudest' && options['critical'] === 'emergency'
  return {
    title: note.title,
    message: note.message,
    timestamp: String(note.timestamp),
    ...(calls
      ? { priority: '2', retry: options['retry'] || '60', expire: options['expire'] || '3600' }
      : { priority: priorities[note.urgency === 'loudest' ? 'loud' : note.urgency] }),
    ...(note.url === null ? {} : { url: note.url, url_title: note.urlTitle ?? 'Open' }),
    ...(options['device'] ? { device: options['device'] } : {}),
  }
}

const receiptShape = /^[A-Za-z0-9]{30}$/

/** Somebody is at it. A call that was confirmed or has ended already cannot be cancelled, which is as good. */
async function stopCalling(context: ChannelContext, receipt: string): Promise<Failure | null> {
  if (!receiptShape.test(receipt)) return null
  const answer = await post(context, `/1/receipts/${receipt}/cancel.json`, {})
  if (!answer.ok) return answer.failure
  const { status } = answer.value
  return status >= 500 ? faulty(status, context) : null
}

const answerBody = z.object({
  status: z.number(),
  receipt: z.string().regex(receiptShape).optional().catch(undefined),
  info: z.string().optional(),
  token: z.string().optional(),
  user: z.unknown().optional(),
})

interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  json: unknown
}

/** pushover.net/api#response and #friendly, checked 2026-11-25: what is refused with 4xx must not be sent again. */
function judge(answer: Answer, context: ChannelContext): DeliveryOutcome {
  const { status, json } = answer
  if (status >= 500 || status === 408) return { delivered: false, next: 'retry', failure: faulty(status, context) }
  if (status === 429) return judgeLimit(answer, context.system.clock.now())
  const parsed = answerBody.safeParse(json)
  if (!parsed.success) {
    const failure = fail(
      'unexpected-response',
      i18n.t('Pushover, or what stands before it, answered with something else.'),
      {
        status,
      },
    )
    return { delivered: false, next: 'retry', failure }
  }
  const body = parsed.data
  const nobody = /no active devices/i.test(`${body.info ?? ''} ${quoteOf(json, [])}`)
  // It is taken with 200, and goes nowhere.
  if (nobody)
    return giveUp(
      i18n.t('This Pushover user has no device. Install the app and log in, or choose another user.'),
      status,
    )
  if (status === 200 && body.status === 1) return { delivered: true, receipt: body.receipt ?? null }
  if (body.token === 'invalid' || body.user === 'invalid') {
    const said =
      body.token === 'invalid'
        ? i18n.t('Pushover does not know this API token. Add it again with a new one.')
        : i18n.t('Pushover does not know this user key. Add it again with a new one.')
    const failure = fail('channel-gone', said, { status })
    return { delivered: false, next: 'gone', failure }
  }
  const said = quoteOf(json, [context.secret ?? ''])
  return giveUp(
    sentences(
      i18n.t('Pushover refused the message with {status}.', { status }),
      said ? i18n.t('It says: {said}', { said }) : '',
    ),
    status,
  )
}

function giveUp(message: string, status: number): DeliveryOutcome {
  return { delivered: false, next: 'give-up', failure: fail('channel-rejected', message, { status }) }
}

/** It asks for five seconds at least. */
function faulty(status: number, { system }: ChannelContext): Failure {
  const retryAtMs = system.clock.now() + 5 * secondMs
  return fail('provider-down', andAgain(i18n.t('Pushover answered {status}.', { status })), { status, retryAtMs })
}

/** Either too many at once, or all messages of the month are used up; then it says when the next month begins. */
function judgeLimit({ status, headers }: Answer, nowMs: number): DeliveryOutcome {
  const resetMs = Number(headers['x-limit-app-reset'] ?? '') * secondMs
  const isUsedUp = headers['x-limit-app-remaining'] === '0' && resetMs > nowMs
  if (isUsedUp && resetMs > nowMs + dayMs)
    return giveUp(
      i18n.t('All messages of the month at Pushover are used up until {day}. Buy more on pushover.net.', {
        day: utcDay(resetMs),
      }),
      status,
    )
  const named = isUsedUp ? resetMs : retryAfterAt(headers['retry-after'] ?? null, nowMs)
  const retryAtMs = Math.max(named ?? nowMs + 5 * secondMs, nowMs + secondMs)
  return {
    delivered: false,
    next: 'retry',
    failure: fail('rate-limited', i18n.t('Pushover asked us to wait.'), { status, retryAtMs }),
  }
}

function render(message: Message): PushoverNote {
  const note = noteOf(message)
  const [first, ...others] = [
    ...message.actions,
    ...(note.link !== null && note.tone !== 'resolved'
      ? [{ label: i18n.t('What to do about it'), url: note.link }]
      : []),
  ].filter(({ url }) => url.length <= limits.url)
  const links = others
    .map(({ label, url }) => `${label}: ${url}`)
    .filter((_line, nth, all) => all.slice(0, nth + 1).join('\n').length <= shares.links)
    .join('\n')
  const isNews = message.occasion === 'acknowledged' || message.occasion === 'resolved'
  const facts = note.facts.filter(({ name }) => name !== (isNews ? 'Why' : 'State'))
  const words = [
    cut(untappable(note.summary.join('\n')), facts.length === 0 ? limits.message : shares.summary),
    ...facts.map(
      (fact) =>
        `${fact.name}: ${cut(untappable(factText(fact)).replaceAll('\n', 'rows' in fact ? ', ' : ' '), shares.fact)}`,
    ),
  ].join('\n')
  return {
    title: cut(untappable(note.title), limits.title),
    message: [cut(words, limits.message - (links ? links.length + 1 : 0)), links].filter(Boolean).join('\n'),
    timestamp: Math.floor(Date.parse(note.updatedAt) / secondMs),
    urgency: urgencyOf(message, note.tone),
    url: first?.url ?? null,
    urlTitle: first ? cut(first.label, limits.urlTitle) : null,
  }
}

/** Only what begins calls again and again: who was called once need not be called anew because it grew. */
function urgencyOf({ occasion }: Message, tone: ReturnType<typeof noteOf>['tone']): PushoverNote['urgency'] {
  if (occasion === 'acknowledged' || occasion === 'resolved') return 'quiet'
  if (tone === 'critical') return occasion === 'fired' ? 'loudest' : 'loud'
  return tone === 'info' && occasion !== 'test' ? 'quiet' : 'usual'
}
