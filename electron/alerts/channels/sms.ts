import { z } from 'zod'
import { andAgain, fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { hourMs, minuteMs, secondMs } from '../../../shared/time.ts'
import { amountNanos, currencyCode } from '../../http/json-schema.ts'
import { reachedNobody } from '../../http/network-failure.ts'
import { rebase } from '../../http/origins.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import { sendJson } from '../../http/send-json.ts'
import { quoteOf } from '../../http/status-failure.ts'
import type {
  Arrival,
  Channel,
  ChannelContext,
  ChannelEntry,
  DeliveryOutcome,
  Message,
  MessageCost,
} from './channel.ts'
import { referenceOf, smsText } from './sms-text.ts'
import { lossText, refusals } from './twilio-codes.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const host = 'https://api.twilio.com'
const timeoutMs = 15 * secondMs

/** What a day of looking back may have; a list that is longer was not looked through. */
const mostPages = 10
const pageSize = 100
/** Twilio's own clocks may differ, and a header names whole seconds. */
const slackMs = hourMs
/** Many carriers never say whether a message arrived: after this, what they took counts as arrived. */
const sentIsFinalAfterMs = 10 * minuteMs

/**
 * Text messages by Twilio. Each costs money and none can be unsent, and Twilio knows no idempotency key: an attempt
 * without an answer is looked for in the list of messages before there is another.
 * twilio.com/docs/messaging/api/message-resource, checked 2026-11-25.
 */
export const sms: Channel<string> = {
  available: () => true,
  skips: ['acknowledged'],
  refuse: (entry) => {
    const line = lineOf(entry)
    return line.ok ? null : line.failure
  },
  render: smsText,
  async send(context, message, { isUnsettled }) {
    const line = lineOf(context)
    if (!line.ok) return { delivered: false, next: 'give-up', failure: fail('invalid-input', line.failure) }
    if (isUnsettled) {
      const earlier = await findSent(context, line.value, message)
      if (!earlier.ok) return { delivered: false, next: 'retry', failure: earlier.failure, mayHaveArrived: true }
      if (earlier.value) return { delivered: true, receipt: earlier.value, unconfirmed: true }
    }
    return post(context, line.value, smsText(message))
  },
  async confirm(context, receipt) {
    const line = lineOf(context)
    if (!line.ok || !sidShape.test(receipt)) return { state: 'under-way' }
    const answer = await ask(context, line.value, `${line.value.path}/${receipt}.json`)
    const found = answer.ok ? sentMessage.safeParse(answer.value.json) : null
    // Not to be told what became of it is not to have lost it.
    if (!found?.success) return { state: 'under-way' }
    return arrivalOf(found.data, context.system.clock.now())
  },
}

/** A sender, an addressee, and the right to use them. */
interface Line {
  /** Of the account's messages, without `.json`. */
  path: string
  authorization: string
  to: string
  from: Record<string, string>
}

const accountSid = /^AC[0-9a-f]{32}$/i
const numberShape = /^\+[1-9]\d{6,14}$/
/** A number, a short code, or a name of up to eleven characters that has a letter. */
const senderShape = /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[a-z])[\w +&-]{1,11})$/i
const sidShape = /^(?:SM|MM)[0-9a-f]{32}$/i

function lineOf({ secret, options }: ChannelEntry): Result<Line, string> {
  const option = (name: string) => options[name] ?? ''
  const at = (secret ?? '').indexOf(':')
  const [user, password] =
    at < 0 ? [option('account_sid'), secret ?? ''] : [secret!.slice(0, at), secret!.slice(at + 1)]
  const account = option('account_sid') || (accountSid.test(user) ? user : '')
  const isKey = /^SK[0-9a-f]{32}$/i.test(user)
  if (
    password.length < 16 ||
    (at < 0 && !/^[0-9a-z]{32}$/i.test(password)) ||
    (at >= 0 && !isKey && !accountSid.test(user))
  )
    return err(
      i18n.t(
        'The secret is a Twilio API key and its secret with a colon between (SK…:…), Account SID and Auth Token (AC…:…), or the Auth Token alone. Copy it again from the Console.',
      ),
    )
  if (!accountSid.test(account))
    return err(
      i18n.t('The option account_sid must be the Account SID: AC and 32 digits, on the first page of the Console.'),
    )
  if (!numberShape.test(option('to')))
    return err(i18n.t('The option to is one number with its country, such as +14155550123, without spaces.'))
  const service = option('messaging_service_sid')
  const from = option('from')
  if (!service && !from)
    return err(
      i18n.t('There is no sender: give the option from (a Twilio number of yours) or messaging_service_sid (MG…).'),
    )
  if (service && !/^MG[0-9a-f]{32}$/i.test(service))
    return err(i18n.t('The option messaging_service_sid is MG and 32 digits, as the Console shows it.'))
  if (from && !senderShape.test(from))
    return err(i18n.t('The option from is a number such as +14155550100, a short code, or a name of up to 11 letters.'))
  return ok({
    path: `/2010-04-01/Accounts/${account}/Messages`,
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    to: option('to'),
    from: { ...(from ? { From: from } : {}), ...(service ? { MessagingServiceSid: service } : {}) },
  })
}

function ask(context: ChannelContext, { authorization }: Line, path: string, form?: Record<string, string>) {
  return sendJson(context.system, {
    method: form ? 'POST' : 'GET',
    url: rebase(new URL(path, host), context.baseUrl).href,
    headers: { authorization },
    timeoutMs,
    ...(form ? { form } : {}),
  })
}

async function post(context: ChannelContext, line: Line, body: string): Promise<DeliveryOutcome> {
  let mayHaveArrived = true
  const watched: typeof fetch = async (input, init) => {
    try {
      return await context.system.fetch(input, init)
    } catch (error) {
      mayHaveArrived = !reachedNobody(error)
      throw error
    }
  }
  const answer = await ask({ ...context, system: { ...context.system, fetch: watched } }, line, `${line.path}.json`, {
    To: line.to,
    ...line.from,
    Body: body,
    SmartEncoded: 'true',
    // An alert of yesterday helps nobody.
    ValidityPeriod: '3600',
  })
  if (!answer.ok) return again(answer.failure, mayHaveArrived)
  return judge(answer.value, context)
}

const again = (failure: Failure, mayHaveArrived: boolean): DeliveryOutcome => ({
  delivered: false,
  next: 'retry',
  failure,
  ...(mayHaveArrived ? { mayHaveArrived } : {}),
})

interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  json: unknown
}

const created = z.object({ sid: z.string().regex(sidShape) })
const errorBody = z.object({ code: z.coerce.number() })

function judge(answer: Answer, context: ChannelContext): DeliveryOutcome {
  const { status, json } = answer
  const taken = created.safeParse(json)
  if (status < 300 && taken.success) return { delivered: true, receipt: taken.data.sid, unconfirmed: true }
  if (status < 300) return again(unreadable(status), true)
  const parsed = errorBody.safeParse(json)
  const code = parsed.success ? parsed.data.code : null
  const known = code === null ? undefined : refusals[code]
  if (status === 429 || known?.waitMs !== undefined) {
    const nowMs = context.system.clock.now()
    const named = retryAfterAt(answer.headers['retry-after'] ?? null, nowMs)
    const retryAtMs = Math.max(named ?? nowMs + (known?.waitMs ?? 5 * secondMs), nowMs + secondMs)
    return again(
      fail('rate-limited', known?.message() ?? i18n.t('Twilio asked us to wait.'), { status, retryAtMs }),
      false,
    )
  }
  // A front that lost patience says nothing of what stands behind it.
  if (status >= 500 || status === 408)
    return again(fail('provider-down', andAgain(i18n.t('Twilio answered {status}.', { status })), { status }), true)
  if (code === null) return again(unreadable(status), false)
  const said = known ? '' : quoteOf(json, [context.secret ?? ''])
  const message =
    known?.message() ??
    sentences(
      i18n.t('Twilio refused the message with code {code}.', { code }),
      said ? i18n.t('It says: {said}', { said }) : '',
    )
  const next = known?.next ?? 'give-up'
  return {
    delivered: false,
    next,
    failure: fail(next === 'gone' ? 'channel-gone' : 'channel-rejected', message, { status }),
  }
}

function unreadable(status: number): Failure {
  return fail('unexpected-response', i18n.t('Twilio, or what stands before it, answered with something else.'), {
    status,
  })
}

const listed = z.object({
  messages: z.array(
    z.object({ sid: z.string().regex(sidShape), body: z.string().nullish(), date_created: z.string().nullish() }),
  ),
  next_page_uri: z.string().nullish(),
})

/**
 * The sid of a message with this reference, null where there is none. The list begins with the newest. It is not asked
 * for by `DateSent`: a message that still waits has none, and must be found above all. No attempt is older than its
 * alerts, so there the looking ends, by the clock of Twilio, which its answers name.
 */
async function findSent(context: ChannelContext, line: Line, message: Message): Promise<Result<string | null>> {
  const reference = referenceOf(message)
  const sinceMs = Math.min(...message.alerts.map((alert) => Date.parse(alert.openedAt))) - slackMs
  let path: string | null = `${line.path}.json?${new URLSearchParams({ To: line.to, PageSize: String(pageSize) })}`
  for (let pages = 0; path !== null && pages < mostPages; pages++) {
    const answer = await ask(context, line, path)
    if (!answer.ok) return answer
    const page = listed.safeParse(answer.value.json)
    if (answer.value.status !== 200 || !page.success) return err(cannotLook(answer.value))
    const { messages, next_page_uri: next } = page.data
    const aheadMs = context.system.clock.now() - Date.parse(answer.value.headers['date'] ?? '')
    const oldMs = sinceMs - Math.max(0, aheadMs || 0)
    const isOld = ({ date_created: at }: (typeof messages)[number]) => Date.parse(at ?? '') < oldMs
    const found = messages.find((one) => !isOld(one) && one.body?.includes(reference))
    if (found) return ok(found.sid)
    if (!next || messages.some(isOld)) return ok(null)
    // Relative; whoever names another host does not get the key.
    path = next.startsWith(`${line.path}.json?`) ? next : null
  }
  return err(
    fail(
      'truncated',
      i18n.t('An attempt was cut short, and the list of messages at Twilio could not be read to its end.'),
    ),
  )
}

function cannotLook({ status, json }: Answer): Failure {
  const code = errorBody.safeParse(json)
  const why = code.success && refusals[code.data.code]?.message()
  return fail(
    status >= 500 ? 'provider-down' : 'unexpected-response',
    sentences(
      i18n.t('An attempt was cut short, and whether Twilio took it could not be looked up.'),
      why || i18n.t('It answered {status}.', { status }),
    ),
    { status },
  )
}

const sentMessage = z.object({
  status: z.string(),
  error_code: z.coerce.number().nullish(),
  date_sent: z.string().nullish(),
  price: z.unknown().optional(),
  price_unit: z.unknown().optional(),
})

function arrivalOf(found: z.output<typeof sentMessage>, nowMs: number): Arrival {
  const cost = costOf(found.price, found.price_unit)
  switch (found.status) {
    case 'delivered':
    case 'read':
    case 'partially_delivered':
      return { state: 'arrived', cost }
    case 'sent':
      return nowMs - Date.parse(found.date_sent ?? '') > sentIsFinalAfterMs
        ? { state: 'arrived', cost }
        : { state: 'under-way' }
    case 'undelivered':
    case 'failed':
    case 'canceled':
      return { state: 'lost', failure: fail('channel-rejected', lossText(found.error_code ?? null)), cost }
    default:
      return { state: 'under-way' }
  }
}

/** A negative decimal as text, such as `-0.00750`; null until Twilio knows it, which may be long after the message. */
function costOf(price: unknown, unit: unknown): MessageCost | null {
  const nanos = amountNanos.safeParse(price)
  const currency = currencyCode.safeParse(unit)
  if (!nanos.success || !currency.success) return null
  return { nanos: nanos.data < 0n ? -nanos.data : nanos.data, currency: currency.data }
}
