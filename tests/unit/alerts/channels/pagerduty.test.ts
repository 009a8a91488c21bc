import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  messageAbout,
  nothingEarlier,
  type ChannelContext,
  type Message,
} from '../../../../electron/alerts/channels/channel.ts'
import { pagerduty } from '../../../../electron/alerts/channels/pagerduty.ts'
import type { Alert } from '../../../../shared/alerts.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { startPagerDuty, type PagerDutyEmulator } from '../../../emulators/pagerduty.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: PagerDutyEmulator
let context: ChannelContext

beforeEach(async () => {
  emulator = await startPagerDuty()
  context = { secret: emulator.routingKey, baseUrl: emulator.url, options: {}, system }
})
afterEach(() => emulator.stop())

const send = (message: Message, receipt: string | null = null) =>
  pagerduty.send(context, message, { ...nothingEarlier, receipt })
const states = () => emulator.incidents.map(({ key, state }) => `${key} ${state}`)

describe('the pagerduty channel', () => {
  it('opens an incident that goes on with the alert', async () => {
    expect(await send(fired)).toEqual({ delivered: true, receipt: alert.id })
    await send(messageAbout(alert, 'grew'), alert.id)
    await send(messageAbout(alert, 'acknowledged'), alert.id)
    expect(states()).toEqual([`${alert.id} acknowledged`])
    await send(messageAbout(alert, 'resolved'), alert.id)
    expect(states()).toEqual([`${alert.id} resolved`])
  })

  it('says what a responder needs, and amounts that rules can compare', async () => {
    await send({ ...fired, actions: grouped.actions })
    const [event] = emulator.incidents[0]!.events
    expect(event!.payload).toEqual({
      summary: 'project web: budget threshold crossed: $120.50 spent today, 120% of the $100.00 budget.',
      source: 'project web',
      severity: 'critical',
      timestamp: '2026-11-18T15:20:00.000Z',
      class: 'budget',
      custom_details: {
        'How much': '$120.50 of $100.00',
        Since: '2026-11-18 00:00 UTC',
        'By model': 'gpt-5.5 $100.00',
        'By key': 'legacy-ci $99.50',
        Why: 'First use of key ci: 81% of it.',
        State: 'firing',
        'What to do': 'Delete the key, or lower the limit of the project.',
        'Data as of': '2026-11-18T15:18:00.000Z',
        amount: '120.5',
        limit: '100',
        currency: 'USD',
      },
    })
    expect(event!.links).toEqual([
      ...grouped.actions.map(({ label, url }) => ({ href: url, text: label })),
      { href: alert.link, text: 'Open at the provider' },
    ])
  })

  it('wakes somebody again when an alert fires again, because an acknowledged incident would stay silent', async () => {
    await send(fired)
    await send(messageAbout(alert, 'acknowledged'), alert.id)
    const again = { ...fired, key: '17' }
    expect(await send(again, alert.id)).toEqual({ delivered: true, receipt: `${alert.id}:17` })
    expect(states()).toEqual([`${alert.id} resolved`, `${alert.id}:17 triggered`])
    await send(messageAbout(alert, 'resolved'), `${alert.id}:17`)
    expect(states()).toEqual([`${alert.id} resolved`, `${alert.id}:17 resolved`])
  })

  it('wakes nobody twice when an attempt is made again after it was cut short', async () => {
    emulator.fail({ times: 1, answer: 'reset' })
    expect(await send(fired)).toMatchObject({ next: 'retry' })
    await send(fired)
    await send(fired)
    expect(await send({ ...fired, key: '17' }, alert.id)).toMatchObject({ delivered: true })
    expect(await send({ ...fired, key: '17' }, alert.id)).toMatchObject({ delivered: true })
    expect(states()).toEqual([`${alert.id} resolved`, `${alert.id}:17 triggered`])
  })

  it('wakes nobody for what is over, or was taken up through a quiet night, before it could be told', async () => {
    expect(await send({ ...fired, alerts: [{ ...alert, state: 'resolved' }] })).toMatchObject({ delivered: true })
    const takenUp = { ...fired, isDigest: true, alerts: [{ ...alert, state: 'acknowledged' }] as const } as const
    expect(await send(takenUp)).toMatchObject({ delivered: true })
    expect(emulator.incidents).toEqual([])
  })

  it('ends and opens anew, within a message of several, the incident that each has', async () => {
    const one = (id: string, state: Alert['state']): Alert => ({ ...alert, id, state })
    for (const id of ['a', 'b', 'c']) await send({ ...fired, alerts: [one(id, 'firing')] })
    await send({ ...fired, key: '17', alerts: [one('a', 'firing')] }, 'a')
    await send({ ...messageAbout(one('b', 'acknowledged'), 'acknowledged') }, 'b')
    expect(states()).toEqual(['a resolved', 'b acknowledged', 'c triggered', 'a:17 triggered'])
    const receipts = new Map(Object.entries({ a: 'a:17', b: 'b', c: 'c' }))
    const alerts = [one('b', 'firing'), one('a', 'resolved'), one('c', 'snoozed')] as const
    const earlier = { ...nothingEarlier, receiptOf: (id: string) => receipts.get(id) ?? null }
    await pagerduty.send(context, { ...grouped, alerts, isDigest: true, more: 0 }, earlier)
    expect(states().toSorted()).toEqual(['a resolved', 'a:17 resolved', 'b resolved', 'b triggered', 'c acknowledged'])
  })

  it('opens an incident for each of several alerts, unless it was taken up or ended meanwhile', async () => {
    const one = (id: string, state: Alert['state']): Alert => ({ ...alert, id, state })
    const alerts = [one('a', 'firing'), one('b', 'resolved'), one('c', 'snoozed'), one('d', 'firing')] as const
    expect(await send({ ...grouped, alerts, isDigest: true, more: 0 })).toEqual({ delivered: true, receipt: null })
    expect(states()).toEqual(['a triggered', 'd triggered'])
    expect(emulator.incidents[1]!.events[0]!.payload).toMatchObject({
      summary: expect.stringMatching(/^While it was quiet: project web/) as string,
      custom_details: { Together: 'While it was quiet: 4 alerts.' },
    })
  })

  it('tells all of several alerts at the next attempt, where one attempt ended half-way', async () => {
    await send({ ...grouped, alerts: [alert] })
    emulator.fail({ times: 1, answer: { status: 429, text: '' } })
    expect(await send(grouped)).toMatchObject({ next: 'retry', failure: { kind: 'rate-limited' } })
    expect(await send(grouped)).toMatchObject({ delivered: true })
    expect(emulator.incidents).toHaveLength(grouped.alerts.length)
  })

  it('tells the others where one of several is refused for good, and says so', async () => {
    emulator.fail({ times: 1, answer: { status: 400, json: { status: 'invalid event', errors: ['no'] } } })
    expect(await send(grouped)).toMatchObject({ next: 'give-up', failure: { kind: 'channel-rejected' } })
    expect(emulator.incidents).toHaveLength(grouped.alerts.length - 1)
  })

  it('makes a test an incident of its own', async () => {
    await send(fired)
    await send({ ...fired, occasion: 'test', key: 'k' }, alert.id)
    expect(states()).toEqual([`${alert.id} triggered`, 'test:k triggered'])
    expect(emulator.incidents[1]!.events[0]!.payload!.summary).toMatch(/^Test: /)
  })

  it.each([
    [{}, 'https://events.pagerduty.com/v2/enqueue'],
    [{ region: 'us' }, 'https://events.pagerduty.com/v2/enqueue'],
    [{ region: 'eu' }, 'https://events.eu.pagerduty.com/v2/enqueue'],
  ])('asks where the account lives (%o)', async (options, url) => {
    const asked: string[] = []
    const fetch: typeof globalThis.fetch = async (input) => {
      asked.push(String(input))
      return new Response('', { status: 202 })
    }
    await pagerduty.send({ ...context, baseUrl: null, options, system: { ...system, fetch } }, fired, nothingEarlier)
    expect(asked).toEqual([url])
  })

  it.each(["Length of 'routing_key' is incorrect (should be 32 characters)", 'Invalid routing key'])(
    'is gone when its key is: %s',
    async (error) => {
      const json = { status: 'invalid event', message: 'Event object is invalid', errors: [error] }
      emulator.fail({ times: 1, answer: { status: 400, json } })
      expect(await send(fired)).toMatchObject({ next: 'gone', failure: { kind: 'channel-gone' } })
    },
  )

  it.each(hostileNames)('stays within what PagerDuty takes (%#)', async (name) => {
    const all = { ...grouped, alerts: [hostile(name), { ...hostile(name), id: 'b', state: 'firing' }] as const }
    for (const message of [messageAbout(hostile(name), 'fired'), messageAbout(hostile(name), 'grew'), all])
      expect(await send(message)).toMatchObject({ delivered: true })
  })
})
