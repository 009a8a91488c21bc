import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  messageAbout,
  nothingEarlier,
  type ChannelContext,
  type Message,
} from '../../../../electron/alerts/channels/channel.ts'
import { ntfy } from '../../../../electron/alerts/channels/ntfy.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import type { EmulatedAnswer } from '../../../emulators/http.ts'
import { startNtfy, type NtfyEmulator } from '../../../emulators/ntfy.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: NtfyEmulator
let context: ChannelContext

async function open(options: Parameters<typeof startNtfy>[0] = {}, login = '') {
  await emulator?.stop()
  emulator = await startNtfy(options)
  context = { secret: `${emulator.topicUrl}${login}`, baseUrl: null, options: {}, system }
}
beforeEach(() => open())
afterEach(() => emulator.stop())

const send = (message: Message = fired, receipt: string | null = null) =>
  ntfy.send(context, message, { ...nothingEarlier, receipt })
const meet = async (answer: EmulatedAnswer) => {
  emulator.fail({ times: 1, answer })
  return send()
}

describe('the ntfy channel', () => {
  it('wakes somebody for what is critical, and for what is no news nobody', async () => {
    const receipt = await send().then((first) => (first.delivered ? first.receipt : null))
    for (const occasion of ['grew', 'acknowledged', 'resolved'] as const)
      await send(messageAbout({ ...alert, state: occasion === 'grew' ? 'firing' : occasion }, occasion), receipt)
    expect(emulator.notifications.map((all) => all.map(({ priority, tags }) => [priority, ...tags]))).toEqual([
      [
        [5, 'rotating_light'],
        [5, 'rotating_light'],
        [2, 'rotating_light'],
        [2, 'white_check_mark'],
      ],
    ])
  })

  it.each([
    ['critical', 5],
    ['warning', 4],
    ['info', 3],
  ] as const)('tells what is %s with priority %i', (severity, priority) => {
    expect(ntfy.render(messageAbout({ ...alert, severity }, 'fired'))).toMatchObject({ priority })
  })

  it('opens at a tap where the money is stopped, until it is over', () => {
    expect(ntfy.render(fired).click).toBe(alert.link)
    expect(ntfy.render(messageAbout(alert, 'resolved'))).not.toHaveProperty('click')
  })

  it('has buttons that open a page, and says links beyond the third in its text', () => {
    const actions = ['Acknowledge', 'Snooze 1 hour', 'Snooze a day', 'Expected'].map((label, nth) => ({
      label,
      url: `https://guard.example/${nth}/${'t'.repeat(700)}`,
    }))
    for (const name of ['plain', ...hostileNames]) {
      const body = ntfy.render({ ...messageAbout(hostile(name), 'fired'), actions })
      expect(body.actions).toEqual(actions.slice(0, 3).map((one) => ({ action: 'view', ...one })))
      expect(body.message.endsWith(`\n\nExpected: ${actions[3]?.url}`)).toBe(true)
    }
  })

  it('says one thing once when an attempt is repeated, also to a topic that several guards tell', async () => {
    await send()
    await send()
    await send({ ...fired, alerts: [{ ...alert, id: 'of another guard' }] })
    expect(emulator.notifications.map((versions) => versions.length)).toEqual([2, 1])
  })

  it('shows what follows as another notification where the server is older than 2.16', async () => {
    await open({ version: 2.11 })
    const first = await send()
    const outcome = await send(messageAbout(alert, 'grew'), first.delivered ? first.receipt : null)
    expect(outcome).toMatchObject({ delivered: true })
    expect(emulator.notifications.map((versions) => versions.length)).toEqual([1, 1])
  })

  it.each([...hostileNames, '"'.repeat(20_000), '\\\n'.repeat(20_000), '漢'.repeat(20_000), '\u0001'.repeat(20_000)])(
    'is never so long that it becomes a file, nor makes links of names (%#)',
    async (name) => {
      const one = hostile(`${name} https://evil.example/x www.evil.example`)
      for (const message of [
        messageAbout(one, 'fired', 'delivery-1'),
        { ...grouped, alerts: [one, one, one] as const, key: 'delivery-2' },
      ]) {
        expect(await send(message)).toMatchObject({ delivered: true })
        const told = emulator.notifications.at(-1)?.at(-1)
        expect(told?.attached).toBe(false)
        expect(told?.message).not.toMatch(/https:\/\/evil|www\.evil|[\u202A-\u202E]/)
        expect(told?.title).not.toMatch(/\p{Cc}/u)
        expect(`${told?.title}${told?.message}`.isWellFormed()).toBe(true)
      }
    },
  )

  it('logs in with a token, or with a name and a password that may hold spaces', async () => {
    for (const login of [' tk_emulated', ' guard:pass word']) {
      await open({ token: 'tk_emulated' }, login)
      expect(ntfy.refuse({ secret: context.secret, baseUrl: null, options: {} })).toBeNull()
      expect(await send()).toMatchObject({ delivered: true })
    }
  })

  it.each([
    ['', 403],
    [' tk_wrong', 401],
    [' guard:wrong', 401],
  ])('is gone where the login is not right: "%s"', async (login, status) => {
    await open({ token: 'tk_emulated' }, login)
    expect(await send()).toMatchObject({ next: 'gone', failure: { kind: 'channel-gone', status } })
  })

  it.each([
    ['an address without ntfy', 404, 40_401],
    ['a topic that is not allowed', 400, 40_010],
  ])('is gone for %s', async (_what, status, code) => {
    expect(await meet({ status, json: { code, http: status, error: 'no' } })).toMatchObject({ next: 'gone' })
  })

  it.each([200, 302, 401, 403, 404])('takes a page with %i for the word of something in between', async (status) => {
    expect(await meet({ status, text: '<html>Log in</html>' })).toMatchObject({
      next: 'retry',
      failure: { kind: 'unexpected-response', status },
    })
    expect(await send()).toMatchObject({ delivered: true })
  })

  it.each([
    [413, 41_303],
    [400, 40_049],
    [405, 40_501],
  ])('does not repeat what was refused with %i (code %i)', async (status, code) => {
    const outcome = await meet({ status, json: { code, http: status, error: emulator.topicUrl } })
    expect(outcome).toMatchObject({ next: 'give-up', failure: { kind: 'channel-rejected', status } })
    expect(JSON.stringify(outcome)).toContain(`(code ${code})`)
    expect(JSON.stringify(outcome)).not.toContain('emulated')
  })

  it.each([
    [500, 'provider-down'],
    [502, 'provider-down'],
    [507, 'channel-rejected'],
  ])('tries again after %i', async (status, kind) => {
    expect(await meet({ status, text: 'no' })).toMatchObject({ next: 'retry', failure: { kind, status } })
  })

  it.each([
    ['unnamed', 42_901, {}, 5_000],
    ['named', 42_901, { 'retry-after': '7' }, 7_000],
    ['named for too long', 42_901, { 'retry-after': '86400' }, 3_600_000],
    ['the messages of the day', 42_908, {}, 900_000],
    ['the messages of the day, named for too short', 42_908, { 'retry-after': '1' }, 900_000],
  ])('waits when it is asked to: %s', async (_what, code, headers, waitMs) => {
    expect(await meet({ status: 429, json: { code, http: 429, error: 'limit reached' }, headers })).toMatchObject({
      next: 'retry',
      failure: { kind: 'rate-limited', retryAtMs: now + waitMs },
    })
  })

  it('goes to any https server, and to this computer without', () => {
    const refuse = (secret: string, baseUrl: string | null = null) => ntfy.refuse({ secret, baseUrl, options: {} })
    for (const secret of ['https://ntfy.example.com:8443/alerts', 'http://127.0.0.1:2586/alerts', 'http://localhost/a'])
      expect(refuse(secret)).toBeNull()
    expect(refuse('http://ntfy.example.com/alerts')).toContain('must be https')
    expect(refuse('https://me:pw@ntfy.sh/alerts')).toContain('after the topic URL')
    expect(refuse('https://ntfy.sh/alerts hunter2')).toContain('tk_')
    expect(refuse(`https://ntfy.sh/${'a'.repeat(65)}`)).toContain('looks like')
  })

  it('follows no redirect, because the topic is the secret', async () => {
    const other = await startNtfy()
    await meet({ status: 307, headers: { location: `${other.url}/` } })
    expect(other.asked).toEqual([])
    await other.stop()
  })
})
