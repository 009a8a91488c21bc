import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface EmulatedRequest {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}

export interface EmulatedAnswer {
  status: number
  json?: unknown
  /** One JSON value a line. */
  lines?: unknown[]
  /** Instead of JSON: a web page, or half an answer. */
  text?: string
  headers?: Record<string, string>
}

/** What to do with the next requests instead of answering them. */
export interface Fault {
  /** Only requests whose path holds this. */
  path?: string
  times: number
  /** `taken`: does as it was asked, and the connection breaks off before the answer. */
  answer: EmulatedAnswer | 'hang' | 'reset' | 'taken'
}

export interface Emulator {
  url: string
  /** Method, path and query of everything that was asked, without headers. */
  asked: string[]
  fail(fault: Fault): void
  /** Changes every answer before it goes out: fields of tomorrow, odd but legal values. */
  alter(change: (json: unknown) => unknown): void
  /** Told of each request as it arrives, before it is answered; the newest listener only. */
  onAsked(listener: (what: string) => void): void
  /** Lets each request wait before anything is done with it, and again, once it is done, before the answer. */
  hold(wait: (moment: 'asked' | 'taken') => Promise<void>): void
  stop(): Promise<void>
}

/** What an emulated service says to a request; the same over HTTP and in a played scenario. */
export type Answers = (request: EmulatedRequest) => EmulatedAnswer

/** A small server on this computer that can be told to misbehave. */
export async function startEmulator(answer: Answers): Promise<Emulator> {
  const asked: string[] = []
  const faults: Fault[] = []
  let heard: (what: string) => void = () => undefined
  let change: (json: unknown) => unknown = (json) => json
  let wait: ((moment: 'asked' | 'taken') => Promise<void>) | null = null
  const takeFault = (path: string) => {
    const fault = faults.find((one) => one.times > 0 && path.includes(one.path ?? ''))
    if (fault) fault.times--
    return fault?.answer ?? null
  }
  const server = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const part of request.setEncoding('utf8')) body += String(part)
      const url = new URL(request.url ?? '/', 'http://127.0.0.1')
      const what = `${request.method} ${url.pathname}${url.search}`
      asked.push(what)
      heard(what)
      await wait?.('asked')
      const fault = takeFault(url.pathname)
      if (fault === 'hang') return
      if (fault === 'reset') return void request.socket.destroy()
      const given: EmulatedRequest = { method: request.method ?? 'GET', url, headers: request.headers, body }
      const reply = fault === null || fault === 'taken' ? answer(given) : fault
      await wait?.('taken')
      if (fault === 'taken') return void request.socket.destroy()
      const text = reply.text ?? textOf(reply, change)
      const type = reply.text === undefined ? 'application/json' : 'text/html'
      response.writeHead(reply.status, { 'content-type': type, ...reply.headers }).end(text)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (fault) => void faults.push(fault),
    alter: (next) => void (change = next),
    onAsked: (listener) => void (heard = listener),
    hold: (next) => void (wait = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function textOf({ json, lines }: EmulatedAnswer, change: (json: unknown) => unknown): string {
  if (lines) return lines.map((line) => `${JSON.stringify(change(line))}\n`).join('')
  return json === undefined ? '' : JSON.stringify(change(json))
}

/** Buckets of a page: `limit` of them from an opaque cursor, which demands the same question as before. */
export function pageOf<T>(
  items: T[],
  limit: number,
  cursor: string | null,
  question: string,
): { page: T[]; next: string | null } | null {
  const decoded =
    cursor === null
      ? { at: 0, question }
      : (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { at: number; question: string })
  if (decoded.question !== question) return null
  const end = decoded.at + limit
  const next = end < items.length ? Buffer.from(JSON.stringify({ at: end, question })).toString('base64url') : null
  return { page: items.slice(decoded.at, end), next }
}
