import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  messageAbout,
  nothingEarlier,
  type ChannelContext,
  type Message,
} from '../../../../electron/alerts/channels/channel.ts'
import { telegram } from '../../../../electron/alerts/channels/telegram.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import {
  parsed,
  startTelegram,
  telegramChat,
  telegramToken,
  type TelegramEmulator,
} from '../../../emulators/telegram.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: TelegramEmulator
let context: ChannelContext

beforeEach(async () => {
  emulator = await startTelegram()
  context = { secret: telegramToken, baseUrl: emulator.url, options: { chat_id: telegramChat }, system }
})
afterEach(() => emulator.stop())

const send = (message: Message = fired, receipt: string | null = null) =>
  telegram.send(context, message, { ...nothingEarlier, receipt })
const methods = () => emulator.asked.map((what) => what.replace(/.*\//, ''))

describe('the telegram channel', () => {
  it('reads well', async () => {
    await send({ ...fired, actions: grouped.actions })
    const [version] = emulator.messages[0]?.versions ?? []
    expect(parsed(version?.text ?? '')).toBe(
      `🔴 project web: budget threshold crossed

$120.50 spent today, 120% of the $100.00 budget.

How much: $120.50 of $100.00
Since: 2026-11-18 00:00 UTC
By model: gpt-5.5 $100.00
By key: legacy-ci $99.50
Why: First use of key ci: 81% of it.
State: firing
What to do: Delete the key, or lower the limit of the project.

Data as of 2026-11-18 15:18 UTC`,
    )
    expect(version?.reply_markup?.inline_keyboard.flat()).toEqual([
      ...grouped.actions.map(({ label, url }) => ({ text: label, url })),
      { text: 'What to do about it', url: alert.link },
    ])
  })

  it.each(hostileNames)(
    'keeps to the markup and the limit, calls nobody and makes nothing else tappable (%#)',
    async (name) => {
      const names = `${name} @somebody_else #tag /start https://evil.example/x`
      for (const occasion of ['fired', 'grew', 'acknowledged', 'resolved', 'test'] as const)
        expect(await send(messageAbout(hostile(names), occasion))).toMatchObject({ delivered: true })
      expect(await send({ ...grouped, alerts: [hostile(names), ...grouped.alerts] as const })).toMatchObject({
        delivered: true,
      })
      expect(emulator.messages).toHaveLength(6)
      for (const { versions } of emulator.messages) {
        // In code nothing is looked for.
        const text = parsed(versions[0]?.text.replace(/<code>.*?<\/code>/gs, '') ?? '')
        expect(text).not.toMatch(/[@#]\w|(?<!\S)\/\w|:\/\/\S|\w\.[a-z]{2}/i)
      }
    },
  )

  it('writes into a topic, and takes the buttons away when it is over', async () => {
    context = { ...context, options: { chat_id: telegramChat, message_thread_id: '42' } }
    const outcome = await send()
    await send(messageAbout(alert, 'resolved'), outcome.delivered ? outcome.receipt : null)
    const [first, last] = emulator.messages[0]?.versions ?? []
    expect(first).toMatchObject({ message_thread_id: 42, disable_notification: false })
    expect(first).toHaveProperty('reply_markup')
    expect(last).not.toHaveProperty('reply_markup')
  })

  it('rings for what fires, and not for what is over', async () => {
    await send(messageAbout(alert, 'resolved'))
    expect(emulator.messages[0]?.versions[0]).toMatchObject({ disable_notification: true })
  })

  it('takes an edit that changes nothing for done', async () => {
    const outcome = await send()
    const receipt = outcome.delivered ? outcome.receipt : null
    await send(messageAbout(alert, 'grew'), receipt)
    expect(await send(messageAbout(alert, 'grew'), receipt)).toEqual({ delivered: true, receipt })
    expect(emulator.messages[0]?.versions).toHaveLength(2)
    expect(methods()).toEqual(['sendMessage', 'editMessageText', 'editMessageText'])
  })

  it('follows a group that grew up, with edits too', async () => {
    emulator.state.movedTo = '-1009999999999'
    const outcome = await send()
    expect(outcome).toMatchObject({ delivered: true, receipt: '1000' })
    await send(messageAbout(alert, 'resolved'), '1000')
    expect(emulator.messages).toMatchObject([{ chat: '-1009999999999', versions: [{}, {}] }])
  })

  it('says anew what was said in the group before it grew up', async () => {
    await send()
    emulator.state.movedTo = '-1009999999999'
    expect(await send(messageAbout(alert, 'resolved'), '1000')).toMatchObject({ delivered: true, receipt: '1001' })
  })

  it('writes into the chat when its topic is gone', async () => {
    context = { ...context, options: { chat_id: telegramChat, message_thread_id: '42' } }
    emulator.state.topics.clear()
    expect(await send()).toMatchObject({ delivered: true })
    expect(emulator.messages[0]?.versions[0]).not.toHaveProperty('message_thread_id')
  })

  it('writes an address that Telegram has no button for as text, whole', async () => {
    const actions = [{ label: 'Acknowledge', url: `http://guard:4555/a/${'t'.repeat(120)}?x=1&y=2` }]
    expect(await send({ ...fired, actions })).toMatchObject({ delivered: true })
    const [version] = emulator.messages[0]?.versions ?? []
    expect(version).not.toHaveProperty('reply_markup')
    expect(parsed(version?.text ?? '')).toContain(`Acknowledge: ${actions[0]?.url}`)
  })

  it('does not go round in circles', async () => {
    const moved = {
      ok: false,
      description: 'Bad Request: group chat was upgraded',
      parameters: { migrate_to_chat_id: -1 },
    }
    emulator.fail({ times: 100, answer: { status: 400, json: moved } })
    expect(await send()).toMatchObject({ delivered: false, next: 'give-up' })
    expect(emulator.asked).toHaveLength(2)
  })
})

describe('what Telegram refuses', () => {
  it.each([
    [400, 'Bad Request: chat not found', 'gone', /chat_id/],
    [403, 'Forbidden: bot was blocked by the user', 'gone', /blocked/],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone', /removed/],
    [403, "Forbidden: bot can't initiate conversation with a user", 'gone', /nobody wrote/],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'give-up', /not enough rights/],
    [400, 'Bad Request: message is too long', 'give-up', /too long/],
  ])('is told apart: %i %s', async (status, description, next, words) => {
    emulator.state.refusal = { status, description }
    const outcome = await send()
    expect(outcome).toMatchObject({ delivered: false, next, failure: { status } })
    expect(!outcome.delivered && outcome.failure.message).toMatch(words)
  })

  it.each([
    ['a revoked token', telegramToken],
    ['an unknown token', '987654321:AAUnknown-Token_0123456789abcdefghijk'],
  ])('is %s', async (_what, secret) => {
    emulator.state.isTokenRevoked = true
    context = { ...context, secret }
    expect(await send()).toMatchObject({ next: 'gone', failure: { kind: 'channel-gone' } })
  })

  it.each([200, 302, 401, 403, 404])('may be a page of something in between (%i)', async (status) => {
    emulator.fail({ times: 1, answer: { status, text: '<html>Please log in</html>' } })
    expect(await send()).toMatchObject({ next: 'retry', failure: { kind: 'unexpected-response', status } })
  })
})

describe('what a person enters', () => {
  const said = (options: Record<string, string>) => telegram.refuse({ secret: telegramToken, baseUrl: null, options })

  it.each([
    [{ chat_id: '' }, /chat_id/],
    [{ chat_id: 'my group' }, /chat_id/],
    [{ chat_id: telegramChat, message_thread_id: 'General' }, /message_thread_id/],
  ])('is refused in words that say what to do: %j', (options, words) => {
    expect(said(options)).toMatch(words)
  })

  it('may be a person, a group or the name of a channel', () => {
    expect(['42', '-42', telegramChat, '@my_channel'].map((chat) => said({ chat_id: chat }))).toEqual(
      Array.from({ length: 4 }, () => null),
    )
  })
})
