import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageAbout, nothingEarlier, type ChannelContext } from '../../../../electron/alerts/channels/channel.ts'
import { slack } from '../../../../electron/alerts/channels/slack.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { bracketsIn, startSlack, type SlackEmulator } from '../../../emulators/slack.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: SlackEmulator
let bot: ChannelContext
let webhook: ChannelContext

beforeEach(async () => {
  emulator = await startSlack()
  bot = { secret: emulator.token, baseUrl: emulator.url, options: { channel: emulator.channel }, system }
  webhook = { secret: emulator.webhookUrl, baseUrl: emulator.url, options: {}, system }
})
afterEach(() => emulator.stop())

describe('what the slack channel says', () => {
  it('shows instants in the time zone of the reader, and in UTC where that cannot be', async () => {
    await slack.send(bot, fired, nothingEarlier)
    expect(bracketsIn(emulator.messages[0]!.versions[0]!)).toEqual([
      `<!date^${Date.UTC(2026, 10, 18) / 1_000}^{date_short_pretty} {time}|2026-11-18 00:00 UTC>`,
      `<!date^${Date.UTC(2026, 10, 18, 15, 18) / 1_000}^{date_short_pretty} {time}|2026-11-18 15:18 UTC>`,
    ])
  })

  it.each([
    ...hostileNames,
    '<!channel> <@U1> <https://evil.example|bill>',
    '&<>'.repeat(5_000),
    '*_~:`>'.repeat(2_000),
  ])('pings nobody, links nowhere and stays within the limits of its blocks (%#)', async (name) => {
    const occasions = ['fired', 'grew', 'acknowledged', 'resolved', 'test'] as const
    const all = { ...grouped, alerts: [hostile(name), ...grouped.alerts] as const }
    for (const message of [...occasions.map((one) => messageAbout(hostile(name), one)), all])
      expect(await slack.send(bot, message, nothingEarlier)).toMatchObject({ delivered: true })
    const brackets = emulator.messages.flatMap(({ versions }) => versions.flatMap(bracketsIn))
    expect(brackets.filter((one) => !/^<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\d :-]+UTC>$/.test(one))).toEqual(
      [],
    )
  })

  it('leaves names as they are where nothing in them is markup', () => {
    const named = { ...alert, summary: 'legacy_ci at 15:20 spent 3*4, a~b.', causes: ['**new** :fire: _now_'] }
    const text = JSON.stringify(slack.render(messageAbout(named, 'fired')))
    expect(text).toContain('legacy_ci at 15:20 spent 3*4, a~b.')
    expect(text).toContain('∗∗new∗∗ ∶fire: ＿now＿')
  })

  it('still says how much a thing with an endless name cost', async () => {
    await slack.send(bot, messageAbout(hostile('&'.repeat(20_000)), 'fired'), nothingEarlier)
    expect(JSON.stringify(emulator.messages).match(/\$31\.02/g)).toHaveLength(12)
  })

  it('offers its links as buttons, whole', () => {
    const { actions } = grouped
    const { blocks } = slack.render({ ...fired, actions })
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
    expect(buttons.map(({ text, url }) => [text.text, url])).toEqual([
      ...actions.map(({ label, url }) => [label, url]),
      ['Open at the provider', alert.link],
    ])
  })
})

describe('a slack bot', () => {
  it('edits where it posted, and unfurls nothing', async () => {
    const posted = await slack.send(bot, fired, nothingEarlier)
    expect(posted).toEqual({ delivered: true, receipt: 'C0EMULATED 1764000000.100000' })
    await slack.send(bot, messageAbout(alert, 'grew'), { ...nothingEarlier, receipt: 'C0EMULATED 1764000000.100000' })
    expect(emulator.asked).toEqual(['POST /api/chat.postMessage', 'POST /api/chat.update'])
    expect(emulator.messages[0]!.versions[0]).toMatchObject({ unfurl_links: false })
  })

  it('posts anew after a receipt of another way, such as none it can read', async () => {
    await slack.send(bot, messageAbout(alert, 'grew'), { ...nothingEarlier, receipt: '123' })
    expect(emulator.asked).toEqual(['POST /api/chat.postMessage'])
  })

  it.each([
    ['invalid_auth', 'gone', 'channel-gone', /edit the channel/],
    ['account_inactive', 'gone', 'channel-gone', /edit the channel/],
    ['token_revoked', 'gone', 'channel-gone', /edit the channel/],
    ['channel_not_found', 'gone', 'channel-gone', /Invite the app/],
    ['is_archived', 'gone', 'channel-gone', /archived/],
    ['not_in_channel', 'give-up', 'channel-rejected', /\/invite/],
    ['missing_scope', 'give-up', 'channel-rejected', /chat:write/],
    ['msg_too_long', 'give-up', 'channel-rejected', /msg_too_long/],
    ['restricted_action', 'give-up', 'channel-rejected', /restricted_action/],
    ['ratelimited', 'retry', 'rate-limited', /wait/],
    ['internal_error', 'retry', 'provider-down', /503/],
  ] as const)('tells apart what Slack says with a status of 200: %s', async (word, next, kind, message) => {
    emulator.refuseWith(word)
    expect(await slack.send(bot, fired, nothingEarlier)).toMatchObject({
      next,
      failure: { kind, message: expect.stringMatching(message) as string },
    })
  })

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'says it anew where it cannot edit (%s)',
    async (error) => {
      emulator.fail({ times: 1, path: 'chat.update', answer: { status: 200, json: { ok: false, error } } })
      const earlier = { ...nothingEarlier, receipt: 'C0EMULATED 1764000000.100000' }
      expect(await slack.send(bot, messageAbout(alert, 'grew'), earlier)).toMatchObject({ delivered: true })
      expect(emulator.asked).toEqual(['POST /api/chat.update', 'POST /api/chat.postMessage'])
    },
  )

  it('takes a page of something in between for no word of Slack', async () => {
    for (const status of [200, 302, 401, 403]) {
      emulator.fail({ times: 1, answer: { status, text: '<html>Log in</html>' } })
      expect(await slack.send(bot, fired, nothingEarlier)).toMatchObject({
        next: 'retry',
        failure: { kind: 'unexpected-response', status },
      })
    }
  })
})

describe('a slack webhook', () => {
  it.each([
    ['no_service', 'gone', 'channel-gone'],
    ['invalid_token', 'gone', 'channel-gone'],
    ['no_active_hooks', 'gone', 'channel-gone'],
    ['channel_not_found', 'gone', 'channel-gone'],
    ['channel_is_archived', 'gone', 'channel-gone'],
    ['action_prohibited', 'give-up', 'channel-rejected'],
    ['posting_to_general_channel_denied', 'give-up', 'channel-rejected'],
    ['rollup_error', 'retry', 'provider-down'],
  ] as const)('tells apart the words that Slack answers: %s', async (word, next, kind) => {
    emulator.refuseWith(word)
    expect(await slack.send(webhook, fired, nothingEarlier)).toMatchObject({ next, failure: { kind } })
  })

  it('follows no redirect, because the address is the secret', async () => {
    const other = await startSlack()
    emulator.fail({ times: 1, answer: { status: 302, text: '', headers: { location: other.url } } })
    expect(await slack.send(webhook, fired, nothingEarlier)).toMatchObject({ delivered: false })
    expect(other.asked).toEqual([])
    await other.stop()
  })
})

describe('a slack channel that is added', () => {
  const refuse = (secret: string, channel?: string) =>
    slack.refuse({ secret, baseUrl: null, options: channel === undefined ? {} : { channel } })

  it('names the channel of a bot, and none for a webhook', () => {
    expect(refuse(emulator.token, emulator.channel)).toBeNull()
    expect(refuse(emulator.webhookUrl)).toBeNull()
    expect(refuse(emulator.token)).toMatch(/option channel/)
    expect(refuse(emulator.token, '#alerts')).toMatch(/C0123456789/)
    expect(refuse(emulator.webhookUrl, emulator.channel)).toMatch(/leave the option channel out/)
  })

  it('says what is wrong with what is easily taken instead', () => {
    expect(refuse('xoxp-1234567890-user')).toMatch(/bot token/)
    expect(refuse('https://hooks.slack.com/triggers/T0/1/abc')).toMatch(/workflow/)
    expect(refuse('https://hooks.slack.com.evil.example/services/T0/B0/abc')).toMatch(/neither/)
  })
})
