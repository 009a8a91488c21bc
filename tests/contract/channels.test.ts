import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChannelContext, DeliveryOutcome, Message } from '../../electron/alerts/channels/channel.ts'
import { channels } from '../../electron/alerts/channels/registry.ts'
import type { Alert } from '../../shared/alerts.ts'
import { channelFacts, channelKinds, type ChannelKind } from '../../shared/channels.ts'
import { startDiscord } from '../emulators/discord.ts'
import type { Fault } from '../emulators/http.ts'
import { createTestSystem } from '../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)

/** What the suite needs to know of the other side of a channel that is reached over HTTP. */
interface Stage {
  secret: string
  /** Every piece of the secret that must not show anywhere. */
  private: string[]
  /** Messages in the order they arrived, each with all its versions, as the other side understood them. */
  told(): unknown[][]
  asked: string[]
  fail(fault: Fault): void
  remove(): void
  stop(): Promise<void>
}

const stages = {
  discord: async (): Promise<Stage> => {
    const emulator = await startDiscord()
    return {
      secret: emulator.webhookUrl,
      private: ['emulated-token', '123456789', '/webhooks/'],
      told: () => emulator.messages.map((message) => message.versions),
      asked: emulator.asked,
      fail: emulator.fail,
      remove: emulator.deleteWebhook,
      stop: emulator.stop,
    }
  },
} satisfies Partial<Record<ChannelKind, () => Promise<Stage>>>

const remoteKinds = channelKinds.filter((kind) => channelFacts[kind].secretName !== null) as (keyof typeof stages)[]
const localKinds = channelKinds.filter((kind) => channelFacts[kind].secretName === null)

const alert: Alert = {
  id: '11111111-2222-3333-4444-555555555555',
  state: 'firing',
  severity: 'critical',
  rule: 'budget',
  ruleId: 'b1',
  scope: 'project:web',
  scopeLabel: 'project web',
  openedAt: '2026-11-18T15:19:00.000Z',
  updatedAt: '2026-11-18T15:20:00.000Z',
  resolvedAt: null,
  since: '2026-11-18T00:00:00.000Z',
  amount: '120.5',
  limit: '100',
  currency: 'USD',
  summary: '$120.50 spent today, 120% of the $100.00 budget.',
  advice: 'Delete the key, or lower the limit of the project.',
  pattern: 'new-key',
  causes: ['First use of key ci: 81% of it.'],
  link: 'https://platform.openai.com/settings/organization/limits',
  contributors: [
    { dimension: 'model', name: 'gpt-5.5', amount: '100' },
    { dimension: 'key', name: 'legacy-ci', amount: '99.5' },
  ],
  snoozedUntil: null,
  snoozedUntilAmount: null,
  asOf: '2026-11-18T15:18:00.000Z',
  deliveries: [],
  history: [],
}

/** Texts a provider, or somebody who names a key there, may send us. */
const hostileNames = [
  '@everyone @here <@&1> <#2>',
  '`code` **bold** ||spoiler|| [link](https://evil.example) \n# heading',
  '💸'.repeat(3_000),
  'x'.repeat(20_000),
  '\u202Egnp.exe\u0000\u0007',
  ' ',
]

function hostile(name: string): Alert {
  const last = { at: alert.updatedAt, state: 'acknowledged' as const, by: name, note: name }
  return {
    ...alert,
    state: 'acknowledged',
    scopeLabel: `project ${name}`,
    summary: `${name} spent $120.50.`,
    advice: name,
    contributors: (['model', 'project', 'key', 'account'] as const).flatMap((dimension) =>
      [1, 2, 3].map((rank) => ({ dimension, name: `${rank}${name}`, amount: '31.02' })),
    ),
    history: [last],
  }
}

const fired: Message = { alert, occasion: 'fired' }
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })

function failed(outcome: DeliveryOutcome) {
  if (outcome.delivered) throw new Error('delivered')
  return outcome
}

describe.each(remoteKinds)('the %s channel', (kind) => {
  const channel = channels[kind]
  let stage: Stage
  let context: ChannelContext

  beforeEach(async () => {
    stage = await stages[kind]()
    context = { secret: stage.secret, baseUrl: null, options: {}, system }
  })
  afterEach(() => stage.stop())

  const send = (message: Message = fired, receipt: string | null = null) => channel.send(context, message, receipt)

  it('is there on every computer', () => {
    expect(channel.available({ desktop: null })).toBe(true)
  })

  it('tells what, how much, by whom and what to do, and brings back a receipt', async () => {
    const outcome = await send()
    expect(outcome).toMatchObject({ delivered: true, receipt: expect.stringMatching(/./) as string })
    const text = JSON.stringify(stage.told())
    for (const part of ['Budget threshold crossed', '$120.50', '$100.00', 'gpt-5.5', 'legacy-ci', alert.advice])
      expect(text.toLowerCase()).toContain(part.toLowerCase())
  })

  it('edits its message in place as the alert grows, is acknowledged and ends', async () => {
    const first = await send()
    const receipt = first.delivered ? first.receipt : null
    for (const occasion of ['grew', 'acknowledged', 'resolved'] as const)
      expect(await send({ alert, occasion }, receipt)).toEqual({ delivered: true, receipt })
    expect(stage.told().map((versions) => versions.length)).toEqual([4])
  })

  it('sends a new message when an alert fires again, and for a test', async () => {
    const first = await send()
    const receipt = first.delivered ? first.receipt : null
    await send(fired, receipt)
    await send({ alert, occasion: 'test' }, receipt)
    expect(stage.told().map((versions) => versions.length)).toEqual([1, 1, 1])
  })

  it('says it anew where somebody deleted its message', async () => {
    expect(await send({ alert, occasion: 'grew' }, '999')).toMatchObject({ delivered: true })
    expect(stage.told()).toHaveLength(1)
  })

  it('says for good that the other side is gone', async () => {
    stage.remove()
    const outcome = failed(await send())
    expect(outcome).toMatchObject({ next: 'gone', failure: { kind: 'channel-gone' } })
    expect(outcome.failure.message).toMatch(/add it again|new one/)
  })

  it.each([400, 403, 405, 413])('does not repeat what was refused with %i', async (status) => {
    stage.fail({ times: 1, answer: { status, json: { message: 'Invalid Form Body', code: 50_035 } } })
    expect(failed(await send())).toMatchObject({ next: 'give-up', failure: { kind: 'channel-rejected', status } })
  })

  it.each([
    ['seconds in the body', { json: { message: 'limited', retry_after: 2.5, global: false } }, 2_500],
    ['seconds in a header', { text: 'slow down', headers: { 'retry-after': '7' } }, 7_000],
    ['a date in a header', { text: '', headers: { 'retry-after': new Date(now + 90_000).toUTCString() } }, 90_000],
    ['nothing at all', { text: '' }, 1_000],
    ['nonsense', { json: { retry_after: 'soon' }, headers: { 'retry-after': 'later' } }, 1_000],
    ['a time in the past', { json: { retry_after: -5 } }, 1_000],
  ])('waits as long as it is asked to: %s', async (_where, answer, waitMs) => {
    stage.fail({ times: 1, answer: { status: 429, ...answer } })
    expect(failed(await send())).toMatchObject({
      next: 'retry',
      failure: { kind: 'rate-limited', retryAtMs: now + waitMs },
    })
  })

  it.each([500, 502, 503, 504, 520])('tries again after a fault of the other side (%i)', async (status) => {
    stage.fail({ times: 1, answer: { status, text: '<html>down</html>' } })
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'provider-down', status } })
  })

  it.each([200, 401, 403])('takes a web page with %i for the word of something in between', async (status) => {
    stage.fail({ times: 1, answer: { status, text: '<html>Just a moment…</html>' } })
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'unexpected-response', status } })
    expect(await send()).toMatchObject({ delivered: true })
  })

  it('tries again when there is no answer in time', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal)
    const limits: number[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms)
      return real(ms / 300)
    })
    stage.fail({ times: 1, answer: 'hang' })
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'timeout' } })
    expect(limits.every((ms) => ms <= 30_000)).toBe(true)
  })

  it('tries again when the connection breaks off', async () => {
    stage.fail({ times: 1, answer: 'reset' })
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'truncated' } })
  })

  it('tries again when the name cannot be resolved, or nobody listens', async () => {
    context = { ...context, baseUrl: 'https://nowhere.invalid' }
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'offline' } })
    await stage.stop()
    context = { ...context, baseUrl: null }
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'offline' } })
  })

  it.each(['<html>Please log in</html>', '{"id": "123'])('takes garbage for no receipt: %s', async (text) => {
    stage.fail({ times: 1, answer: { status: 200, text } })
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'unexpected-response' } })
  })

  it('follows no redirect, because the address is the secret', async () => {
    const other = await stages[kind]()
    stage.fail({ times: 1, answer: { status: 307, headers: { location: other.secret } } })
    expect(failed(await send()).next).toBe('give-up')
    expect(other.asked).toEqual([])
    await other.stop()
  })

  it('never lets its secret into a failure', async () => {
    const answers: Fault['answer'][] = [
      'reset',
      ...[301, 400, 401, 403, 404, 408, 429, 500].map((status) => ({ status, text: stage.secret })),
      { status: 400, json: { message: `Bad request to ${stage.secret}`, code: 50_035 } },
      { status: 200, text: `<a href="${stage.secret}">` },
    ]
    const failures = []
    for (const answer of answers) {
      stage.fail({ times: 1, answer })
      failures.push(failed(await send()).failure)
    }
    context = { ...context, baseUrl: 'https://nowhere.invalid' }
    failures.push(failed(await send()).failure)
    for (const part of stage.private) expect(JSON.stringify(failures)).not.toContain(part)
  })

  it('refuses a secret of the wrong shape in words that do not repeat it', () => {
    for (const secret of ['', 'hunter2', 'https://evil.example/api/webhooks/1/abc', 'http://discord.com/secret']) {
      const said = channel.refuse({ secret, baseUrl: null, options: {} })
      expect(said).not.toBeNull()
      if (secret !== '') expect(said).not.toContain(secret)
    }
    expect(channel.refuse({ secret: stage.secret, baseUrl: null, options: {} })).toBeNull()
  })

  it.each(hostileNames)('delivers whatever a provider calls things (%#)', async (name) => {
    expect(await send({ alert: hostile(name), occasion: 'fired' })).toMatchObject({ delivered: true })
  })

  it('still says how much a thing with an endless name cost', async () => {
    await send({ alert: hostile('x'.repeat(20_000)), occasion: 'fired' })
    expect(JSON.stringify(stage.told()).match(/\$31\.02/g)).toHaveLength(12)
  })
})

describe('the discord channel in particular', () => {
  it('asks for a receipt when it posts, and keeps the thread it was given', async () => {
    const emulator = await startDiscord()
    const context = { secret: `${emulator.webhookUrl}?thread_id=42&wait=false`, baseUrl: null, options: {}, system }
    const posted = await channels.discord.send(context, fired, null)
    expect(posted).toMatchObject({ delivered: true })
    await channels.discord.send(context, { alert, occasion: 'grew' }, posted.delivered ? posted.receipt : null)
    expect(emulator.asked).toEqual([
      'POST /api/webhooks/123456789/emulated-token?thread_id=42&wait=true',
      'PATCH /api/webhooks/123456789/emulated-token/messages/1000000?thread_id=42',
    ])
    await emulator.stop()
  })

  it.each(hostileNames)('pings nobody and stays within the limits of a message (%#)', (name) => {
    for (const occasion of ['fired', 'grew', 'acknowledged', 'resolved', 'test'] as const) {
      const body = channels.discord.render({ alert: hostile(name), occasion }) as {
        allowed_mentions: unknown
        embeds: {
          title: string
          description: string
          fields: { name: string; value: string }[]
          footer: { text: string }
        }[]
      }
      expect(body.allowed_mentions).toEqual({ parse: [] })
      const [embed] = body.embeds
      if (!embed) throw new Error('no embed')
      const texts = [
        embed.title,
        embed.description,
        embed.footer.text,
        ...embed.fields.flatMap((f) => [f.name, f.value]),
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

  it.each([
    ['200 without a body', { status: 200, text: '' }],
    ['204', { status: 204 }],
    ['a body without an id', { status: 200, json: {} }],
    ['an id that is no snowflake', { status: 200, json: { id: '../../evil' } }],
  ])('counts as delivered, without a receipt: %s', async (_what, answer) => {
    const emulator = await startDiscord()
    emulator.fail({ times: 1, answer })
    const context = { secret: emulator.webhookUrl, baseUrl: null, options: {}, system }
    expect(await channels.discord.send(context, fired, null)).toEqual({ delivered: true, receipt: null })
    await emulator.stop()
  })
})

describe.each(localKinds)('the %s channel', (kind) => {
  const channel = channels[kind]
  const context = (desktop: ChannelContext['system']['desktop']): ChannelContext => ({
    secret: null,
    baseUrl: null,
    options: {},
    system: { ...system, desktop },
  })

  it('is there only where the host has a desktop, and says so otherwise', async () => {
    expect(channel.available({ desktop: null })).toBe(false)
    expect(channel.available(system)).toBe(true)
    expect(failed(await channel.send(context(null), fired, null))).toMatchObject({ next: 'give-up' })
  })

  it('tells what fires, with the alert it is about', async () => {
    const notes: unknown[] = []
    const take = async (note: unknown) => void notes.push(note)
    expect(await channel.send(context({ notify: take, signal: take }), fired, null)).toEqual({
      delivered: true,
      receipt: null,
    })
    expect(notes).toEqual([expect.objectContaining({ alertId: alert.id, urgent: true })])
  })

  it('keeps quiet as the alert grows or is acknowledged', async () => {
    const notes: unknown[] = []
    const take = async (note: unknown) => void notes.push(note)
    for (const occasion of ['grew', 'acknowledged'] as const)
      expect(await channel.send(context({ notify: take, signal: take }), { alert, occasion }, null)).toMatchObject({
        delivered: true,
      })
    expect(notes).toEqual([])
  })

  it('tries again when the system does not take it', async () => {
    const refuse = () => Promise.reject(new Error('no notification service answers'))
    expect(failed(await channel.send(context({ notify: refuse, signal: refuse }), fired, null))).toMatchObject({
      next: 'retry',
      failure: { kind: 'channel-rejected' },
    })
  })

  it.each(hostileNames)('keeps its text short whatever a provider calls things (%#)', (name) => {
    const note = channel.render({ alert: hostile(name), occasion: 'fired' }) as { title: string; body: string }
    expect(note.title.length).toBeLessThanOrEqual(120)
    expect(note.body.length).toBeLessThanOrEqual(240)
    expect((note.title + note.body).isWellFormed()).toBe(true)
  })
})
