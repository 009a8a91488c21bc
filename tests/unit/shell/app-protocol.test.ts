import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerScheme, servePages } from '../../../electron/shell/app-protocol.ts'
import { protocol } from '../../fakes/electron.ts'

describe('the scheme of our own pages', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-pages-'))

  beforeAll(() => {
    const pages = path.join(folder, 'renderer')
    mkdirSync(path.join(pages, 'assets'), { recursive: true })
    writeFileSync(path.join(pages, 'index.html'), '<title>Guard</title>')
    writeFileSync(path.join(pages, 'assets/main.js'), 'let a')
    writeFileSync(path.join(folder, 'secret.html'), 'not yours')
    mkdirSync(path.join(folder, 'renderer-old'))
    writeFileSync(path.join(folder, 'renderer-old/index.html'), 'not yours')
    registerScheme()
    servePages(pages)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is a secure, standard one, without the rights of a file', () => {
    expect(protocol.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  it('serves the page and its parts with their types', async () => {
    const page = await protocol.open('app://bundle/?view=popover')
    expect(page?.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page?.text()).toBe('<title>Guard</title>')
    const script = await protocol.open('app://bundle/assets/main.js')
    expect(script?.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it('sends the content policy with every answer, a refusal included', async () => {
    for (const url of ['app://bundle/', 'app://bundle/nothing.js']) {
      const policy = (await protocol.open(url))?.headers.get('content-security-policy')
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
    }
  })

  it.each([
    'app://bundle/../secret.html',
    'app://bundle/%2e%2e/secret.html',
    'app://bundle/..%2fsecret.html',
    'app://bundle/..%5csecret.html',
    'app://bundle/assets/..%2f..%2fsecret.html',
    'app://bundle/..%2frenderer-old/index.html',
    'app://bundle//etc/passwd',
    'app://bundle/index.html%00.js',
    'app://bundle/%',
    'app://elsewhere/index.html',
    'app://bundle/assets',
  ])('does not find %s', async (url) => {
    const answer = await protocol.open(url)
    expect(answer?.status).toBe(404)
    expect(await answer?.text()).toBe('Not found.')
  })

  it('answers nothing but GET', async () => {
    expect((await protocol.open('app://bundle/', 'POST'))?.status).toBe(404)
  })
})
