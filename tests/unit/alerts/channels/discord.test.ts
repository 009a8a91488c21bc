import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageAbout, nothingEarlier, type ChannelContext } from '../../../../electron/alerts/channels/channel.ts'
import { discord } from '../../../../electron/alerts/channels/discord.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { startDiscord, type DiscordEmulator } from '../../../emulators/discord.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: DiscordEmulator
let context: ChannelContext

beforeEach(async () => {
  emulator = await startDiscord()
  context = { secret: emulator.webhookUrl, baseUrl: null, options: {}, system }
})
afterEach(() => emulator.stop())

describe('the discord channel', () => {
  it('asks for a receipt when it posts, and keeps the thread it was given', async () => {
    context = { ...context, secret: `${emulator.webhookUrl}?thread_id=42&wait=false` }
    const posted = await discord.send(context, fired, nothingEarlier)
    expect(posted).toMatchObject({ delivered: true })
    const receipt = posted.delivered ? posted.receipt : null
    await discord.send(context, messageAbout(alert, 'grew'), { ...nothingEarlier, receipt })
    expect(emulator.asked).toEqual([
      'POST /api/webhooks/123456789/emulated-token?thread_id=42&wait=true',
      'PATCH /api/webhooks/123456789/emulated-token/messages/1000000?thread_id=42',
    ])
  })

  it('makes no link of an address in a name, and keeps its underscores', () => {
    const summary = '_prod_ https://evil.example spent $9.00'
    const [embed] = discord.render(messageAbout({ ...alert, summary }, 'fired')).embeds
    expect(embed.description).toBe('\\_prod\\_ https\\://evil.example spent $9.00')
  })

  it.each(hostileNames)('pings nobody and stays within the limits of a message (%#)', (name) => {
    const messages = (['fired', 'grew', 'acknowledged', 'resolved', 'test'] as const).map((occasion) =>
      messageAbout(hostile(name), occasion),
    )
    for (const message of [...messages, { ...grouped, alerts: [hostile(name), ...grouped.alerts] as const }]) {
      const body = discord.render(message)
      expect(body.allowed_mentions).toEqual({ parse: [] })
      const [embed] = body.embeds
      const texts = [
        embed.title,
        embed.description,
        embed.footer.text,
        ...embed.fields.flatMap((field) => [field.name, field.value]),
      ]
      expect(texts.join('').length).toBeLessThanOrEqual(6_000)
      expect(embed.title.length).toBeLessThanOrEqual(256)
      expect(embed.fields.length).toBeLessThanOrEqual(25)
      for (const { name: title, value } of embed.fields) {
        expect(title.length).toBeLessThanOrEqual(256)
        expect(value.length).toBeLessThanOrEqual(1_024)
      }
      for (const text of texts) expect(text).toSatisfy((one: string) => one.trim() !== '' && one.isWellFormed())
    }
  })

  it('still says how much a thing with an endless name cost', async () => {
    await discord.send(context, messageAbout(hostile('x'.repeat(20_000)), 'fired'), nothingEarlier)
    expect(JSON.stringify(emulator.messages).match(/\$31\.02/g)).toHaveLength(12)
  })

  it.each([400, 403, 405, 413])('does not repeat what was refused with %i', async (status) => {
    emulator.fail({ times: 1, answer: { status, json: { message: 'Invalid Form Body', code: 50_035 } } })
    expect(await discord.send(context, fired, nothingEarlier)).toMatchObject({
      next: 'give-up',
      failure: { kind: 'channel-rejected', status },
    })
  })

  it.each([
    ['seconds in the body', { json: { message: 'limited', retry_after: 2.5, global: false } }, 2_500],
    ['seconds in a header', { text: 'slow down', headers: { 'retry-after': '7' } }, 7_000],
    ['a date in a header', { text: '', headers: { 'retry-after': new Date(now + 90_000).toUTCString() } }, 90_000],
    ['nothing at all', { text: '' }, 1_000],
    ['nonsense', { json: { retry_after: 'soon' }, headers: { 'retry-after': 'later' } }, 1_000],
    ['a time in the past', { json: { retry_after: -5 } }, 1_000],
  ])('waits as long as it is asked to: %s', async (_where, answer, waitMs) => {
    emulator.fail({ times: 1, answer: { status: 429, ...answer } })
    expect(await discord.send(context, fired, nothingEarlier)).toMatchObject({
      next: 'retry',
      failure: { kind: 'rate-limited', retryAtMs: now + waitMs },
    })
  })

  it.each([500, 502, 503, 504, 520])('tries again after a fault of Discord (%i)', async (status) => {
    emulator.fail({ times: 1, answer: { status, text: '<html>down</html>' } })
    expect(await discord.send(context, fired, nothingEarlier)).toMatchObject({
      next: 'retry',
      failure: { kind: 'provider-down', status },
    })
  })

  it.each([200, 401, 403])('takes a web page with %i for the word of something in between', async (status) => {
    emulator.fail({ times: 1, answer: { status, text: '<html>Just a moment…</html>' } })
    expect(await discord.send(context, fired, nothingEarlier)).toMatchObject({
      next: 'retry',
      failure: { kind: 'unexpected-response', status },
    })
    expect(await discord.send(context, fired, nothingEarlier)).toMatchObject({ delivered: true })
  })

  it('follows no redirect, because the address is the secret', async () => {
    const other = await startDiscord()
    emulator.fail({ times: 1, answer: { status: 307, headers: { location: other.webhookUrl } } })
    expect(await discord.send(context, fired, nothingEarlier)).toMatchObject({ next: 'give-up' })
    expect(other.asked).toEqual([])
    await other.stop()
  })

  it('says in words that do not hold its secret what any answer means', async () => {
    for (const status of [301, 400, 401, 403, 404, 408, 429, 500]) {
      emulator.fail({ times: 1, answer: { status, text: emulator.webhookUrl } })
      const said = JSON.stringify(await discord.send(context, fired, nothingEarlier))
      for (const part of ['emulated-token', '123456789', '/webhooks/']) expect(said).not.toContain(part)
    }
  })

  it.each([
    ['200 without a body', { status: 200, text: '' }],
    ['204', { status: 204 }],
    ['a body without an id', { status: 200, json: {} }],
    ['an id that is no snowflake', { status: 200, json: { id: '../../evil' } }],
  ])('counts as delivered, without a receipt: %s', async (_what, answer) => {
    emulator.fail({ times: 1, answer })
    expect(await discord.send(context, fired, nothingEarlier)).toEqual({ delivered: true, receipt: null })
  })
})
