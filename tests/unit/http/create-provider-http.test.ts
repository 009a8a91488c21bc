import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProviderHttp, waitBefore } from '../../../electron/http/create-provider-http.ts'
import { fail } from '../../../shared/failures.ts'

const secret = 'sk-admin-unit-0123456789'
const now = Date.UTC(2026, 10, 18)

type Answer = (request: IncomingMessage, response: ServerResponse) => void

interface Server {
  url: string
  seen: { url: string; authorization: string | undefined }[]
  answer: Answer
  stop(): void
}

async function startServer(): Promise<Server> {
  const http = createServer((request, response) => {
    server.seen.push({ url: request.url ?? '', authorization: request.headers.authorization })
    server.answer(request, response)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: Server = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    seen: [],
    answer: (_request, response) => void response.end('{"n":1}'),
    stop: () => {
      http.close()
      http.closeAllConnections()
    },
  }
  return server
}

describe('the way to a provider', () => {
  let server: Server
  let other: Server
  const waits: number[] = []

  /** Waits are noted and take no time. */
  const clock = {
    now: () => now,
    after: (ms: number, task: () => void) => {
      waits.push(ms)
      queueMicrotask(task)
      return () => undefined
    },
  }
  const http = (baseUrl: string | null = server.url, key = secret) =>
    createProviderHttp({
      system: { fetch, clock, random: () => 0.5 },
      adapter: {
        origins: ['https://api.nowhere.invalid'],
        auth: (sent) => ({ authorization: `Bearer ${sent}` }),
      },
      baseUrl,
      secret: key,
    })

  beforeEach(async () => {
    waits.length = 0
    ;[server, other] = await Promise.all([startServer(), startServer()])
  })
  afterEach(() => {
    server.stop()
    other.stop()
  })

  it('adds the key and keeps repeated names repeated', async () => {
    expect(
      await http().get('/v1/x', [
        ['g', 'a b'],
        ['g', 'c'],
      ]),
    ).toEqual({ ok: true, value: { n: 1 } })
    expect(server.seen).toEqual([{ url: '/v1/x?g=a+b&g=c', authorization: `Bearer ${secret}` }])
  })

  it('keeps amounts exact that a double cannot hold', async () => {
    server.answer = (_request, response) => void response.end('{"amount":0.1234567890123456789012345678901}')
    expect(await http().get('/')).toEqual({ ok: true, value: { amount: '0.1234567890123456789012345678901' } })
  })

  it('follows a redirect within the origin', async () => {
    server.answer = ({ url }, response) =>
      void (url === '/new' ? response.end('{"n":2}') : response.writeHead(308, { location: '/new' }).end())
    expect(await http().get('/old')).toEqual({ ok: true, value: { n: 2 } })
  })

  it('takes the key to no other origin', async () => {
    server.answer = (_request, response) => void response.writeHead(302, { location: `${other.url}/steal` }).end()
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'refused-host' } })
    expect(other.seen).toEqual([])
  })

  it.each(['//evil.example/', 'https://evil.example/', 'ftp://evil.example/', 'https://127.0.0.1/'])(
    'does not follow a redirect to %s',
    async (location) => {
      server.answer = (_request, response) => void response.writeHead(307, { location }).end()
      expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'refused-host' } })
      expect(server.seen).toHaveLength(1)
    },
  )

  it('takes what one origin of an adapter was told to no other one', async () => {
    server.answer = (_request, response) => void response.writeHead(307, { location: `${other.url}/v1` }).end()
    const client = createProviderHttp({
      system: { fetch, clock, random: () => 0.5 },
      adapter: {
        origins: [other.url, server.url],
        auth: (sent, { exchange }) => {
          return async () =>
            (await exchange({ method: 'POST', path: `${server.url}/token`, form: [['s', sent]] })) as never
        },
      },
      baseUrl: null,
      secret,
    })
    expect(await client.get('/v1')).toMatchObject({ ok: false, failure: { kind: 'refused-host' } })
    expect(server.seen).toHaveLength(1)
    expect(other.seen).toEqual([])
  })

  it('tells a signature what was asked for, behind a base URL too', async () => {
    const seen: string[] = []
    const client = createProviderHttp({
      system: { fetch, clock, random: () => 0.5 },
      adapter: {
        origins: ['https://a.nowhere.invalid', 'https://b.nowhere.invalid'],
        auth: () => async (request) => {
          seen.push(request.asked, request.url.origin)
          return { ok: true, value: {} }
        },
      },
      baseUrl: server.url,
      secret,
    })
    await client.get('https://b.nowhere.invalid/v1')
    expect(seen).toEqual(['https://b.nowhere.invalid/v1', server.url])
  })

  it('does not repeat the key that a refusal repeats', async () => {
    const odd = 'a.gateway/of-no-shape'
    server.answer = ({ headers }, response) =>
      void response
        .writeHead(401)
        .end(JSON.stringify({ error: { message: `We do not know ${headers.authorization?.slice(7)}` } }))
    const answer = await http(server.url, odd).get('/')
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'credential-rejected' } })
    expect(JSON.stringify(answer)).not.toContain('gateway')
  })

  it('gives up on redirects in circles', async () => {
    server.answer = (_request, response) => void response.writeHead(302, { location: '/again' }).end()
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
    expect(server.seen.length).toBeLessThan(10)
  })

  it('goes to no origin that the adapter does not declare', async () => {
    const answer = await http(null).get(`${other.url}/v1`)
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused-host' } })
    expect(other.seen).toEqual([])
  })

  it('tries a short fault again, and not for ever', async () => {
    server.answer = (_request, response) => void response.writeHead(503).end()
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'provider-down', status: 503 } })
    expect(server.seen).toHaveLength(3)
    expect(waits).toEqual([500, 1_000])
  })

  it('waits as long as the provider asks, when that is short', async () => {
    server.answer = (_request, response) =>
      void (server.seen.length === 1 ? response.writeHead(429, { 'retry-after': '2' }).end() : response.end('{}'))
    expect(await http().get('/')).toEqual({ ok: true, value: {} })
    expect(waits).toEqual([2_000])
  })

  it.each([
    ['a long wait', 429, { 'retry-after': '60' }],
    ['a rate limit without a time', 429, {}],
    ['a refused key', 401, {}],
    ['a wrong question', 400, {}],
    ['an unknown address', 404, {}],
  ])('leaves %s to the schedule', async (_what, status, headers) => {
    server.answer = (_request, response) => void response.writeHead(status, headers).end()
    expect((await http().get('/')).ok).toBe(false)
    expect(server.seen).toHaveLength(1)
  })

  it('never takes half an answer for a whole one', async () => {
    const halves: Answer[] = [
      (_request, response) => void response.end('{"n":[1,2'),
      (_request, response) =>
        void response.writeHead(200, { 'content-length': 99 }).write('{"n":1}', () => response.destroy()),
      (_request, response) => void response.write('{"n":1}', () => response.destroy()),
      (request) => void request.socket.destroy(),
    ]
    for (const half of halves) {
      server.answer = half
      expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'truncated' } })
    }
  })

  it('takes a web page for what it is', async () => {
    server.answer = (_request, response) => void response.end(' <!doctype html>')
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
  })

  it('stops reading what is larger than any billing answer', async () => {
    let sent = 0
    server.answer = (_request, response) => {
      const piece = Buffer.alloc(1_000_000, 32)
      const more = () => {
        while (!response.destroyed && sent < 200) {
          sent++
          if (!response.write(piece)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    }
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
    expect(sent).toBeLessThan(150)
  })

  it('does not even begin to read what says it is too large, and hangs up', async () => {
    const closed = new Promise<void>((resolve) => {
      server.answer = (request, response) => {
        request.socket.once('close', resolve)
        response.writeHead(200, { 'content-length': 100_000_000 }).flushHeaders()
      }
    })
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
    await closed
  })

  it('waits for an answer only so long', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(ms / 500))
    server.answer = () => undefined
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
    server.answer = (_request, response) => void response.write('{"half":')
    expect(await http().get('/')).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
    expect(server.seen).toHaveLength(2)
  })

  it('never shows the key in a failure', async () => {
    const bodies = [`{"error":{"message":"Incorrect API key provided: ${secret}"}}`, secret, `<p>${secret}</p>`]
    for (const body of bodies) {
      for (const status of [400, 401, 403, 404, 429, 500, 302]) {
        server.answer = (_request, response) => void response.writeHead(status).end(body)
        expect(JSON.stringify(await http().get('/'))).not.toContain(secret)
      }
    }
  })
})

describe('the wait before another try', () => {
  it('is for faults that pass soon, grows, and is spread', () => {
    const down = fail('provider-down', '')
    expect([1, 2].map((tried) => waitBefore(down, tried, now, 0.5))).toEqual([500, 1_000])
    expect(waitBefore(down, 1, now, 0)).toBeLessThan(waitBefore(down, 1, now, 0.99) ?? 0)
  })

  it('is the one that was named, up to five seconds', () => {
    const named = (ms: number) => fail('rate-limited', '', { retryAtMs: now + ms })
    expect(waitBefore(named(5_000), 1, now, 0.5)).toBe(5_000)
    expect(waitBefore(named(5_001), 1, now, 0.5)).toBeNull()
    expect(waitBefore(named(-10), 1, now, 0.5)).toBe(0)
  })

  it('does not exist for what will not pass', () => {
    for (const kind of ['credential-rejected', 'permission-missing', 'offline', 'timeout', 'refused-host'] as const)
      expect(waitBefore(fail(kind, ''), 1, now, 0.5)).toBeNull()
  })
})
