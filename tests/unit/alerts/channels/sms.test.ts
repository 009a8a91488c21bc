import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nothingEarlier, type ChannelContext, type Message } from '../../../../electron/alerts/channels/channel.ts'
import { sms } from '../../../../electron/alerts/channels/sms.ts'
import { referenceOf } from '../../../../electron/alerts/channels/sms-text.ts'
import { refusals } from '../../../../electron/alerts/channels/twilio-codes.ts'
import { channelEntry } from '../../../../shared/channels.ts'
import { alert, fired } from '../../../contract/channel-stages/messages.ts'
import { startSms, type SmsEmulator } from '../../../emulators/sms.ts'
import { twilioKey, twilioSid, twilioTestToken, twilioToken } from '../../../emulators/twilio.ts'
import { twilioNumber, twilioService } from '../../../emulators/twilio-messages.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const minuteMs = 60_000
const to = '+15005550006'
const options = { account_sid: twilioSid, from: twilioNumber, to }
const listUri = `/2010-04-01/Accounts/${twilioSid}/Messages.json?To=%2B15005550006&Page=1`
const unsettled = { ...nothingEarlier, isUnsettled: true }
let nowMs = 0
let emulator: SmsEmulator
let context: ChannelContext

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 18, 15, 20)
  const system = createTestSystem({ clock: { now: () => nowMs, after: () => () => undefined } })
  emulator = await startSms(() => nowMs)
  context = { secret: emulator.secret, baseUrl: emulator.url, options, system }
})
afterEach(() => emulator.stop())

const send = (message: Message = fired, earlier = nothingEarlier) => sms.send(context, message, earlier)
const posts = () => emulator.asked.filter((what) => what.startsWith('POST')).length

async function sentSid(): Promise<string> {
  const outcome = await send()
  if (!outcome.delivered || outcome.receipt === null) throw new Error('not sent')
  return outcome.receipt
}

describe('sending a text message', () => {
  it('is taken by Twilio, which is not yet to arrive', async () => {
    expect(await send()).toEqual({ delivered: true, receipt: emulator.sent[0]?.sid, unconfirmed: true })
    expect(emulator.sent[0]).toMatchObject({
      to,
      from: twilioNumber,
      body: sms.render(fired),
      validityPeriod: 3_600,
      smartEncoded: true,
      segments: 1,
    })
  })

  it.each([
    ['an Auth Token with its Account SID', twilioToken, { account_sid: '' }],
    ['a Messaging Service instead of a sender', null, { from: '', messaging_service_sid: twilioService }],
  ])('works with %s', async (_what, secret, change) => {
    context = { ...context, secret: secret ?? emulator.secret, options: { ...options, ...change } }
    expect(await send()).toMatchObject({ delivered: true, unconfirmed: true })
  })

  it('uses an Auth Token alone with the Account SID of the options', async () => {
    const bare = '0123456789abcdef0123456789abcdef'
    const authorizations: (string | null)[] = []
    const listen: typeof fetch = async (_url, init) => {
      authorizations.push(new Headers(init?.headers).get('authorization'))
      return Response.json({ sid: `SM${bare}` }, { status: 201 })
    }
    context = { ...context, secret: bare, system: { ...context.system, fetch: listen } }
    expect(await send()).toMatchObject({ delivered: true })
    expect(authorizations).toEqual([`Basic ${btoa(`${twilioSid}:${bare}`)}`])
  })

  it('does not tell of an acknowledgement, which would cost money and sleep', () => {
    expect(sms.skips).toEqual(['acknowledged'])
  })
})

describe('what a person enters', () => {
  const said = (secret: string, change: Record<string, string>) =>
    sms.refuse({ secret, baseUrl: null, options: { ...options, ...change } })

  it.each([
    [{ account_sid: '' }, /account_sid/],
    [{ account_sid: 'AC123' }, /account_sid/],
    [{ to: '0049 171 123' }, /option to/],
    [{ to: '+15005550006,+15005550007' }, /one number/],
    [{ from: '' }, /no sender/],
    [{ from: 'A name far too long' }, /option from/],
    [{ messaging_service_sid: 'XX1' }, /messaging_service_sid/],
  ])('is refused in words that say what to do: %j', (change, words) => {
    expect(said(emulator.secret, change)).toMatch(words)
  })

  it.each([{ from: 'SpendGuard' }, { from: '12345' }, { from: twilioNumber }])(
    'takes a sender such as %j',
    (change) => {
      expect(said(emulator.secret, change)).toBeNull()
    },
  )

  it('needs no account_sid where the secret begins with it', () => {
    expect(said(twilioToken, { account_sid: '' })).toBeNull()
  })

  it('has a daily cap from 1 to 100', () => {
    const entry = (cap: string) =>
      channelEntry.safeParse({ kind: 'sms', label: 'Me', secret: twilioToken, options: { to, daily_cap: cap } }).success
    expect(['1', '100', ''].map(entry)).toEqual([true, true, true])
    expect(['0', '101', 'many'].map(entry)).toEqual([false, false, false])
  })
})

describe('an attempt without an answer', () => {
  it('cannot have arrived where nobody listens or there is no such name', async () => {
    await emulator.stop()
    for (const baseUrl of [emulator.url, 'https://nowhere.invalid']) {
      context = { ...context, baseUrl }
      const outcome = await send()
      expect(outcome).toMatchObject({ delivered: false, next: 'retry', failure: { kind: 'offline' } })
      expect(outcome).not.toHaveProperty('mayHaveArrived')
    }
  })

  it.each([
    ['a connection that breaks off', 'taken' as const],
    ['half an answer', { status: 201, text: '{"sid": "SM01' }],
    ['a page', { status: 200, text: '<html>Please log in</html>' }],
    ['an answer without a sid', { status: 201, json: { status: 'queued' } }],
    ['a front that lost patience', { status: 504, text: '' }],
  ])('may have arrived: %s', async (_what, answer) => {
    emulator.fail({ times: 1, answer })
    expect(await send()).toMatchObject({ delivered: false, next: 'retry', mayHaveArrived: true })
  })

  it('may have arrived where the network fails in a way nobody knows', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'EPIPE' } }))
    context = { ...context, system: { ...context.system, fetch } }
    expect(await send()).toMatchObject({ next: 'retry', mayHaveArrived: true })
  })

  it('is found again, and not sent twice', async () => {
    emulator.fail({ times: 1, answer: 'taken' })
    expect(await send()).toMatchObject({ mayHaveArrived: true })
    expect(await send(fired, unsettled)).toEqual({
      delivered: true,
      receipt: emulator.sent[0]?.sid,
      unconfirmed: true,
    })
    expect(emulator.sent).toHaveLength(1)
  })

  it('is found while it still waits to be sent, under the words of a trial account, and with other words than now', async () => {
    emulator.state.isTrial = true
    emulator.verified.add(to)
    emulator.fail({ times: 1, answer: 'taken' })
    await send()
    const grown = { ...fired, alerts: [{ ...alert, amount: '300' }] as const }
    expect(await send(grown, unsettled)).toMatchObject({ delivered: true, receipt: emulator.sent[0]?.sid })
    expect(emulator.sent).toHaveLength(1)
  })

  it('is sent again when it is not there, whatever else was sent', async () => {
    await send({ ...fired, key: 'delivery-0' })
    expect(await send(fired, unsettled)).toMatchObject({ delivered: true, receipt: emulator.sent[1]?.sid })
    expect(emulator.sent).toHaveLength(2)
  })

  it('is looked for through all pages, and not beyond the time of the alert', async () => {
    emulator.state.mostPageSize = 2
    const openedMs = Date.parse(alert.openedAt)
    nowMs = openedMs - 3 * 60 * minuteMs
    // The same reference, but from before there was such an alert: an earlier life of the guard.
    await send()
    await send({ ...fired, key: 'old' })
    nowMs = openedMs + minuteMs
    expect(await send(fired, unsettled)).toMatchObject({ receipt: emulator.sent[2]?.sid })
    for (let nth = 0; nth < 5; nth++) await send({ ...fired, key: `other-${nth}` })
    emulator.asked.length = 0
    expect(await send(fired, unsettled)).toMatchObject({ receipt: emulator.sent[2]?.sid })
    expect(emulator.asked).toHaveLength(3)
    expect(posts()).toBe(0)
  })

  it('is found although our clock is hours ahead of that of Twilio', async () => {
    const openedMs = Date.parse(alert.openedAt)
    const twilioMs = openedMs - 3 * 60 * minuteMs
    nowMs = twilioMs
    await send(fired)
    context = { ...context, system: createTestSystem({ clock: { now: () => openedMs, after: () => () => undefined } }) }
    expect(await send(fired, unsettled)).toMatchObject({ receipt: emulator.sent[0]?.sid })
    expect(posts()).toBe(1)
  })

  it.each([
    ['a fault', { status: 503, text: 'down' }],
    ['a missing permission', { status: 401, json: { code: 70_051, message: 'Authorization Failed', status: 401 } }],
    ['a page', { status: 200, text: '<html>' }],
    ['another host', { status: 200, json: { messages: [], next_page_uri: 'https://evil.example/2010-04-01/x' } }],
    ['a list without an end', { status: 200, json: { messages: [], next_page_uri: listUri } }],
  ])('is not sent again while that cannot be looked up: %s', async (_what, answer) => {
    emulator.fail({ times: 100, answer })
    expect(await send(fired, unsettled)).toMatchObject({ delivered: false, next: 'retry', mayHaveArrived: true })
    expect(posts()).toBe(0)
    expect(emulator.asked.length).toBeLessThanOrEqual(10)
  })
})

describe('what Twilio refuses', () => {
  it.each([
    [20_003, 401, 'gone', /credentials/],
    [20_005, 403, 'gone', /not active/],
    [20_008, 403, 'gone', /test credentials/],
    [21_211, 400, 'gone', /not valid/],
    [21_614, 400, 'gone', /mobile/],
    [21_610, 400, 'gone', /STOP/],
    [21_606, 400, 'gone', /sender/],
    [21_660, 400, 'gone', /sender/],
    [70_051, 401, 'give-up', /messages\/create/],
    [21_408, 400, 'give-up', /Geo permissions/],
    [21_608, 400, 'give-up', /trial/],
    [21_612, 400, 'give-up', /cannot be reached from this sender/],
    [30_034, 400, 'give-up', /A2P 10DLC/],
  ])('is told in words that say what to do: %i', async (code, status, next, words) => {
    emulator.fail({ times: 1, answer: { status, json: { code, message: 'no', more_info: '', status } } })
    const outcome = await send()
    expect(outcome).toMatchObject({ delivered: false, next, failure: { status } })
    expect(outcome).not.toHaveProperty('mayHaveArrived')
    expect(JSON.stringify(outcome)).toMatch(words)
  })

  it.each([
    [20_429, 5_000],
    [21_611, minuteMs],
    [14_107, 30_000],
    [63_038, 30 * minuteMs],
  ])('is tried again later when there is too much of it: %i', async (code, waitMs) => {
    emulator.refused.set(to, code)
    expect(await send()).toMatchObject({
      next: 'retry',
      failure: { kind: 'rate-limited', retryAtMs: nowMs + waitMs },
    })
  })

  it('says what Twilio says to a code nobody knows, without numbers and secrets', async () => {
    const message = `Nope, ${emulator.secret} may not write to ${to}`
    emulator.fail({ times: 1, answer: { status: 400, json: { code: 29_999, message, status: 400 } } })
    const said = JSON.stringify(await send())
    expect(said).toContain('code 29999. It says: Nope')
    for (const part of [...emulator.secret.split(':'), to]) expect(said).not.toContain(part)
  })

  it.each([
    ['credentials nobody knows', 'SK00000000000000000000000000000000:nobody-knows-this-one', {}, 'gone'],
    ['test credentials', twilioTestToken, {}, 'gone'],
    ['a key that may only read usage', twilioKey, {}, 'give-up'],
    ['a sender of somebody else', null, { from: '+15005550099' }, 'gone'],
  ])('is told by the emulated Twilio too: %s', async (_what, secret, change, next) => {
    context = { ...context, secret: secret ?? emulator.secret, options: { ...options, ...change } }
    expect(await send()).toMatchObject({ delivered: false, next })
  })

  it('is a number that a trial account has not verified', async () => {
    emulator.state.isTrial = true
    expect(await send()).toMatchObject({ next: 'give-up', failure: { kind: 'channel-rejected' } })
    emulator.verified.add(to)
    expect(await send()).toMatchObject({ delivered: true })
  })

  it('follows no redirect with the key', async () => {
    const other = await startSms()
    emulator.fail({ times: 1, answer: { status: 307, headers: { location: other.url } } })
    expect(await send()).toMatchObject({ delivered: false })
    expect(other.asked).toEqual([])
    await other.stop()
  })

  it('is said in sentences', () => {
    for (const { message } of Object.values(refusals)) expect(message()).toMatch(/^[A-Z].*\.$/)
  })
})

describe('what became of it', () => {
  const confirm = async (sid: string) => sms.confirm?.(context, sid)

  it.each(['queued', 'accepted', 'scheduled', 'sending', 'a state of tomorrow'])('is under way: %s', async (status) => {
    const sid = await sentSid()
    emulator.advance(sid, status)
    expect(await confirm(sid)).toEqual({ state: 'under-way' })
  })

  it('has arrived, at a price that comes later and is exact', async () => {
    emulator.state.looksUntilDelivered = 2
    const sid = await sentSid()
    expect(await confirm(sid)).toEqual({ state: 'under-way' })
    expect(await confirm(sid)).toEqual({ state: 'arrived', cost: null })
    expect(await confirm(sid)).toEqual({ state: 'arrived', cost: { nanos: 7_900_000n, currency: 'USD' } })
  })

  it.each([
    ['-0.00750', 'usd', { nanos: 7_500_000n, currency: 'USD' }],
    ['0.123456789', 'EUR', { nanos: 123_456_789n, currency: 'EUR' }],
    ['0', 'USD', { nanos: 0n, currency: 'USD' }],
    ['soon', 'USD', null],
    ['-0.00750', null, null],
    [null, 'USD', null],
  ])('costs %s %s', async (price, priceUnit, cost) => {
    const sid = await sentSid()
    emulator.advance(sid, 'delivered', { price, priceUnit })
    expect(await confirm(sid)).toEqual({ state: 'arrived', cost })
  })

  it('counts as arrived when its carrier has had it for ten minutes and says no more', async () => {
    const sid = await sentSid()
    emulator.advance(sid, 'sent', { price: '-0.0079', priceUnit: 'USD' })
    nowMs += 9 * minuteMs
    expect(await confirm(sid)).toEqual({ state: 'under-way' })
    nowMs += 2 * minuteMs
    expect(await confirm(sid)).toMatchObject({ state: 'arrived', cost: { nanos: 7_900_000n } })
  })

  it.each([
    ['undelivered', 30_003, /\(code 30003\): the telephone cannot be reached/],
    ['undelivered', 30_004, /blocks/],
    ['undelivered', 30_005, /nobody has this number/],
    ['undelivered', 30_006, /landline/],
    ['undelivered', 30_007, /spam/],
    ['undelivered', 30_008, /does not say why/],
    ['failed', 30_001, /queue was full/],
    ['failed', 30_002, /suspended/],
    ['undelivered', 30_032, /toll-free/],
    ['undelivered', 30_034, /A2P 10DLC/],
    ['undelivered', 30_035, /approved/],
    ['failed', 21_610, /STOP/],
    ['failed', 39_999, /code 39999.*Console/],
    ['canceled', null, /was not delivered\. The Console/],
  ])('is lost, and why: %s %s', async (status, errorCode, words) => {
    const sid = await sentSid()
    emulator.advance(sid, status, { errorCode, price: '-0.0079', priceUnit: 'USD' })
    const arrival = await confirm(sid)
    // What is lost is billed all the same.
    expect(arrival).toMatchObject({ state: 'lost', cost: { nanos: 7_900_000n, currency: 'USD' } })
    expect(arrival?.state === 'lost' && arrival.failure.message).toMatch(words)
  })

  it.each([
    ['a fault', { status: 503, text: 'down' }],
    ['a page', { status: 200, text: '<html>' }],
    ['no permission to read', { status: 401, json: { code: 70_051, message: 'no', status: 401 } }],
    ['a broken connection', 'reset' as const],
  ])('is not lost because nobody says so: %s', async (_what, answer) => {
    const sid = await sentSid()
    emulator.fail({ times: 1, answer })
    expect(await confirm(sid)).toEqual({ state: 'under-way' })
  })

  it('asks for nothing that is not a sid', async () => {
    expect(await confirm('../Calls')).toEqual({ state: 'under-way' })
    expect(emulator.asked).toEqual([])
  })
})

it('puts its reference into every message', async () => {
  await send()
  expect(emulator.sent[0]?.body).toContain(referenceOf(fired))
})
