import { createHmac } from 'node:crypto'
import { fail } from '../../../shared/failures.ts'
import { secondMs } from '../../../shared/time.ts'
import { isLoopback, rebase } from '../../http/origins.ts'
import { sendJson, type Answer } from '../../http/send-json.ts'
import { gone, judgeStatus, refused } from './answers.ts'
import type { Channel, ChannelEntry, DeliveryOutcome } from './channel.ts'
import { renderPayload, type WebhookPayload } from './webhook-payload.ts'
import { i18n } from '../../../shared/words.ts'

const prefix = 'whsec_'

/**
 * A receiver of the user's own, by the Standard Webhooks specification (version 1.0.0,
 * github.com/standard-webhooks/standard-webhooks, checked 2026-11-25). The address may hold a token, so it is as private
 * as the secret.
 */
export const webhook: Channel<WebhookPayload> = {
  available: () => true,
  skips: [],
  refuse: (entry) => refuseSecret(entry.secret ?? '') ?? refuseUrl(entry),
  render: renderPayload,
  async send(context, message) {
    const problem = webhook.refuse(context)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const { clock } = context.system
    const body = JSON.stringify(renderPayload(message))
    const sentAt = Math.floor(clock.now() / secondMs)
    const answer = await sendJson(context.system, {
      method: 'POST',
      url: rebase(new URL(context.options['url'] ?? ''), context.baseUrl).href,
      body,
      headers: {
        'webhook-id': message.key,
        'webhook-timestamp': String(sentAt),
        'webhook-signature': sign(context.secret ?? '', `${message.key}.${sentAt}.${body}`),
      },
      timeoutMs: 24_000,
    })
    if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
    return judge(answer.value, clock.now())
  },
}

/** A signature of the specification over `id.timestamp.body`. */
export function sign(secret: string, content: string): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`
}

/** What follows `whsec_` is base64; another secret is taken letter by letter, as receivers call `raw`. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret)
}

function refuseSecret(secret: string): string | null {
  if (!secret.startsWith(prefix))
    return /^[\x21-\x7e]{16,}$/.test(secret)
      ? null
      : i18n.t(
          "The signing secret has at least 16 letters, digits or signs, without spaces. To make one: node -p \"'whsec_' + crypto.randomBytes(32).toString('base64')\"",
        )
  const key = keyOf(secret)
  const isWhole = /^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(prefix.length)) && key.length >= 24 && key.length <= 64
  return isWhole
    ? null
    : i18n.t('After whsec_ the signing secret is base64 of 24 to 64 bytes. Copy all of it, or make a new one.')
}

function refuseUrl({ options }: Pick<ChannelEntry, 'options'>): string | null {
  const text = options['url'] ?? ''
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) return i18n.t('The option url is the address of your receiver, such as https://example.com/alerts.')
  if (url.username || url.password)
    return i18n.t('The address must not hold a user name or password: the signature says who sent it.')
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return null
  return i18n.t('The address must be https; plain http is only for this machine (127.0.0.1).')
}

function judge(answer: Answer, nowMs: number): DeliveryOutcome {
  const { status } = answer
  if (status >= 200 && status < 300) return { delivered: true, receipt: null }
  if (status === 410)
    return gone(
      i18n.t(
        'The receiver wants no more of this (410). Send a test when it does, or edit the channel to use another address.',
      ),
      status,
    )
  if (status < 400)
    return refused(
      i18n.t('The receiver sent us elsewhere ({status}). Add it again with the new address.', { status }),
      status,
    )
  return judgeStatus(i18n.t('The receiver'), answer, nowMs)
}
