import { fail } from '../../../shared/failures.ts'
import { isLoopback, rebase } from '../../http/origins.ts'
import { sendJson, type Answer } from '../../http/send-json.ts'
import { gone, judgeStatus, limited, refused, unrelated } from './answers.ts'
import {
  nothingEarlier,
  type Channel,
  type ChannelContext,
  type ChannelEntry,
  type DeliveryOutcome,
} from './channel.ts'
import { renderBlocks, type SlackBlock } from './slack-blocks.ts'
import { i18n } from '../../../shared/words.ts'

export interface SlackBody {
  /** What a notification on a telephone shows, and screen readers. */
  text: string
  blocks: SlackBlock[]
}

const botToken = /^xoxb-[\w-]{10,}$/
const channelId = /^[CGD][A-Z0-9]{6,}$/
const webhookHosts = new Set(['hooks.slack.com', 'hooks.slack-gov.com'])
const webhookPath = /^\/services\/T\w+\/B\w+\/\w+\/?$/
const receiptShape = /^([A-Z0-9]+) (\d+\.\d+)$/

/**
 * Slack by a bot token, whose first message about an alert is edited in place, or by an incoming webhook, which can only
 * post.
 */
export const slack: Channel<SlackBody> = {
  available: () => true,
  edits: true,
  skips: [],
  refuse,
  render: renderBlocks,
  async send(context, message, { receipt, isOlder }) {
    const problem = refuse(context)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const isFollowUp = message.occasion !== 'fired' && message.occasion !== 'test'
    const [, channel, ts] = (isFollowUp && receiptShape.exec(receipt ?? '')) || []
    const edited = channel && ts ? { channel, ts } : null
    const body = renderBlocks(message)
    const request = isBot(context) ? callOf(context, body, edited) : postOf(context, body)
    const answer = await sendJson(context.system, { method: 'POST', timeoutMs: 15_000, ...request })
    if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
    const nowMs = context.system.clock.now()
    if (!isBot(context)) return judgePost(answer.value, nowMs)
    // Somebody deleted the message, or it is not this bot's: say it anew, where nothing newer says it.
    if (edited && notThere.has(errorOf(answer.value.json) ?? ''))
      return isOlder ? { delivered: true, receipt: null } : slack.send(context, message, nothingEarlier)
    return judgeCall(answer.value, nowMs)
  },
}

function isBot({ secret }: Pick<ChannelEntry, 'secret'>): boolean {
  return (secret ?? '').startsWith('xoxb-')
}

function refuse({ secret, options }: Pick<ChannelEntry, 'secret' | 'options'>): string | null {
  const text = secret ?? ''
  const channel = options['channel'] ?? ''
  if (/^xox|^xapp/.test(text)) {
    if (!botToken.test(text))
      return i18n.t(
        'Of the tokens of a Slack app the bot token is needed: it begins with xoxb-. Copy it from OAuth & Permissions.',
      )
    return channelId.test(channel)
      ? null
      : i18n.t(
          'With a bot token, the option channel is the id of the channel, such as C0123456789: it stands at the bottom of the channel details.',
        )
  }
  const wrong = i18n.t(
    'This is neither a bot token (xoxb-…) nor an incoming webhook (https://hooks.slack.com/services/…). Copy it again from the settings of the Slack app.',
  )
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || url.username || url.password) return wrong
  if (/^\/(?:workflows|triggers)\//.test(url.pathname))
    return i18n.t(
      'This starts a workflow. Take an incoming webhook, whose URL begins with https://hooks.slack.com/services/.',
    )
  if (!webhookPath.test(url.pathname)) return wrong
  const isSlack = url.protocol === 'https:' && webhookHosts.has(url.hostname) && url.port === ''
  if (!isSlack && !isLoopback(url.hostname)) return wrong
  return channel === '' ? null : i18n.t('A webhook posts to the channel it was made for: leave the option channel out.')
}

function postOf({ secret, baseUrl }: ChannelContext, body: SlackBody) {
  const url = rebase(new URL(secret ?? ''), baseUrl)
  return { url: url.href, body: { ...body, unfurl_links: false, unfurl_media: false } }
}

function callOf(context: ChannelContext, body: SlackBody, edited: { channel: string; ts: string } | null) {
  const url = rebase(new URL(`https://slack.com/api/chat.${edited ? 'update' : 'postMessage'}`), context.baseUrl)
  const where = edited ?? { channel: context.options['channel'], unfurl_links: false, unfurl_media: false }
  return {
    url: url.href,
    // An update would look for links and names in the text, other than a post.
    body: { ...where, ...body, parse: 'none', link_names: false },
    headers: { authorization: `Bearer ${context.secret}` },
  }
}

// The words of Slack: docs.slack.dev/reference/methods/chat.postMessage and chat.update, checked 2026-11-25.
const notThere = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])
const passing = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])
const waiting = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded'])
const noToken = new Set(['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'])

function judgeCall(answer: Answer, nowMs: number): DeliveryOutcome {
  const { status, json } = answer
  const { ok, channel, ts } = (json ?? {}) as { ok?: unknown; channel?: unknown; ts?: unknown }
  const error = errorOf(json)
  if (status === 429 || waiting.has(error ?? '')) return limited('Slack', answer, nowMs)
  if (status >= 500) return judgeStatus('Slack', answer, nowMs)
  if (ok === true) {
    const receipt = `${String(channel)} ${String(ts)}`
    return { delivered: true, receipt: receiptShape.test(receipt) ? receipt : null }
  }
  if (error === null) return unrelated('Slack', status)
  if (passing.has(error)) return judgeStatus('Slack', { ...answer, status: 503 }, nowMs)
  if (noToken.has(error))
    return gone(
      i18n.t('Slack no longer takes the bot token ({error}). Install the app anew and edit the channel here.', {
        error,
      }),
      status,
    )
  if (error === 'channel_not_found')
    return gone(
      i18n.t(
        'Slack knows no such channel, or the app is not in it. Invite the app and send a test, or edit the channel here to use another.',
      ),
      status,
    )
  if (error === 'is_archived')
    return gone(
      i18n.t('The Slack channel is archived. Restore it and send a test, or edit the channel here to use another.'),
      status,
    )
  if (error === 'not_in_channel')
    return refused(i18n.t('The Slack app is not in the channel. Invite it there: /invite and its name.'), status)
  if (error === 'missing_scope') return refused(i18n.t('The Slack app lacks the scope chat:write.'), status)
  return refused(i18n.t('Slack refused the message ({error}).', { error }), status)
}

function errorOf(json: unknown): string | null {
  const { ok, error } = (json ?? {}) as { ok?: unknown; error?: unknown }
  return ok === false && typeof error === 'string' && codeShape.test(error) ? error : null
}

const codeShape = /^[a-z_]{2,60}$/

/** The words of webhooks: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, checked 2026-11-25. */
const noWebhook = new Set([
  'no_service',
  'no_service_id',
  'no_active_hooks',
  'no_team',
  'team_disabled',
  'invalid_token',
])
const noChannel = new Set(['channel_not_found', 'channel_is_archived'])

/** A webhook answers `ok`, or one word that says what is wrong, as plain text. */
function judgePost(answer: Answer, nowMs: number): DeliveryOutcome {
  const { status } = answer
  const word = answer.text.trim()
  const isWord = codeShape.test(word)
  if (status === 200 && word === 'ok') return { delivered: true, receipt: null }
  if (status === 429 || waiting.has(word)) return limited('Slack', answer, nowMs)
  if (status >= 500 || status === 408) return judgeStatus('Slack', answer, nowMs)
  if (noChannel.has(word))
    return gone(
      i18n.t('The channel of the Slack webhook is archived or deleted. Make a new one for another channel.'),
      status,
    )
  if (noWebhook.has(word) || status === 404 || status === 410)
    return gone(
      i18n.t('The Slack webhook no longer exists. Make a new one in the settings of the app and edit the channel.'),
      status,
    )
  if (!isWord && (status < 400 || status === 401 || status === 403)) return unrelated('Slack', status)
  return refused(
    isWord
      ? i18n.t('Slack refused the message with {status} ({word}).', { status, word })
      : i18n.t('Slack refused the message with {status}.', { status }),
    status,
  )
}
