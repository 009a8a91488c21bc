import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail, type Failure } from '../../../shared/failures.ts'
import { hourMs, minuteMs, secondMs } from '../../../shared/time.ts'
import { isLoopback, rebase } from '../../http/origins.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import { sendJson } from '../../http/send-json.ts'
import type { Channel, DeliveryOutcome, Message } from './channel.ts'
import { inert, inertLine } from './inert.ts'
import { cut, factText, instantText, noteOf, type Note } from './note.ts'
import { i18n } from '../../../shared/words.ts'

/**
 * A longer message becomes a file that somebody has to open: docs.ntfy.sh/publish/#limitations. The whole JSON may be
 * twice as long, three buttons are shown (#action-buttons), and a sequence id has up to 64 of [-_A-Za-z0-9]
 * (server.go). Since 2.28 a title has at most 1 KB and tags 512 bytes (its release notes). Checked 2026-11-25.
 */
const limits = { messageBytes: 4_096, bodyBytes: 8_192, actions: 3 } as const
/** Characters; a title has up to three bytes for each. Nine facts leave room for a sentence about what happened. */
const shares = { title: 200, summary: 800, fact: 250 } as const

/** Allowed at once are 60 requests, then one each five seconds. */
const refillMs = 5 * secondMs
/** The messages of a day are counted until midnight UTC; asking more often does not help. */
const quotaMs = 15 * minuteMs

const priorities: Record<Note['tone'], number> = { info: 3, warning: 4, critical: 5, resolved: 2 }
/** Short codes of emojis, which stand before the title. */
const tags: Record<Note['tone'], string> = {
  info: 'information_source',
  warning: 'warning',
  critical: 'rotating_light',
  resolved: 'white_check_mark',
}

export interface NtfyBody {
  title: string
  message: string
  /** 5 goes through "do not disturb" where its owner allows that; 2 makes no sound. */
  priority: number
  tags: string[]
  click?: string
  /** They open a page and do nothing by themselves: a button that asks (`http`) would send from the telephone. */
  actions?: { action: 'view'; label: string; url: string }[]
}

/**
 * A topic of ntfy. What follows about an alert has the same sequence id, by which servers since 2.16 and their apps
 * replace the notification; older ones ignore it and show another.
 */
export const ntfy: Channel<NtfyBody> = {
  available: () => true,
  edits: true,
  skips: [],
  refuse: ({ secret, baseUrl }) => {
    const topic = topicOf(secret ?? '', baseUrl)
    return typeof topic === 'string' ? topic : null
  },
  render,
  async send(context, message, { receipt }) {
    const topic = topicOf(context.secret ?? '', context.baseUrl)
    if (typeof topic === 'string') return { delivered: false, next: 'give-up', failure: fail('invalid-input', topic) }
    const follows = message.occasion !== 'fired' && message.occasion !== 'test'
    const sequence = (follows ? receipt : null) ?? sequenceId(message)
    const answer = await sendJson(context.system, {
      method: 'POST',
      url: rebase(topic.server, context.baseUrl).href,
      body: { topic: topic.name, sequence_id: sequence, ...render(message) },
      timeoutMs: 15_000,
      headers: topic.authorization === null ? {} : { authorization: topic.authorization },
    })
    if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
    return judge(answer.value, sequence, context.system.clock.now())
  },
}

/** The same at each attempt at one delivery, and like that of no other guard that tells the same topic. */
function sequenceId({ alerts, key }: Message): string {
  return createHash('sha256').update(`${alerts[0].id}/${key}`).digest('hex').slice(0, 32)
}

interface Topic {
  server: URL
  name: string
  authorization: string | null
}

/** The topic a secret speaks of, or what is wrong with it. */
function topicOf(secret: string, baseUrl: string | null): Topic | string {
  const wrong = i18n.t(
    'An ntfy topic URL looks like https://ntfy.sh/<topic>, with a topic of letters, digits, - and _.',
  )
  const [address = '', login = ''] = secret.split(/ +(.*)/s)
  const url = URL.canParse(address) ? new URL(address) : null
  const name = /^\/([-_A-Za-z0-9]{1,64})\/?$/.exec(url?.pathname ?? '')?.[1]
  if (!url || name === undefined || url.search || url.hash) return wrong
  if (url.username || url.password)
    return i18n.t('Put the login after the topic URL, with a space between: user:password.')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLoopback(url.hostname) || baseUrl !== null)))
    return i18n.t('The topic URL must be https; plain http is only for this machine (127.0.0.1).')
  if (login !== '' && !/^(tk_\w+|[^:\s]+:.+)$/.test(login))
    return i18n.t('After the topic URL and a space comes an access token tk_… or user:password.')
  return { server: new URL('/', url), name, authorization: login === '' ? null : authorizationOf(login) }
}

function authorizationOf(login: string): string {
  return login.includes(':') ? `Basic ${Buffer.from(login).toString('base64')}` : `Bearer ${login}`
}

/** What ntfy itself answers, rather than what stands before it: server/errors.go, checked 2026-11-25. */
const published = z.object({ id: z.string().min(1), event: z.literal('message') })
const refused = z.object({ code: z.number().int(), http: z.number().int() })

interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  json: unknown
}

function judge({ status, headers, json }: Answer, sequence: string, nowMs: number): DeliveryOutcome {
  if (status === 200 && published.safeParse(json).success) return { delivered: true, receipt: sequence }
  const code = refused.safeParse(json).data?.code ?? null
  const said = code === null ? `${status}` : `${status} (code ${code})`
  const again = (failure: Failure): DeliveryOutcome => ({ delivered: false, next: 'retry', failure })
  if (status === 429)
    return again(
      fail(
        'rate-limited',
        code === 42_908 ? i18n.t('The messages of this day are used up.') : i18n.t('ntfy asked us to wait.'),
        {
          status,
          retryAtMs: waitedFor(headers, code, nowMs),
        },
      ),
    )
  if (status === 507)
    return again(
      fail('channel-rejected', i18n.t('ntfy keeps nothing for a topic that no device is subscribed to.'), { status }),
    )
  if (status >= 500 || status === 408)
    return again(fail('provider-down', i18n.t('ntfy answered {said}.', { said }), { status }))
  // A page, a redirect to a login, "not found" of a proxy whose ntfy is down: none of it says anything about the topic.
  if (status < 400 || (code === null && [401, 403, 404].includes(status)))
    return again(
      fail(
        'unexpected-response',
        i18n.t('What stands at this address answered {status}, but not as ntfy does.', { status }),
        { status },
      ),
    )
  const mend = code === null ? undefined : mends[code]
  if (mend) return { delivered: false, next: 'gone', failure: fail('channel-gone', mend(), { status }) }
  const failure = fail('channel-rejected', i18n.t('ntfy refused the message with {said}.', { said }), { status })
  return { delivered: false, next: 'give-up', failure }
}

/** What a person has to do before anything arrives, by the codes of ntfy. */
const mends: Readonly<Record<number, () => string>> = {
  40_101: () =>
    i18n.t(
      'ntfy refused the login. Check the access token or password, and edit the channel: it stands after the topic URL.',
    ),
  40_301: () =>
    i18n.t(
      'This login, or none, may not publish to the topic. Give it the right to, or choose another topic, and edit the channel.',
    ),
  40_401: () =>
    i18n.t('There is no ntfy at this address that takes messages. Check the topic URL and edit the channel.'),
  40_009: () => i18n.t('ntfy does not take this as a topic. Choose another and edit the channel.'),
  40_010: () => i18n.t('ntfy keeps this topic for itself. Choose another and edit the channel.'),
}

function waitedFor(headers: Answer['headers'], code: number | null, nowMs: number): number {
  const named = retryAfterAt(headers['retry-after'] ?? null, nowMs)
  const least = nowMs + (code === 42_908 ? quotaMs : named === null ? refillMs : secondMs)
  return Math.min(Math.max(named ?? 0, least), nowMs + hourMs)
}

function render(message: Message): NtfyBody {
  const note = noteOf(message)
  const news = message.occasion === 'fired' || message.occasion === 'grew' || message.occasion === 'test'
  const shown = note.actions.slice(0, limits.actions)
  const around = {
    title: cut(inertLine(note.title), shares.title),
    // What is no news should not wake anybody a second time.
    priority: news || message.isDigest ? priorities[note.tone] : priorities.resolved,
    tags: [tags[note.tone]],
    ...(note.link !== null && note.tone !== 'resolved' ? { click: note.link } : {}),
    ...(shown.length === 0 ? {} : { actions: shown.map((action) => ({ action: 'view' as const, ...action })) }),
  }
  const rest = note.actions.slice(limits.actions).map(({ label, url }) => `\n\n${label}: ${url}`)
  const room =
    Math.min(limits.messageBytes, limits.bodyBytes - bodyMargin - jsonBytes(around)) - jsonBytes(rest.join(''))
  return { ...around, message: cutBytes(bodyText(note), room) + rest.join('') }
}

/** Topic, sequence id, and the names of all fields. */
const bodyMargin = 256

function bodyText({ summary, facts, asOf }: Note): string {
  const sentences = summary.map((one) => cut(inert(one), facts.length === 0 ? limits.messageBytes : shares.summary))
  const rows = facts.map((fact) => {
    const text = cut(inert(factText(fact)), shares.fact)
    return `${fact.name}: ${text.includes('\n') ? `\n${text}` : text}`
  })
  return [...sentences, ...rows, ...(asOf ? [i18n.t('Data as of {at}', { at: instantText(asOf) })] : [])].join('\n')
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** At most so many bytes as JSON, which is never shorter than the text. */
function cutBytes(text: string, most: number): string {
  if (jsonBytes(text) <= most) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (jsonBytes(cut(text, middle)) <= most) low = middle
    else high = middle - 1
  }
  return cut(text, low)
}
