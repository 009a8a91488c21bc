import { readdirSync, readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApiServer } from '../../electron/api/server.ts'
import type { Guard } from '../../electron/guard.ts'
import { createLogger } from '../../electron/logging/logger.ts'
import { createReopeningGuard } from '../../electron/reopening.ts'
import type { Alert } from '../../shared/alerts.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { hourMs, minuteMs } from '../../shared/time.ts'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createTestSystem } from '../fakes/system.ts'

const publicHost = 'guard.example.com'
const apiToken = 'the-token-of-this-run'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a link in a message', () => {
  let openai: Emulator
  let discord: DiscordEmulator
  let system: ReturnType<typeof createTestSystem>
  let lines: string[]
  let guard: Guard
  let server: ReturnType<typeof createApiServer>
  let url: string

  async function open(): Promise<void> {
    const opened = createReopeningGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
    server = createApiServer({ guard, token: apiToken, rendererDir: null, links: await guard.serveLinks() })
    url = await server.listen(0)
  }
  async function close(): Promise<void> {
    await server.close()
    await guard.stop()
  }
  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  /** As a proxy in front hands it on: under the public name. */
  function visit(
    target: string,
    { method = 'GET', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
  ): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url)
      const sent = { host: publicHost, ...headers }
      const request = httpRequest({ hostname, port, path: target, method, headers: sent }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => (text += String(part)))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      })
      request.on('error', reject).end(body)
    })
  }
  const press = (target: string, choice: string) =>
    visit(target, { method: 'POST', headers: form, body: `choice=${choice}` })

  const newest = () => JSON.stringify(discord.messages.at(-1)?.versions.at(-1))
  const linkIn = (message: string) => /https:\/\/guard\.example\.com(\/a\/[\w-]+)/.exec(message)?.[1] ?? ''
  const budgetAlert = async (): Promise<Alert> => {
    const alert = (await ask('alerts:list', {})).find(({ rule }) => rule === 'budget')
    if (!alert) throw new Error('there is no alert')
    return alert
  }
  /** An alert that was told on Discord; answers the path of its link. */
  async function alarm(): Promise<string> {
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    await ask('polls:run', {})
    const link = linkIn(newest())
    expect(link).toMatch(/^\/a\/[\w-]{36}$/)
    return link
  }

  beforeEach(async () => {
    lines = []
    system = createTestSystem({ log: createLogger((line) => lines.push(line), Date.now) })
    system.settings.set('publicUrl', `https://${publicHost}`)
    openai = await startOpenai({
      now: () => system.clock.now(),
      usageDelayMs: 0,
      costDelayMs: hourMs,
      flows: [
        {
          provider: 'openai',
          model: 'gpt-5-mini-2025-08-07',
          project: 'web',
          apiKey: 'prod',
          tokens: { input: 10_000, cached: 0, output: 10_000 },
          prices: { input: 0.25, cached: 0.025, output: 2 },
          pace: () => 1,
        },
      ],
    })
    discord = await startDiscord()
    await open()
    await ask('settings:change', { velocityFloor: '1000000', anomalyFloor: '1000000' })
    await ask('accounts:add', { provider: 'openai', label: 'Acme', baseUrl: openai.url, secret: openaiKey })
    await ask('people:save', { name: 'Ada', zone: 'Asia/Tokyo' })
    await ask('channels:add', { kind: 'discord', label: 'Ops', secret: discord.webhookUrl, person: 'Ada' })
  })
  afterEach(async () => {
    await close()
    await openai.stop()
    await discord.stop()
  })

  describe('about several alerts', () => {
    async function alarms(): Promise<{ link: string; ids: string[] }> {
      for (const limit of ['0.5', '0.4', '0.3']) await ask('budgets:set', { limit, period: 'month' })
      await ask('polls:run', {})
      expect(discord.messages).toHaveLength(1)
      const link = linkIn(newest())
      expect(link).toMatch(/^\/a\/[\w-]{36}$/)
      const firing = (await ask('alerts:list', { state: 'firing' })).filter(({ rule }) => rule === 'budget')
      return { link, ids: firing.map(({ id }) => id) }
    }
    const pressOne = (link: string, choice: string, id: string) =>
      visit(link, { method: 'POST', headers: form, body: `alert=${id}&choice=${choice}` })
    const states = async () =>
      (await ask('alerts:list', {}))
        .filter(({ rule }) => rule === 'budget')
        .map(({ state, history }) => ({
          state,
          by: history.at(-1)?.by,
        }))

    it('shows each, changes nothing by looking, and acknowledges all of them at one press', async () => {
      const { link } = await alarms()
      const page = await visit(link)
      expect(page.status).toBe(200)
      expect(page.text.match(/<h2/g)).toHaveLength(3)
      expect(page.text).toContain('Acknowledge all')
      expect((await states()).map(({ state }) => state)).toEqual(['firing', 'firing', 'firing'])
      expect(await press(link, 'acknowledge')).toMatchObject({ status: 303 })
      expect(await states()).toEqual(Array.from({ length: 3 }, () => ({ state: 'acknowledged', by: 'Ada' })))
      const after = await visit(link)
      expect(after.text).toContain('Acknowledged by Ada')
      expect(after.text).not.toContain('<button')
      expect((await press(link, 'snooze-8')).status).toBe(410)
      expect(await states()).toEqual(Array.from({ length: 3 }, () => ({ state: 'acknowledged', by: 'Ada' })))
    })

    it('does with one what is pressed for one, once, also after a restart; the rest stays open', async () => {
      const { link, ids } = await alarms()
      const [first = ''] = ids
      expect((await pressOne(link, 'snooze-1', first)).status).toBe(303)
      await close()
      await open()
      expect((await pressOne(link, 'acknowledge', first)).status).toBe(200)
      expect((await ask('alerts:show', { id: first })).state).toBe('snoozed')
      expect((await visit(link)).text).toContain('2 of 3 alerts are open')
      expect((await press(link, 'acknowledge')).status).toBe(303)
      const told = await states()
      expect(told.filter(({ state }) => state === 'acknowledged')).toHaveLength(2)
      expect(told.filter(({ state }) => state === 'snoozed')).toHaveLength(1)
    })

    it('reaches no alert that is not in the message, and none once it expired or its signature is wrong', async () => {
      const { link } = await alarms()
      await ask('channels:add', { kind: 'discord', label: 'Other', secret: `${discord.webhookUrl}?thread_id=1` })
      expect((await pressOne(link, 'acknowledge', 'another')).status).toBe(200)
      const wrong = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`
      expect((await press(wrong, 'acknowledge')).status).toBe(404)
      system.leap(73 * hourMs)
      expect((await press(link, 'acknowledge')).status).toBe(410)
      expect((await states()).every(({ state }) => state === 'firing')).toBe(true)
    })

    it('is gone from the message once everything is done, and stays the same until then', async () => {
      const { link, ids } = await alarms()
      await pressOne(link, 'acknowledge', ids[0] ?? '')
      await expect.poll(() => discord.messages[0]?.versions.length).toBeGreaterThan(1)
      expect(linkIn(newest())).toBe(link)
      await press(link, 'acknowledge')
      await expect.poll(() => linkIn(newest())).toBe('')
    })
  })

  it('acknowledges once, for whoever reads the channel, and stays spent over a restart', async () => {
    const link = await alarm()
    const before = await budgetAlert()

    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await visit(link, { method, headers: { 'user-agent': 'Discordbot/2.0' } })).status).toBe(200)
    expect(await budgetAlert()).toEqual(before)
    expect(discord.messages.at(-1)?.versions).toHaveLength(1)
    expect((await visit(link)).text).toContain('value="acknowledge"')

    const pressed = await press(link, 'acknowledge')
    expect(pressed).toMatchObject({ status: 303, text: '' })
    const shown = await visit(new URL(pressed.headers.location ?? '', `https://${publicHost}${link}`).pathname)
    expect(shown.status).toBe(200)
    expect(shown.text).toMatch(/Acknowledged by Ada, 19 Nov, 00:2\d GMT\+9\./)
    const acknowledged = await budgetAlert()
    expect(acknowledged).toMatchObject({ state: 'acknowledged' })
    expect(acknowledged.history.at(-1)).toMatchObject({ state: 'acknowledged', by: 'Ada', via: 'link' })
    await expect.poll(newest).toContain('acknowledged by Ada')
    expect(discord.messages).toHaveLength(1)
    expect(linkIn(newest())).toBe('') // a link that is spent is not told again

    await close()
    await open()
    const again = await press(link, 'snooze-8')
    expect(again.status).toBe(410)
    expect(again.text).toContain('Acknowledged by Ada')
    expect(await budgetAlert()).toEqual(acknowledged)
  })

  it('snoozes for as long as the button says', async () => {
    const link = await alarm()
    await press(link, 'snooze-8')
    const alert = await budgetAlert()
    expect(alert.state).toBe('snoozed')
    const hours = (Date.parse(alert.snoozedUntil ?? '') - system.clock.now()) / hourMs
    expect(hours).toBeGreaterThan(7.9)
    expect(hours).toBeLessThanOrEqual(8)
    expect((await visit(link)).text).toMatch(/Snoozed by Ada.*snoozed until 19 Nov, 08:/s)
  })

  it('is the same in each version of the message, and a new one when the alert fires anew', async () => {
    const link = await alarm()
    const { id } = await budgetAlert()
    await ask('alerts:acknowledge', { id })
    await expect.poll(newest).toContain('acknowledged by')
    expect(linkIn(newest())).toBe(link)
    await ask('alerts:snooze', { id, until: new Date(system.clock.now() + minuteMs).toISOString() })
    system.leap(2 * minuteMs)
    await ask('polls:run', {})
    const next = linkIn(newest())
    expect(next).toMatch(/^\/a\//)
    expect(next).not.toBe(link)
    // The older one may lie on top in somebody's telephone: either does, and one is enough.
    await press(next, 'acknowledge')
    expect((await visit(link)).text).toContain('Acknowledged by Ada')
    expect((await press(link, 'snooze-1')).status).toBe(410)
  })

  it('changes nothing where somebody else was quicker, and can still snooze', async () => {
    const link = await alarm()
    const { id } = await budgetAlert()
    await ask('alerts:acknowledge', { id, by: 'Grace' })
    const pressed = await press(link, 'acknowledge')
    expect(pressed.status).toBe(200)
    expect(pressed.text).toContain('acknowledged by Grace')
    await press(link, 'snooze-1')
    expect(await budgetAlert()).toMatchObject({ state: 'snoozed' })
  })

  it('expires, also when the clock leaps', async () => {
    const link = await alarm()
    system.leap(71 * hourMs)
    expect((await visit(link)).status).toBe(200)
    system.leap(hourMs)
    for (const answer of [await visit(link), await press(link, 'acknowledge')]) {
      expect(answer.status).toBe(410)
      expect(answer.text).toContain('expired')
      expect(answer.text).not.toContain('Budget')
    }
    expect((await budgetAlert()).state).toBe('firing')
  })

  it('is over with its alert', async () => {
    const link = await alarm()
    await ask('alerts:resolve', { id: (await budgetAlert()).id, by: 'Grace' })
    const shown = await visit(link)
    expect(shown).toMatchObject({ status: 200 })
    expect(shown.text).toContain('resolved by Grace')
    expect((await press(link, 'acknowledge')).status).toBe(410)
    expect((await budgetAlert()).state).toBe('resolved')
  })

  it('goes with its channel, and names the channel where it reaches nobody in particular', async () => {
    const [own] = (await ask('channels:list', {})).filter(({ kind }) => kind === 'discord')
    await ask('channels:change', { id: own?.id ?? '', person: null })
    const link = await alarm()
    expect((await visit(link)).text).toContain('whoever reads Ops')
    await ask('channels:remove', { id: own?.id ?? '' })
    for (const answer of [await visit(link), await press(link, 'acknowledge')]) expect(answer.status).toBe(404)
    expect((await budgetAlert()).state).toBe('firing')
  })

  it('is all that answers under the public name', async () => {
    await alarm()
    const bearer = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' }
    for (const target of ['/', '/index.html', '/healthz', '/metrics', '/api/pushes', '/a', '//a/x', '/a/../index.html'])
      expect((await visit(target, { headers: bearer })).status).toBe(403)
    for (const target of ['/api/calls/status:get', '/a/../api/calls/status:get'])
      expect((await visit(target, { method: 'POST', headers: bearer, body: '{}' })).status).toBe(403)
  })

  it('answers by the names it has, however a proxy writes them, and by no other', async () => {
    const link = await alarm()
    const { port } = new URL(url)
    for (const host of [publicHost, `${publicHost}:443`, 'Guard.Example.com', `127.0.0.1:${port}`])
      expect((await visit(link, { headers: { host } })).status).toBe(200)
    for (const host of [
      'evil.example',
      `evil-${publicHost}`,
      `${publicHost}.evil.example`,
      `${publicHost}:8443`,
      `x@${publicHost}`,
      `${publicHost}/x`,
    ])
      expect((await visit(link, { headers: { host } })).status, host).toBe(403)
    // A form on a page without a referrer has the origin "null".
    const headers = { ...form, origin: 'null', host: `127.0.0.1:${port}` }
    expect((await visit(link, { method: 'POST', headers, body: 'choice=acknowledge' })).status).toBe(303)
  })

  it('does nothing with what its form never sends', async () => {
    const link = await alarm()
    const others = [
      ['another method', { method: 'PUT', headers: form, body: 'choice=acknowledge' }, 405],
      [
        'JSON',
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"choice":"acknowledge"}' },
        415,
      ],
      ['a text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'choice=acknowledge' }, 415],
      ['no form at all', { method: 'POST' }, 415],
      ['an unknown choice', { method: 'POST', headers: form, body: 'choice=resolve' }, 400],
      ['no choice', { method: 'POST', headers: form, body: '' }, 400],
      ['far too much', { method: 'POST', headers: form, body: 'choice='.padEnd(5_000, 'x') }, 413],
    ] as const
    for (const [what, sent, status] of others) expect((await visit(link, sent)).status, what).toBe(status)
    expect((await budgetAlert()).state).toBe('firing')
  })

  it('is not found by guessing, and stays good while others guess', async () => {
    const link = await alarm()
    const wrong = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`
    for (const target of [wrong, '/a/', '/a/x', `${link}/`, `${link}x`, `/a/%00`, `/a/${'A'.repeat(36)}`])
      expect((await visit(target)).status, target).toBe(404)
    const statuses: number[] = []
    for (let n = 0; n < 40; n++) statuses.push((await press(`/a/${'B'.repeat(36)}`, 'acknowledge')).status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(23)
    expect(new Set(statuses.slice(-17))).toEqual(new Set([429]))
    expect((await visit(link)).status).toBe(200)
    system.leap(minuteMs)
    expect((await visit(wrong)).status).toBe(404)
  })

  it('is in no message where nobody serves or no address is set, and under that name nothing answers', async () => {
    system.settings.set('publicUrl', null)
    await close()
    await open()
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    await ask('polls:run', {})
    expect(discord.messages).toHaveLength(1)
    expect(newest()).not.toContain('/a/')
    expect((await visit(`/a/${'A'.repeat(36)}`)).status).toBe(403)
    await ask('settings:change', { publicUrl: `https://${publicHost}` })
    await expect.poll(async () => (await visit(`/a/${'A'.repeat(36)}`)).status).toBe(404)
  })

  it('is told to its channel and to nobody else: no log, failure, answer or file holds it', async () => {
    const link = await alarm()
    const token = link.slice('/a/'.length)
    discord.fail({ times: 1, answer: { status: 400, json: { message: newest(), code: 50_035 } } })
    await press(link, 'acknowledge')
    await expect.poll(() => lines.join()).toContain('delivery failed')
    const { id } = await budgetAlert()
    const answers = [
      await ask('alerts:list', {}),
      await ask('alerts:show', { id }),
      await ask('channels:list', {}),
      await ask('status:get', {}),
      await ask('settings:get', {}),
      await ask('doctor:run', {}),
    ]
    expect(JSON.stringify(answers)).toContain('Acme')
    expect(JSON.stringify(answers) + lines.join()).not.toContain(token.slice(12))
    await guard.tidy()
    await close()
    const files = readdirSync(system.dataDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    expect(files.map(({ name }) => name)).toContain('spend.sqlite')
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(path.join(parentPath, name))
      expect(bytes.includes(token.slice(12)), name).toBe(false)
    }
    await open()
  })
})
