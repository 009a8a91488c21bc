import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  messageAbout,
  nothingEarlier,
  type ChannelContext,
  type Message,
} from '../../../../electron/alerts/channels/channel.ts'
import { pushover } from '../../../../electron/alerts/channels/pushover.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { pushoverSecret, pushoverToken, startPushover, type PushoverEmulator } from '../../../emulators/pushover.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const dayMs = 86_400_000
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: PushoverEmulator
let context: ChannelContext

beforeEach(async () => {
  emulator = await startPushover()
  context = { secret: pushoverSecret, baseUrl: emulator.url, options: {}, system }
})
afterEach(() => emulator.stop())

const send = (message: Message = fired, receipt: string | null = null) =>
  pushover.send(context, message, { ...nothingEarlier, receipt })
const about = (change: Partial<typeof alert>, occasion: Message['occasion'] = 'fired') =>
  messageAbout({ ...alert, ...change }, occasion)

describe('the pushover channel', () => {
  it.each([
    ['critical', 'fired', '1'],
    ['critical', 'grew', '1'],
    ['warning', 'fired', '0'],
    ['info', 'fired', '-1'],
    ['info', 'test', '0'],
    ['critical', 'acknowledged', '-1'],
    ['critical', 'resolved', '-1'],
  ] as const)('is as loud as it must be: %s %s has priority %s', async (severity, occasion, priority) => {
    await send(about({ severity }, occasion))
    expect(emulator.messages[0]).toMatchObject({ priority })
    expect(emulator.messages[0]).not.toHaveProperty('retry')
  })

  it('says when it was so, and puts the first thing to do under its one button', async () => {
    await send({ ...fired, actions: grouped.actions })
    const [first, second] = grouped.actions
    expect(emulator.messages[0]).toMatchObject({
      timestamp: String(Date.parse(alert.updatedAt) / 1_000),
      url: first?.url,
      url_title: 'Acknowledge',
    })
    expect(emulator.messages[0]?.['message']).toContain(`${second?.label}: ${second?.url}`)
    expect(emulator.messages[0]?.['message']).toContain(`What to do about it: ${alert.link}`)
  })

  it('never cuts a link: one that is too long is left out', async () => {
    const url = `https://guard.example/${'t'.repeat(600)}`
    await send({ ...fired, actions: [{ label: 'Acknowledge', url }] })
    expect(emulator.messages[0]).toMatchObject({ url: alert.link })
    expect(emulator.messages[0]?.['message']).not.toContain('guard.example')
  })

  it.each(hostileNames)('keeps within its limits and makes nothing else tappable (%#)', async (name) => {
    for (const occasion of ['fired', 'grew', 'acknowledged', 'resolved', 'test'] as const)
      expect(await send({ ...messageAbout(hostile(name), occasion), actions: grouped.actions })).toMatchObject({
        delivered: true,
      })
    for (const message of emulator.messages) {
      expect(message['message']?.length).toBeLessThanOrEqual(1_024)
      const words = message['message']?.replaceAll(/^(Snooze 1 hour|What to do about it): https:.*$/gm, '')
      expect(`${message['title']} ${words}`).not.toMatch(/:\/\/\S|\w\.[a-z]{2}/i)
      expect(message['message']).toContain(grouped.actions[1]?.url)
    }
  })

  it('goes to the devices it is told', async () => {
    context = { ...context, options: { device: 'phone,tablet' } }
    await send()
    expect(emulator.messages[0]).toMatchObject({ device: 'phone,tablet' })
  })
})

describe('an emergency', () => {
  beforeEach(() => {
    context = { ...context, options: { critical: 'emergency', retry: '30', expire: '600' } }
  })

  it('calls until it is confirmed, and begins once', async () => {
    const outcome = await send()
    expect(emulator.messages[0]).toMatchObject({ priority: '2', retry: '30', expire: '600' })
    expect(outcome).toEqual({ delivered: true, receipt: [...emulator.receipts.keys()][0] })
    await send(about({}, 'grew'))
    expect(emulator.messages[1]).toMatchObject({ priority: '1' })
    await send(about({ severity: 'warning' }))
    expect(emulator.messages[2]).toMatchObject({ priority: '0' })
  })

  it('calls every minute for an hour where nothing is said', async () => {
    context = { ...context, options: { critical: 'emergency' } }
    await send()
    expect(emulator.messages[0]).toMatchObject({ priority: '2', retry: '60', expire: '3600' })
  })

  it.each(['acknowledged', 'resolved'] as const)(
    'stops to call when the alert is %s, and says so quietly',
    async (occasion) => {
      const outcome = await send()
      const receipt = outcome.delivered ? outcome.receipt : null
      expect(await send(about({}, occasion), receipt)).toMatchObject({ delivered: true })
      expect(emulator.receipts.get(receipt ?? '')).toEqual({ isCalling: false })
      expect(emulator.messages[1]).toMatchObject({ priority: '-1' })
    },
  )

  it('is not stopped by growing', async () => {
    const outcome = await send()
    const receipt = outcome.delivered ? outcome.receipt : null
    await send(about({}, 'grew'), receipt)
    expect(emulator.receipts.get(receipt ?? '')).toEqual({ isCalling: true })
  })

  it('that nobody remembers any more is as good as stopped', async () => {
    expect(await send(about({}, 'resolved'), 'x'.repeat(30))).toMatchObject({ delivered: true })
    expect(await send(about({}, 'resolved'), '../../apps')).toMatchObject({ delivered: true })
    expect(emulator.asked.filter((what) => what.includes('receipts'))).toHaveLength(1)
  })

  it('is tried to stop again when that fails, before anything is said', async () => {
    emulator.fail({ path: 'receipts', times: 1, answer: { status: 503, text: '' } })
    expect(await send(about({}, 'resolved'), 'x'.repeat(30))).toMatchObject({ delivered: false, next: 'retry' })
    expect(emulator.messages).toEqual([])
  })
})

describe('what Pushover answers', () => {
  it.each([
    ['an unknown application', `a${'0'.repeat(29)}:u${'0'.repeat(29)}`, /API token/],
    ['an unknown user', `${pushoverToken}:u${'0'.repeat(29)}`, /user key/],
  ])('is that the channel is gone: %s', async (_what, secret, words) => {
    context = { ...context, secret }
    const outcome = await send()
    expect(outcome).toMatchObject({ delivered: false, next: 'gone', failure: { kind: 'channel-gone', status: 400 } })
    expect(!outcome.delivered && outcome.failure.message).toMatch(words)
  })

  it('is that nobody is there, though it says all is well', async () => {
    emulator.state.hasDevices = false
    expect(await send()).toMatchObject({
      next: 'give-up',
      failure: { kind: 'channel-rejected', message: expect.stringContaining('no device') as string },
    })
  })

  it('waits for the new month where that is near, and says so where it is not', async () => {
    emulator.state.remaining = 0
    emulator.state.resetMs = now + dayMs / 2
    expect(await send()).toMatchObject({
      next: 'retry',
      failure: { kind: 'rate-limited', retryAtMs: now + dayMs / 2 },
    })
    emulator.state.resetMs = Date.UTC(2026, 11, 1, 6)
    expect(await send()).toMatchObject({
      next: 'give-up',
      failure: { message: expect.stringContaining('used up until 2026-12-01') as string },
    })
  })

  it('is a fault, after which it wants five seconds', async () => {
    emulator.fail({ times: 1, answer: { status: 500, text: '' } })
    expect(await send()).toMatchObject({ next: 'retry', failure: { kind: 'provider-down', retryAtMs: now + 5_000 } })
  })

  it.each([400, 403, 413])('is not repeated when it is %i in its own words', async (status) => {
    emulator.fail({ times: 1, answer: { status, json: { status: 0, errors: ['sound is invalid'], request: 'x' } } })
    expect(await send()).toMatchObject({
      next: 'give-up',
      failure: { message: expect.stringContaining('It says: sound is invalid') as string },
    })
  })

  it.each([200, 302, 401, 403, 404])('may be a page of something in between (%i)', async (status) => {
    emulator.fail({ times: 1, answer: { status, text: '<html>Please log in</html>' } })
    expect(await send()).toMatchObject({ next: 'retry', failure: { kind: 'unexpected-response', status } })
  })
})

describe('what a person enters', () => {
  it.each([
    [{ device: 'my phone' }, /option device/],
    [{ retry: '600', expire: '300' }, /expire/],
  ])('is refused in words that say what to do: %j', (options, words) => {
    expect(pushover.refuse({ secret: pushoverSecret, baseUrl: null, options })).toMatch(words)
  })
})
