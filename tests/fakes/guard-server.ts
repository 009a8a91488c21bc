import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { createFakeGuard, type Scenario } from './guard-client.ts'
import { pageHeaders } from '../../electron/api/content-policy.ts'
import { pushes, type CallName, type PushName } from '../../shared/ipc.ts'

/**
 * Serves the built page over a fake guard with the headers and the transport of the real host, for looking at screens:
 * `node tests/fakes/guard-server.ts [incident|calm|empty] [port] [folder]`. A page's `?scenario=` is not read; start one each.
 */
const [scenario = 'incident', port = '4173', folder = 'out/renderer'] = process.argv.slice(2)
const guard = createFakeGuard(scenario as Scenario)
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://x').pathname
  if (path === '/api/pushes') return streamPushes(response)
  if (path.startsWith('/api/calls/')) {
    let body = ''
    request.on('data', (piece) => (body += piece))
    request.on('end', () => {
      void guard.call(path.slice(11) as CallName, JSON.parse(body)).then((result) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
      })
    })
    return
  }
  const file = normalize(path === '/' ? '/index.html' : path)
  readFile(join(folder, file)).then(
    (bytes) =>
      response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...pageHeaders })
        .end(bytes),
    () => response.writeHead(404).end(),
  )
})

function streamPushes(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': hello\n\n')
  const stop = (Object.keys(pushes) as PushName[]).map((name) =>
    guard.on(name, (push) => response.write(`event: ${name}\ndata: ${JSON.stringify(push)}\n\n`)),
  )
  response.on('close', () => stop.forEach((each) => each()))
}

server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/#token=fake`))
