import { createReadStream, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { pageHeaders } from './content-policy.ts'

export const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The file of the built page that an address names; null for anything outside its folder or of another kind. */
export function pageFile(rendererDir: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null // not an address of ours
  }
  const file = path.join(rendererDir, decoded === '/' ? 'index.html' : path.normalize(decoded))
  const inside = file.startsWith(rendererDir + path.sep) && !decoded.includes('\0')
  return inside && path.extname(file) in contentTypes && statSync(file, { throwIfNoEntry: false })?.isFile()
    ? file
    : null
}

export function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  rendererDir: string | null,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const file = rendererDir === null ? null : pageFile(rendererDir, pathname)
  if (!file) {
    const text = rendererDir === null ? 'This guard serves no dashboard.' : 'Not found.'
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', ...pageHeaders }).end(text)
    return
  }
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
    // Built files carry a hash in their names; the page itself does not.
    'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
  })
  if (request.method === 'HEAD') response.end()
  // A file that went away since, as in a rebuild, ends the answer and not the guard.
  else
    createReadStream(file)
      .once('error', () => response.destroy())
      .pipe(response)
}
