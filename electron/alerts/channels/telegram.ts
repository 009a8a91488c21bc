import { z } from 'zod'
import { fail } from '../../../shared/failures.ts'
import { secondMs } from '../../../shared/time.ts'
import { rebase } from '../../http/origins.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import { sendJson } from '../../http/send-json.ts'
import { quoteOf } from '../../http/status-failure.ts'
import type { Channel, ChannelContext, ChannelEntry, DeliveryOutcome, Message } from './channel.ts'
import { cut, factText, instantText, noteOf, type Fact, type Note } from './note.ts'
import { untappable } from './inert.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const host = 'https://api.telegram.org'

/**
 * A message has 4096 characters, not counting tags (core.telegram.org/bots/api#sendmessage, checked 2026-11-25). Nine
 * facts of this length leave room for the rest.
 */
const shares = { title: 200, summary: 800, summaryAlone: 3_000, fact: 250 } as const

interface Button {
  text: string
  url: string
}

export interface TelegramBody {
  text: string
  parse_mode: 'HTML'
  link_preview_options: { is_disabled: true }
  disable_notification: boolean
  /** One below the other. Left out, an edit takes them away. */
  reply_markup?: { inline_keyboard: [Button][] }
}

/** A Telegram bot. The first message about an alert is sent, what follows edits it in place. */
export const telegram: Channel<TelegramBody> = {
  available: () => true,
  edits: true,
  skips: [],
  refuse,
  render: (message) => render(message, true),
  async send(context, message, { receipt, isOlder }) {
    const problem = refuse(context)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const edits = receipt !== null && message.occasion !== 'fired' && message.occasion !== 'test'
    let way: Way = {
      chat: context.options['chat_id'] ?? '',
      topic: context.options['message_thread_id'] || null,
      edited: edits ? receipt : null,
      hasButtons: true,
      isMoved: false,
    }
    for (;;) {
      const answer = await ask(context, way, message)
      if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
      const refused = refusalOf(answer.value.json)
      const other = refused && otherWay(way, refused)
      if (isOlder && way.edited !== null && other?.edited === null) return { delivered: true, receipt: null }
      if (!other) return judge(answer.value, refused, way, context)
      way = other
    }
  },
}

const tokenShape = /^\d{5,20}:[\w-]{30,64}$/

function refuse({ secret, options }: ChannelEntry): string | null {
  if (!tokenShape.test(secret ?? ''))
    return i18n.t('A Telegram bot token is a number, a colon and 35 letters. Ask @BotFather for it with /token.')
  if (!/^(?:-?\d{1,20}|@\w{4,32})$/.test(options['chat_id'] ?? ''))
    return i18n.t(
      'The option chat_id is the number of a chat, such as -1001234567890, or the @name of a public channel.',
    )
  if (!/^\d{0,15}$/.test(options['message_thread_id'] ?? ''))
    return i18n.t('The option message_thread_id is the number of a topic, such as 42.')
  return null
}

/** How a message is tried: each refusal that names another way leads to a plainer one, so this ends. */
interface Way {
  chat: string
  topic: string | null
  /** The message that is edited; null sends a new one. */
  edited: string | null
  hasButtons: boolean
  isMoved: boolean
}

function otherWay(way: Way, { description, parameters }: Refusal): Way | null {
  // Groups get another number when they grow up.
  const movedTo = parameters?.migrate_to_chat_id
  if (movedTo !== undefined && !way.isMoved) return { ...way, chat: String(movedTo), isMoved: true }
  // Somebody deleted the message: say it anew, where nothing newer says it.
  if (way.edited !== null && /message to edit not found|can't be edited|MESSAGE_ID_INVALID/i.test(description))
    return { ...way, edited: null }
  // Somebody closed the topic: better in the chat than nowhere.
  if (way.topic !== null && /thread not found|TOPIC_(CLOSED|DELETED)/i.test(description)) return { ...way, topic: null }
  // Telegram has buttons for addresses on the internet only; elsewhere the address is text.
  if (way.hasButtons && /button/i.test(description)) return { ...way, hasButtons: false }
  return null
}

function ask(context: ChannelContext, way: Way, message: Message) {
  const { disable_notification: isSilent, ...content } = render(message, way.hasButtons)
  const method = way.edited === null ? 'sendMessage' : 'editMessageText'
  const own =
    way.edited === null
      ? { disable_notification: isSilent, ...(way.topic === null ? {} : { message_thread_id: Number(way.topic) }) }
      : { message_id: Number(way.edited) }
  return sendJson(context.system, {
    method: 'POST',
    url: rebase(new URL(`/bot${context.secret}/${method}`, host), context.baseUrl).href,
    body: { chat_id: way.chat, ...own, ...content },
    timeoutMs: 15 * secondMs,
  })
}

const sent = z.object({ ok: z.literal(true), result: z.object({ message_id: z.number().int() }) })
const refusal = z.object({
  ok: z.literal(false),
  description: z.string().catch(''),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.union([z.number(), z.string()]).optional() })
    .optional(),
})
type Refusal = z.output<typeof refusal>

function refusalOf(json: unknown): Refusal | null {
  return refusal.safeParse(json).data ?? null
}

interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  json: unknown
}

/** core.telegram.org/bots/api#making-requests and #responseparameters, checked 2026-11-25. */
function judge(answer: Answer, refused: Refusal | null, way: Way, context: ChannelContext): DeliveryOutcome {
  const { status, json } = answer
  const done = sent.safeParse(json)
  if (status === 200 && done.success)
    return { delivered: true, receipt: way.edited ?? String(done.data.result.message_id) }
  if (way.edited !== null && /message is not modified/i.test(refused?.description ?? ''))
    return { delivered: true, receipt: way.edited }
  if (status === 429) {
    const nowMs = context.system.clock.now()
    const seconds = refused?.parameters?.retry_after ?? answer.headers['retry-after'] ?? null
    const named = retryAfterAt(seconds === null ? null : String(seconds), nowMs)
    const retryAtMs = Math.max(named ?? nowMs + 5 * secondMs, nowMs + secondMs)
    return retry('rate-limited', i18n.t('Telegram asked us to wait.'), { status, retryAtMs })
  }
  if (status >= 500 || status === 408)
    return retry('provider-down', i18n.t('Telegram answered {status}.', { status }), { status })
  if (refused === null)
    return retry('unexpected-response', i18n.t('Telegram, or what stands before it, answered with something else.'), {
      status,
    })
  const gone = goneText(status, refused.description)
  if (gone) return { delivered: false, next: 'gone', failure: fail('channel-gone', gone, { status }) }
  const said = quoteOf({ message: refused.description }, [context.secret ?? ''])
  const failure = fail(
    'channel-rejected',
    sentences(
      i18n.t('Telegram refused the message with {status}.', { status }),
      said ? i18n.t('It says: {said}', { said }) : '',
    ),
    {
      status,
    },
  )
  return { delivered: false, next: 'give-up', failure }
}

function retry(...failure: Parameters<typeof fail>): DeliveryOutcome {
  return { delivered: false, next: 'retry', failure: fail(...failure) }
}

/** What only a person can mend. Rights within a chat are not of it: they come back without us. */
function goneText(status: number, description: string): string | null {
  // An unknown token is an unknown path.
  if (status === 401 || status === 404)
    return i18n.t('Telegram does not know this bot token. Ask @BotFather for a new one and edit the channel.')
  if (/chat not found|chat_id is empty|PEER_ID_INVALID/i.test(description))
    return i18n.t(
      'Telegram does not find the chat, or the bot is not in it. Write to the bot, or add it to the group, and edit the channel: chat_id is its number.',
    )
  if (/bot was blocked/i.test(description))
    return i18n.t(
      'The person blocked the bot in Telegram. Unblock it and send a test, or edit the channel to use another chat.',
    )
  if (status === 403)
    return i18n.t(
      'The bot may not write to this chat: it was removed, or nobody wrote to it yet. Let it in and send a test, or edit the channel to use another chat.',
    )
  return null
}

const signs: Record<Note['tone'], string> = { info: '🔵', warning: '🟠', critical: '🔴', resolved: '✅' }

function render(message: Message, hasButtons: boolean): TelegramBody {
  const note = noteOf(message)
  const links: Button[] = [
    ...note.actions.map(({ label, url }) => ({ text: label, url })),
    ...(note.link !== null && note.tone !== 'resolved'
      ? [{ text: i18n.t('What to do about it'), url: note.link }]
      : []),
  ]
  const summary = cut(note.summary.join('\n'), note.facts.length === 0 ? shares.summaryAlone : shares.summary)
  const text = [
    `${signs[note.tone]} <b>${plain(cut(note.title, shares.title))}</b>`,
    plain(summary),
    note.facts.map((fact) => `<b>${fact.name}</b>: ${valueOf(fact)}`).join('\n'),
    hasButtons ? '' : links.map(({ text: label, url }) => `${label}: ${escaped(url)}`).join('\n'),
    note.asOf === null ? '' : `<i>${i18n.t('Data as of {at}', { at: instantText(note.asOf) })}</i>`,
  ]
  return {
    text: text.filter((part) => part.trim() !== '').join('\n\n'),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    disable_notification: note.tone === 'resolved',
    ...(hasButtons && links.length > 0
      ? { reply_markup: { inline_keyboard: links.map((link): [Button] => [link]) } }
      : {}),
  }
}

function valueOf(fact: Fact): string {
  if (!('rows' in fact)) return plain(cut(factText(fact), shares.fact))
  // Verbatim: in code Telegram looks for no addresses and names.
  return fact.rows.map(({ name, amount }) => `<code>${escaped(name.trim() || '?')}</code> ${amount}`).join(', ')
}

/**
 * Text that holds names from providers. Telegram makes links of addresses and hashtags by itself, commands of `/word`,
 * and calls people by `@name`: a joiner that nobody sees keeps them apart.
 */
function plain(text: string): string {
  return escaped(untappable(text).replace(/[@#]|(?<!\S)\//gu, '$&\u2060'))
}

/** core.telegram.org/bots/api#html-style */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
