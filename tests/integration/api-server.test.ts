import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGuardOverHttp } from '../../electron/api/guard-over-http.ts'
import { createApiServer } from '../../electron/api/server.ts'
import { calls } from '../../shared/ipc.ts'
import { fail } from '../../shared/failures.ts'
import { createFakeGuard, type FakeGuard } from '../fakes/guard-client.ts'
import { parseExposition } from '../unit/api/exposition.ts'

const token = 'the-token-of-this-run'
const bearer = { authorization: `Bearer ${token}` }
const json = { ...bearer, 'content-type': 'application/json' }

const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-api-'))
const page = path.join(folder, 'page')
mkdirSync(path.join(page, 'assets'), { recursive: true })
mkdirSync(path.join(folder, 'page-of-others'))
writeFileSync(path.join(page, 'index.html'), '<title>Dashboard</title>')
writeFileSync(path.join(page, 'assets', 'app-1a2b.js'), 'export {}')
writeFileSync(path.join(page, 'notes.txt'), 'private')
writeFileSync(path.join(folder, 'secret.js'), 'private')
writeFileSync(path.join(folder, 'page-of-others', 'secret.js'), 'private')
afterAll(() => rmSync(folder, { recursive: true }))

describe('the local server', () => {
  let guard: FakeGuard
  let server: ReturnType<typeof createApiServer>
  let url: string

  beforeEach(async () => {
    guard = createFakeGuard('incident')
    server = createApiServer({ guard, token, rendererDir: page })
    url = await server.listen(0)
  })
  afterEach(() => server.close())

  /** Sends the path as it is written; `fetch` would tidy it up, and sets Host by itself. */
  function ask(
    target: string,
    { method = 'GET', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
  ): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url)
      const request = httpRequest({ hostname, port, path: target, method, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => (text += String(part)))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      })
      request.on('error', reject).end(body)
    })
  }
  const call = (name: string, body: string, headers: OutgoingHttpHeaders = json) =>
    ask(`/api/calls/${name}`, { method: 'POST', headers, body })

  it('listens on this computer only', () => {
    expect(new URL(url).hostname).toBe('127.0.0.1')
  })

  it('answers calls with the token', async () => {
    const answer = await call('budgets:list', '{}')
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    const parsed = JSON.parse(answer.text) as { ok: true; value: unknown }
    expect(calls['budgets:list'].reply.parse(parsed.value)).not.toHaveLength(0)
  })

  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['half of it', { authorization: `Bearer ${token.slice(0, -1)}` }],
    ['one too long', { authorization: `Bearer ${token}x` }],
    ['another scheme', { authorization: `Basic ${token}` }],
    ['an empty one', { authorization: 'Bearer ' }],
  ])('tells nothing without the token: %s', async (_what, authorization) => {
    const headers = { 'content-type': 'application/json', ...authorization }
    const answers = [
      await call('status:get', '{}', headers),
      await call('no:such', '{}', headers),
      await ask('/api/pushes', { headers }),
      await ask('/metrics', { headers }),
      await ask(`/api/calls/status:get?token=${token}`, { method: 'POST', headers, body: '{}' }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { kind: 'credential-rejected' } })
    }
  })

  it.each([
    ['of another host', { host: 'evil.example' }],
    ['of another port', { host: '127.0.0.1:1' }],
    ['of a name that ends like ours', { host: 'localhost.evil.example' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['from a page without an origin', { origin: 'null' }],
  ])('refuses requests %s, token or not', async (_what, headers) => {
    for (const target of ['/', '/healthz', '/metrics', '/api/pushes']) {
      const answer = await ask(target, { headers: { ...bearer, ...headers } })
      expect(answer.status).toBe(403)
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    }
    expect((await call('status:get', '{}', { ...json, ...headers })).status).toBe(403)
  })

  it('answers its own page, under each of its names', async () => {
    const { port } = new URL(url)
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect((await call('status:get', '{}', { ...json, host, origin: `http://${host}` })).status).toBe(200)
  })

  it('gives no other origin leave to ask', async () => {
    const answer = await ask('/api/calls/status:get', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(answer.status).toBe(403)
  })

  it('serves the page with a policy that starts from nothing', async () => {
    const answer = await ask('/')
    expect(answer).toMatchObject({ status: 200, text: '<title>Dashboard</title>' })
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    const asset = await ask('/assets/app-1a2b.js?v=1')
    expect(asset.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8' })
    expect(asset.headers['cache-control']).toContain('immutable')
    expect((await ask('/', { method: 'HEAD' })).text).toBe('')
    expect((await ask('/', { method: 'POST' })).status).toBe(405)
  })

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/%2e%2e%2fsecret.js',
    '/..%5csecret.js',
    '/....//secret.js',
    '//secret.js',
    '/../page-of-others/secret.js',
    '/index.html%00.js',
    '/%',
    '/%c0%ae%c0%ae/secret.js',
    '/etc/passwd',
    '/notes.txt',
    '/assets',
    '/missing.js',
  ])('gives away no file but those of the page: %s', async (target) => {
    const answer = await ask(target)
    expect([400, 404]).toContain(answer.status)
    expect(answer.text).not.toContain('private')
  })

  it('does not fall over addresses that are none', async () => {
    for (const target of ['//', 'http://[', '*', '/api/calls/%00', '/api/calls/__proto__', '/api/calls/toString'])
      expect((await ask(target, { method: 'POST', headers: json, body: '{}' })).status).toBeLessThan(500)
    expect((await ask('/healthz')).status).toBe(200)
  })

  it('knows no call that is not in the contract', async () => {
    for (const name of ['no:such', 'constructor', '__proto__', '']) {
      const answer = await call(name, '{}')
      expect(answer.status).toBe(404)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
    }
  })

  it.each([
    ['half of JSON', '{"id":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['a wrong field', '{"id":7}'],
    ['bytes', '\u0000\uffff'],
  ])('says that a body is not valid: %s', async (_what, body) => {
    const answer = await call('alerts:show', body)
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
  })

  it('says that a body is too large, and goes on', async () => {
    const answer = await call('budgets:set', `{"id":"${'x'.repeat(30_000_000)}"}`)
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect((await ask('/healthz')).status).toBe(200)
  })

  it('wants calls to be POST requests of JSON, as no form of another page can be', async () => {
    expect((await ask('/api/calls/status:get', { headers: bearer })).status).toBe(405)
    expect((await call('status:get', '{}', { ...bearer, 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('survives a client that goes away in the middle', async () => {
    const { hostname, port } = new URL(url)
    for (const words of [
      `POST /api/calls/status:get HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"half`,
      `GET /assets/app-1a2b.js HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
      `GET /api/pushes HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      'NONSENSE\r\n\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connectSocket(Number(port), hostname, () => socket.write(words, () => socket.destroy()))
        socket.on('close', () => resolve()).on('error', () => undefined)
      })
    }
    expect((await ask('/healthz')).status).toBe(200)
  })

  it('says on /healthz whether the guard works, and nothing else', async () => {
    const well = await ask('/healthz')
    expect(well.status).toBe(200)
    expect(Object.keys(JSON.parse(well.text) as object).sort()).toEqual(['ok', 'version'])
    guard.failWith(fail('disk-full', 'The disk is full.'))
    const ill = await ask('/healthz')
    expect(ill.status).toBe(503)
    expect(JSON.parse(ill.text)).toMatchObject({ ok: false })
    expect((await ask('/metrics', { headers: bearer })).status).toBe(503)
  })

  it('gives metrics in the text format of Prometheus', async () => {
    const answer = await ask('/metrics', { headers: bearer })
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    for (const line of answer.text.trimEnd().split('\n'))
      expect(line).toMatch(/^# (HELP|TYPE) \w+ .+$|^\w+(\{(\w+="([^"\\\n]|\\.)*",?)+\})? -?[\d.e+]+$/)
    expect(answer.text).toMatch(/^spend_guard_spend_today\{currency="USD"\} \d/m)
    expect(parseExposition(answer.text).map(({ name }) => name)).toContain('spend_guard_time_to_alert_seconds')
  })

  it('pushes what changes to every listener, and only to those', async () => {
    const clients = [1, 2].map(() => createGuardOverHttp({ url, token, fetch }))
    const heard: unknown[] = []
    const fill = { accountId: 'one\n\ndata: two', fill: 0.5, feed: 'costs' }
    const stops = clients.map((client) => client.on('fill', (push) => heard.push(push)))
    // The streams open in the background: push until both have heard.
    await expect
      .poll(() => {
        guard.push('changed', { what: ['spend'] })
        guard.push('fill', fill)
        return heard.length
      })
      .toBeGreaterThan(1)
    expect(heard).toContainEqual(fill)
    expect(heard).not.toContainEqual({ what: ['spend'] })
    for (const stop of stops) stop()
    for (const client of clients) client.close()
  })

  it('has a client that was cut off look again at everything, because it missed what was pushed meanwhile', async () => {
    const client = createGuardOverHttp({ url, token, fetch })
    const heard: unknown[] = []
    client.on('changed', (push) => heard.push(push))
    await expect
      .poll(() => {
        guard.push('changed', { what: ['spend'] })
        return heard.length
      })
      .toBeGreaterThan(0)
    await server.close()
    server = createApiServer({ guard, token, rendererDir: null })
    await server.listen(Number(new URL(url).port))
    await expect
      .poll(() => heard, { timeout: 10_000 })
      .toContainEqual(
        expect.objectContaining({
          what: expect.arrayContaining(['alerts']),
        }),
      )
    client.close()
  })

  it('carries every failure to its clients as it is', async () => {
    const client = createGuardOverHttp({ url, token, fetch })
    for (const kind of ['not-found', 'invalid-input', 'disk-full', 'internal', 'keychain-locked'] as const) {
      guard.failWith(fail(kind, `It is ${kind}.`))
      expect(await client.call('status:get', {})).toEqual({ ok: false, failure: fail(kind, `It is ${kind}.`) })
    }
    client.close()
  })

  it('tells a client with a wrong token, or without a server, what to do', async () => {
    const wrong = createGuardOverHttp({ url, token: 'wrong', fetch })
    expect(await wrong.call('status:get', {})).toMatchObject({ failure: { kind: 'credential-rejected' } })
    await server.close()
    expect(await wrong.call('status:get', {})).toMatchObject({ failure: { kind: 'unreachable-guard' } })
  })

  it('ends with streams and connections open', async () => {
    const { hostname, port } = new URL(url)
    const ended = new Promise<void>((resolve) => {
      httpRequest({ hostname, port, path: '/api/pushes', headers: bearer }, (response) => {
        response.once('data', () => void server.close())
        response.on('close', () => resolve()).resume()
      }).end()
    })
    await ended
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
  })
})

describe('a server without a dashboard', () => {
  it('says so', async () => {
    const server = createApiServer({ guard: createFakeGuard('empty'), token, rendererDir: null })
    const answer = await fetch(await server.listen(0))
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('no dashboard')
    await server.close()
  })

  it('says when its port is taken', async () => {
    const first = createApiServer({ guard: createFakeGuard('empty'), token, rendererDir: null })
    const { port } = new URL(await first.listen(0))
    const second = createApiServer({ guard: createFakeGuard('empty'), token, rendererDir: null })
    await expect(second.listen(Number(port))).rejects.toThrow('EADDRINUSE')
    await first.close()
  })
})
