import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { pageHeaders } from '../api/content-policy.ts'
import { contentTypes, pageFile } from '../api/static-files.ts'

const scheme = 'app'
export const pageOrigin = `${scheme}://bundle`

/** Before the app is ready: pages of ours behave like pages of a secure site, and `file:` is never needed. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page, and nothing outside its folder, with the content policy on every answer. */
export function servePages(rendererDir: string): void {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url)
    const file = host === 'bundle' && request.method === 'GET' ? pageFile(rendererDir, pathname) : null
    if (!file)
      return new Response('Not found.', { status: 404, headers: { ...pageHeaders, 'content-type': 'text/plain' } })
    const type = contentTypes[path.extname(file)] ?? 'application/octet-stream'
    return new Response(await readFile(file), { status: 200, headers: { ...pageHeaders, 'content-type': type } })
  })
}
