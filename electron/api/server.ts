import { timingSafeEqual, createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, type Failure } from '../../shared/failures.ts'
import { calls, pushes, type CallName, type PushName } from '../../shared/ipc.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { version } from '../../shared/version.ts'
import type { LinkDesk } from '../alerts/links.ts'
import { createLinkRoute } from './link-route.ts'
import { metricsText } from './metrics.ts'
import { readText } from './read-text.ts'
import { serveFile } from './static-files.ts'

const largestRequest = 1_000_000
const keepAliveMs = 20_000

/**
 * The guard on 127.0.0.1: calls, pushes, the dashboard, health and metrics. Everything but the dashboard's files and
 * `/healthz` needs the token. Requests that name another host, or come from another origin, are refused, so that no
 * web page the person visits can speak to it. Links of messages alone are answered under the public address too.
 */
export function createApiServer(parts: {
  guard: GuardClient
  token: string
  rendererDir: string | null
  links?: LinkDesk | null
}) {
  const { guard } = parts
  const links = parts.links ? createLinkRoute(parts.links) : null
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else refuse(response, 500, fail('internal', 'Something went wrong.'))
    })
  })
  server.requestTimeout = 60_000

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = addressOf(request)
    if (!url) return refuse(response, 400, fail('invalid-input', 'That is no address.'))
    if (links?.takes(url.pathname, request.headers.host ?? '', ownHosts()))
      return links.answer(request, response, url.pathname)
    if (!isOurs(request)) return refuse(response, 403, fail('refused-host', 'This address is for this computer only.'))
    if (url.pathname === '/healthz') return health(response)
    if (!url.pathname.startsWith('/api/') && url.pathname !== '/metrics')
      return serveFile(request, response, url.pathname, parts.rendererDir)
    if (!hasToken(request))
      return refuse(
        response,
        401,
        fail(
          'credential-rejected',
          'The token is missing or wrong. Open the address that "spend-guard serve" printed.',
        ),
      )
    if (url.pathname === '/metrics') return metrics(response)
    if (url.pathname === '/api/pushes') return openStream(response)
    const name = url.pathname.slice('/api/calls/'.length)
    if (!url.pathname.startsWith('/api/calls/') || !isCall(name))
      return refuse(response, 404, fail('not-found', 'There is no such call.'))
    if (request.method !== 'POST') return refuse(response, 405, fail('invalid-input', 'Calls are POST requests.'))
    if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
      return refuse(response, 415, fail('invalid-input', 'Calls are JSON.'))
    const text = await readText(request, largestRequest)
    if (text === null) return refuse(response, 413, fail('invalid-input', 'The request is too large.'))
    const body = parse(text)
    if (body === undefined) return refuse(response, 400, fail('invalid-input', 'The request is not JSON.'))
    const answer = await guard.call(name, body as never)
    send(response, answer.ok ? 200 : statusOf(answer.failure), answer)
  }

  function ownHosts(): string[] {
    const { port } = server.address() as AddressInfo
    return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
  }

  /** Guards against DNS rebinding and against pages of other origins. */
  function isOurs(request: IncomingMessage): boolean {
    const hosts = ownHosts()
    const { origin } = request.headers
    return (
      hosts.includes(request.headers.host ?? '') &&
      (origin === undefined || hosts.some((host) => origin === `http://${host}`))
    )
  }

  function hasToken(request: IncomingMessage): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest()
    return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${parts.token}`))
  }

  async function health(response: ServerResponse): Promise<void> {
    const status = await guard.call('status:get', {})
    send(response, status.ok ? 200 : 503, { ok: status.ok, version })
  }

  async function metrics(response: ServerResponse): Promise<void> {
    const status = await guard.call('status:get', {})
    if (!status.ok) return refuse(response, 503, status.failure)
    const own = await guard.call('metrics:get', {})
    if (!own.ok) return refuse(response, 503, own.failure)
    response
      .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
      .end(metricsText(status.value, own.value))
  }

  function openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': open\n\n')
    streams.add(response)
    const stops = (Object.keys(pushes) as PushName[]).map((name) =>
      guard.on(name, (push) => void response.write(`event: ${name}\ndata: ${JSON.stringify(push)}\n\n`)),
    )
    const beat = setInterval(() => response.write(': still here\n\n'), keepAliveMs)
    response.on('close', () => {
      clearInterval(beat)
      streams.delete(response)
      for (const stop of stops) stop()
    })
  }

  return {
    /** Resolves with the address. A port of 0 lets the system choose. */
    listen: (port: number): Promise<string> =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
      }),
    close: (): Promise<void> =>
      new Promise((resolve) => {
        for (const stream of streams) stream.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}

function statusOf(failure: Failure): number {
  if (failure.kind === 'invalid-input') return 400
  if (failure.kind === 'not-found') return 404
  return failure.kind === 'internal' ? 500 : 422
}

function refuse(response: ServerResponse, status: number, failure: Failure): void {
  send(response, status, { ok: false, failure })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(JSON.stringify(body))
}

/** Null for what does not begin with a path; `//name` is a path here and not another host. */
function addressOf(request: IncomingMessage): URL | null {
  const text = `http://127.0.0.1${request.url}`
  return request.url?.startsWith('/') && URL.canParse(text) ? new URL(text) : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
