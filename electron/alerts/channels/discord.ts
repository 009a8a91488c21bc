import { fail, type Failure } from '../../../shared/failures.ts'
import { hourMs, secondMs } from '../../../shared/time.ts'
import { isLoopback, rebase } from '../../http/origins.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import { sendJson, type Answer } from '../../http/send-json.ts'
import { gone, refused } from './answers.ts'
import { nothingEarlier, type Channel, type ChannelContext, type DeliveryOutcome, type Message } from './channel.ts'
import { cut, instantText, noteOf, type Fact, type Note } from './note.ts'
import { i18n } from '../../../shared/words.ts'

/** Limits: discord.com/developers/docs/resources/message#embed-object-embed-limits, checked 2026-11-23. */
const limits = { title: 256, fieldName: 256 } as const
/** All texts of a message together may have 6000 characters; nine fields of at most 500 leave this to the rest. */
const shares = { description: 1000, descriptionAlone: 4000, fieldValue: 500 } as const

const hosts = new Set(['discord.com', 'ptb.discord.com', 'canary.discord.com', 'discordapp.com'])
const webhookPath = /^\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+\/?$/

const colours: Record<Note['tone'], number> = {
  info: 0x4c8bf5,
  warning: 0xf5a623,
  critical: 0xe74c3c,
  resolved: 0x2ecc71,
}

interface Embed {
  title: string
  description: string
  color: number
  timestamp: string
  fields: { name: string; value: string; inline: boolean }[]
  footer: { text: string }
}
export interface DiscordBody {
  username: string
  embeds: [Embed]
  /** Names come from providers: they must never ping anybody. */
  allowed_mentions: { parse: [] }
}

/** A Discord webhook. The first message about an alert is posted, what follows edits it in place. */
export const discord: Channel<DiscordBody> = {
  available: () => true,
  edits: true,
  skips: [],
  refuse: ({ secret, baseUrl }) => refuseUrl(secret ?? '', baseUrl),
  render,
  async send(context, message, { receipt, isOlder }) {
    const problem = refuseUrl(context.secret ?? '', context.baseUrl)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const edits = receipt !== null && message.occasion !== 'fired' && message.occasion !== 'test'
    const url = target(context, edits ? receipt : null)
    const answer = await sendJson(context.system, {
      method: edits ? 'PATCH' : 'POST',
      url,
      body: render(message),
      timeoutMs: 15_000,
    })
    if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
    const outcome = judge(answer.value, context.system.clock.now())
    // Somebody deleted the message: say it anew, where nothing newer says it.
    if (edits && !outcome.delivered && outcome.failure.status === 404 && codeOf(answer.value.json) === 10_008) {
      return isOlder ? { delivered: true, receipt: null } : discord.send(context, message, nothingEarlier)
    }
    return outcome.delivered && edits ? { delivered: true, receipt } : outcome
  },
}

function refuseUrl(secret: string, baseUrl: string | null): string | null {
  const wrong = i18n.t(
    'A Discord webhook URL looks like https://discord.com/api/webhooks/<number>/<token>. Copy it again from the channel settings.',
  )
  const url = URL.canParse(secret) ? new URL(secret) : null
  if (!url || !webhookPath.test(url.pathname) || url.username || url.password) return wrong
  if (baseUrl !== null) return null
  if (url.protocol === 'https:' && hosts.has(url.hostname) && url.port === '') return null
  return isLoopback(url.hostname) ? null : wrong
}

function target(context: ChannelContext, messageId: string | null): string {
  const url = rebase(new URL(context.secret ?? ''), context.baseUrl)
  url.pathname = url.pathname.replace(/\/$/, '')
  if (messageId) url.pathname += `/messages/${messageId}`
  const thread = url.searchParams.get('thread_id')
  url.search = ''
  if (thread) url.searchParams.set('thread_id', thread)
  // Without it a message that was not saved gives no error.
  if (!messageId) url.searchParams.set('wait', 'true')
  return url.href
}

/** Not 404: whoever says it, Discord restricts clients that keep posting to a webhook that is gone. */
const mayBeFront = new Set([200, 401, 403])

function judge(answer: Answer, nowMs: number): DeliveryOutcome {
  const { status } = answer
  // Discord itself answers in JSON. A page, such as a challenge of its front or the login of a company's proxy, says
  // nothing about the webhook or the message, and must cost neither.
  if (mayBeFront.has(status) && answer.json === undefined) {
    const failure = fail(
      'unexpected-response',
      i18n.t('Discord, or what stands before it, answered with something else.'),
      {
        status,
      },
    )
    return { delivered: false, next: 'retry', failure }
  }
  if (status === 200) {
    const id = (answer.json as { id?: unknown } | null)?.id
    return { delivered: true, receipt: typeof id === 'string' && /^\d+$/.test(id) ? id : null }
  }
  if (status === 204) return { delivered: true, receipt: null }
  if (status === 429) {
    const failure: Failure = fail('rate-limited', i18n.t('Discord asked us to wait.'), {
      status,
      retryAtMs: retryAt(answer, nowMs),
    })
    return { delivered: false, next: 'retry', failure }
  }
  const code = codeOf(answer.json)
  if ((status === 404 && code !== 10_008) || status === 401)
    return gone(
      i18n.t(
        'The Discord webhook no longer exists. Make a new one in the channel settings of Discord and edit the channel here.',
      ),
      status,
    )
  if (status >= 500 || status === 408)
    return {
      delivered: false,
      next: 'retry',
      failure: fail('provider-down', i18n.t('Discord answered {status}.', { status }), { status }),
    }
  const said = code === null ? `${status}` : `${status}/${code}`
  return refused(i18n.t('Discord refused the message with {said}.', { said }), status)
}

function codeOf(json: unknown): number | null {
  const code = (json as { code?: unknown } | null | undefined)?.code
  return typeof code === 'number' ? code : null
}

/** Seconds, with decimals, in the body; in the header where the answer is a page of Discord's front. */
function retryAt(answer: Answer, nowMs: number): number {
  const body = (answer.json as { retry_after?: unknown } | null | undefined)?.retry_after
  const named = retryAfterAt(typeof body === 'number' ? String(body) : (answer.headers['retry-after'] ?? null), nowMs)
  return Math.min(Math.max(named ?? 0, nowMs + secondMs), nowMs + hourMs)
}

function render(message: Message): DiscordBody {
  const note = noteOf(message)
  const links = [
    ...note.actions.map(({ label, url }) => `[${label}](${url})`),
    ...(note.link && note.tone !== 'resolved' ? [note.link] : []),
  ]
  const fields = [...note.facts.map(fieldOf), { name: 'Links', value: links.join('\n'), inline: false }]
  return {
    username: 'API Spend Guard',
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: cut(note.title, limits.title),
        description: cut(
          plain(note.summary.join('\n')),
          note.facts.length === 0 ? shares.descriptionAlone : shares.description,
        ),
        color: colours[note.tone],
        timestamp: note.updatedAt,
        fields: fields.filter(({ value }) => value.trim() !== ''),
        footer: {
          text: note.asOf ? i18n.t('Data as of {at}', { at: instantText(note.asOf) }) : 'API Spend Guard',
        },
      },
    ],
  }
}

function fieldOf(fact: Fact): Embed['fields'][number] {
  return { name: cut(fact.name, limits.fieldName), value: cut(valueOf(fact), shares.fieldValue), inline: fact.isShort }
}

function valueOf(fact: Fact): string {
  if ('at' in fact) return discordTime(fact.at)
  if ('text' in fact) return plain(fact.text)
  return fact.rows.map(({ name, amount }) => `${verbatim(name)} ${amount}`).join('\n')
}

/** Discord shows it in the reader's own time zone. */
function discordTime(instant: string): string {
  return `<t:${Math.floor(Date.parse(instant) / 1_000)}:f>`
}

/** Texts hold names that come from providers; markdown in them is text, and so is an address. */
function plain(text: string): string {
  return text.replace(/([\\*_~`|<>[\]]|:(?=\/\/))/g, '\\$1')
}

/** An id or name, verbatim. */
function verbatim(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``
}
