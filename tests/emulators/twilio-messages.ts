import { randomBytes } from 'node:crypto'
import { segmentsOf } from '../../electron/alerts/channels/sms-segments.ts'
import type { EmulatedAnswer, EmulatedRequest } from './http.ts'

export interface SentText {
  sid: string
  to: string
  from: string | null
  service: string | null
  body: string
  validityPeriod: number
  smartEncoded: boolean
  segments: number
  status: string
  errorCode: number | null
  price: string | null
  priceUnit: string | null
  createdMs: number
  sentMs: number | null
}

export const twilioNumber = '+15005550010'
export const twilioService = 'MG0123456789abcdef0123456789abcdef'

export type TwilioMessages = ReturnType<typeof createTwilioMessages>

/** The messages of one account as documented, with a sender of its own; it keeps what it was told. */
export function createTwilioMessages(now: () => number) {
  const sent: SentText[] = []
  /** Told so about a number, the next request to send to it is refused with this code. */
  const refused = new Map<string, number>()
  const verified = new Set<string>()
  const state = { isTrial: false, looksUntilDelivered: Infinity, mostPageSize: 1_000 }
  const looks = new Map<string, number>()

  function create(form: URLSearchParams): EmulatedAnswer {
    const [to, from, service, body] = ['To', 'From', 'MessagingServiceSid', 'Body'].map((name) => form.get(name) ?? '')
    if (!to) return refuse(400, 21604, "A 'To' phone number is required.")
    if (!/^\+\d{8,15}$/.test(to)) return refuse(400, 21211, `The 'To' number ${to} is not a valid phone number.`)
    if (!from && !service) return refuse(400, 21603, "A 'From' phone number is required.")
    if (from && !/^\+?\w+$/.test(from)) return refuse(400, 21212, `The 'From' number ${from} is not valid.`)
    if (from && from !== twilioNumber)
      return refuse(400, 21606, `The 'From' phone number ${from} is not a valid, SMS-capable number of this account.`)
    if (service && service !== twilioService) return refuse(404, 20404, 'The requested resource was not found')
    if (!body) return refuse(400, 21602, 'Message body is required.')
    if (body.length > 1_600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
    const validity = Number(form.get('ValidityPeriod') ?? '36000')
    if (!(validity >= 1 && validity <= 36_000)) return refuse(400, 21664, 'ValidityPeriod: 1 to 36000')
    const code = refused.get(to)
    if (code === 20429 || code === 21611 || code === 14107 || code === 63038)
      return refuse(429, code, 'Too many requests')
    if (code !== undefined) return refuse(400, code, `Twilio says no to ${to}`)
    if (state.isTrial && !verified.has(to))
      return refuse(
        400,
        21608,
        `The number ${to} is unverified. Trial accounts cannot send messages to unverified numbers.`,
      )
    const text = state.isTrial ? `Sent from your Twilio trial account - ${body}` : body
    const message: SentText = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      to,
      from: from || null,
      service: service || null,
      body: text,
      validityPeriod: validity,
      smartEncoded: form.get('SmartEncoded') === 'true',
      segments: segmentsOf(text).segments,
      status: service ? 'accepted' : 'queued',
      errorCode: null,
      price: null,
      priceUnit: null,
      createdMs: now(),
      sentMs: null,
    }
    sent.push(message)
    return { status: 201, json: view(message) }
  }

  function list(url: URL): EmulatedAnswer {
    const get = (name: string) => url.searchParams.get(name)
    const size = Number(get('PageSize') ?? '50')
    if (!Number.isInteger(size) || size < 1 || size > 1_000) return refuse(400, 20001, 'PageSize: 1 to 1000')
    const pageSize = Math.min(size, state.mostPageSize)
    const since = get('DateSent>')
    const found = sent
      .filter((one) => (get('To') ?? one.to) === one.to)
      // What was not sent yet has no day on which it was.
      .filter((one) => since === null || (one.sentMs !== null && one.sentMs >= Date.parse(since)))
      .toReversed()
    const page = Number(get('Page') ?? '0')
    const next = new URLSearchParams(url.searchParams)
    next.set('Page', String(page + 1))
    next.set('PageToken', `PASM${page + 1}`)
    return {
      status: 200,
      headers: { date: new Date(now()).toUTCString() },
      json: {
        messages: found.slice(page * pageSize, (page + 1) * pageSize).map(view),
        page,
        page_size: pageSize,
        next_page_uri: (page + 1) * pageSize < found.length ? `${url.pathname}?${next}` : null,
        previous_page_uri: null,
      },
    }
  }

  function fetchOne(sid: string): EmulatedAnswer {
    const message = sent.find((one) => one.sid === sid)
    if (!message) return refuse(404, 20404, 'The requested resource was not found')
    const seen = (looks.get(sid) ?? 0) + 1
    looks.set(sid, seen)
    if (seen === state.looksUntilDelivered) advance(sid, 'delivered')
    // The price comes after the message.
    if (seen === state.looksUntilDelivered + 1) advance(sid, 'delivered', { price: '-0.00790', priceUnit: 'USD' })
    return { status: 200, json: view(message) }
  }

  /** The message gets on: `sending`, `sent`, `delivered`, `undelivered` with a code. */
  function advance(
    sid: string,
    status: string,
    facts: Partial<Pick<SentText, 'errorCode' | 'price' | 'priceUnit'>> = {},
  ): void {
    const message = sent.find((one) => one.sid === sid)
    if (!message) throw new Error(`no message ${sid}`)
    Object.assign(message, { status, ...facts })
    if (status !== 'sending') message.sentMs ??= now()
  }

  return {
    sent,
    refused,
    verified,
    state,
    advance,
    /** Null where this is not about messages. */
    answers({ method, url, body }: EmulatedRequest, resource: string): EmulatedAnswer | null {
      if (resource === '/Messages.json') return method === 'POST' ? create(new URLSearchParams(body)) : list(url)
      const sid = /^\/Messages\/((?:SM|MM)[0-9a-f]{32})\.json$/.exec(resource)?.[1]
      return sid === undefined ? null : fetchOne(sid)
    },
  }
}

function view(message: SentText) {
  const date = (ms: number | null) => (ms === null ? null : new Date(ms).toUTCString().replace('GMT', '+0000'))
  return {
    sid: message.sid,
    api_version: '2010-04-01',
    direction: 'outbound-api',
    to: message.to,
    from: message.from,
    messaging_service_sid: message.service,
    body: message.body,
    // Not known before a service has chosen its sender.
    num_segments: message.service ? '0' : String(message.segments),
    num_media: '0',
    status: message.status,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : 'See the list of codes',
    price: message.price,
    price_unit: message.priceUnit,
    date_created: date(message.createdMs),
    date_sent: date(message.sentMs),
    date_updated: date(message.sentMs ?? message.createdMs),
  }
}

function refuse(status: number, code: number, message: string): EmulatedAnswer {
  return { status, json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } }
}
