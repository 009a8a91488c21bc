import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { custom } from '../../../../electron/providers/custom/adapter.ts'
import { feedsOf } from '../../../../electron/providers/registry.ts'
import { providers } from '../../../../shared/providers.ts'
import { manifest, plainFeed } from './support.ts'

const { width: _width, start: _start, ...common } = plainFeed
const balance = { ...common, id: 'left', reads: 'balance' }

const problemOf = (text: string) => custom.refuseOptions?.({ manifest: text })

describe('a manifest', () => {
  it.each([
    ['the example of the form', providers.custom.options.manifest.document.example],
    ['a small one', manifest()],
    [
      'one with a key of two parts',
      manifest({}, { auth: { headers: { 'DD-API-KEY': '{key.1}', 'DD-APP': '{key.2}' } } }),
    ],
    [
      'one with a balance that is told and not counted',
      manifest({}, { feeds: [plainFeed, { ...balance, plane: 'none' }] }),
    ],
    ['one of this machine', manifest({}, { origin: 'http://127.0.0.1:8080' })],
  ])('is accepted: %s', async (_what, text) => {
    expect(await problemOf(text)).toBeNull()
  })

  it('of the worked example is accepted', async () => {
    const [, text = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/providers/custom.md', 'utf8')) ?? []
    expect(JSON.parse(text)).toEqual(expect.objectContaining({ name: 'Acme AI' }))
    expect(await problemOf(text)).toBeNull()
  })

  it.each(readdirSync('docs/providers/manifests'))('of the documentation is accepted: %s', async (file) => {
    expect(await problemOf(readFileSync(`docs/providers/manifests/${file}`, 'utf8'))).toBeNull()
  })

  it.each([
    [
      'money that counts twice',
      manifest({}, { feeds: [plainFeed, { ...balance, plane: 'billed' }] }),
      'feeds: has a balance beside another feed of its plane',
    ],
    ['no JSON', '{ "version": 1,', 'not JSON (line 1 column 16)'],
    ['a letter that JSON does not have', '{\n  "name": “Acme”\n}', 'not JSON (line 2 column 11)'],
    ['another file', 'acme.json', 'not JSON (line 1 column 1)'],
    ['another version', manifest({}, { version: 2 }), 'version: is 1'],
    ['a field nobody knows', manifest({ ammount: 'cost' }), 'feeds.0: does not know "ammount"'],
    ['no amount', manifest({ amount: undefined }), 'feeds.0.amount: is missing'],
    ['no way of reading', manifest({ reads: undefined }), 'feeds.0.reads: is "spend", "total"'],
    ['no feed', manifest({}, { feeds: [] }), 'feeds: is empty'],
    ['an id twice', manifest({}, { feeds: [plainFeed, plainFeed] }), 'feeds: has an id twice'],
    ['plain http to others', manifest({}, { origin: 'http://api.acme.example' }), 'origin: must be https'],
    ['an origin with a path', manifest({}, { origin: 'https://api.acme.example/v1' }), 'origin: is scheme and host'],
    ['an origin with a password', manifest({}, { origin: 'https://me:you@api.acme.example' }), 'origin: must not hold'],
    [
      'an address as a path',
      manifest({ request: { path: 'https://elsewhere.example/' } }),
      'request.path: begins with',
    ],
    ['a path that names a host', manifest({ request: { path: '//elsewhere.example/' } }), 'request.path: begins with'],
    [
      'a path that names a host backwards',
      manifest({ request: { path: '/\\elsewhere.example' } }),
      'begins with one /',
    ],
    ['a key in the address', manifest({ request: { path: '/costs?key={key}' } }), 'the key goes into "auth" only'],
    [
      'a key in the query',
      manifest({ request: { path: '/', query: { k: '{key}' } } }),
      'feeds.0.request.query.k: the key',
    ],
    [
      'a key in the body',
      manifest({ request: { method: 'POST', path: '/', json: { a: ['{key.1}'] } } }),
      'request.json: the key',
    ],
    [
      'a secret in plain sight',
      manifest({ request: { path: '/', headers: { Authorization: 'x' } } }),
      'belongs into "auth"',
    ],
    [
      'a secret in a header whose name ends like one',
      manifest({ request: { path: '/', headers: { 'DD-APPLICATION-KEY': 'x' } } }),
      'belongs into "auth"',
    ],
    [
      'a key in a header of the request',
      manifest({ request: { path: '/', headers: { 'x-auth': '{key}' } } }),
      'request.headers.x-auth: the key goes into "auth" only',
    ],
    ['headers for the key without one', manifest({}, { auth: { headers: {} } }), 'auth.headers: is empty'],
    ['a proof without a key', manifest({}, { auth: { headers: { authorization: 'Bearer abc' } } }), 'auth'],
    ['a method that writes', manifest({ request: { method: 'DELETE', path: '/' } }), 'feeds.0.request.method'],
    ['a body to get', manifest({ request: { path: '/', json: {} } }), 'feeds.0.request.json: sends a body'],
    [
      'a time nobody knows',
      manifest({ request: { path: '/', query: { a: '{from:week}' } } }),
      'does not know {from:week}',
    ],
    ['a time without a form', manifest({ request: { path: '/{to}' } }), 'does not know {to}'],
    ['pages of no kind', manifest({ pages: { kind: 'scroll' } }), 'feeds.0.pages.kind: is of the kind none, cursor'],
    ['a currency of four letters', manifest({ currency: { fixed: 'USDT' } }), 'feeds.0.currency'],
    [
      'a header with a line break',
      manifest({ request: { path: '/', headers: { accept: 'a\r\nb: c' } } }),
      'accept: has letters',
    ],
    [
      'nothing but what is told and no spend, so that it would never be read',
      manifest({}, { feeds: [{ ...balance, plane: 'none' }] }),
      'feeds: has nothing that is read as spend',
    ],
    ['no expression', manifest({ amount: 'a..b' }), 'feeds.0.amount: is no JMESPath'],
    ['arithmetic with money', manifest({ amount: 'cost / `100`' }), 'feeds.0.amount: calculates, which is not exact'],
    ['a sum of money', manifest({ amount: 'sum(costs)' }), 'feeds.0.amount: may not use sum()'],
    ['a number out of text', manifest({ amount: 'to_number(cost)' }), 'feeds.0.amount: may not use to_number()'],
    [
      'a next page that calculates',
      manifest({ pages: { kind: 'cursor', parameter: 'p', next: 'p + `1`' } }),
      'pages.next: calculates',
    ],
  ])('is refused with the place and the reason: %s', async (_what, text, words) => {
    expect(await problemOf(text)).toContain(words)
  })

  it('that is too long is refused before it is read', async () => {
    expect(await problemOf(`${manifest()}${' '.repeat(50_000)}`)).toContain('too long')
  })

  it('declares its feeds as it says', () => {
    const text = manifest({ lateByMinutes: 90, finalAfterHours: 72, everyMinutes: 15, keepsDays: 30 })
    expect(feedsOf({ provider: 'custom', options: { manifest: text } })).toEqual([
      {
        id: 'costs',
        plane: 'billed',
        widths: ['day'],
        latencyMs: 5_400_000,
        matureAfterMs: 259_200_000,
        everyMs: 900_000,
        keepsMs: 2_592_000_000,
      },
    ])
  })

  it('may tell of a balance that is no source of spend', () => {
    const text = manifest({}, { feeds: [plainFeed, { ...balance, plane: 'none' }] })
    expect(feedsOf({ provider: 'custom', options: { manifest: text } }).map(({ id }) => id)).toEqual(['costs'])
  })

  it('that can no longer be read fails aloud, and asks nobody', async () => {
    const options = { manifest: manifest({}, { version: 0 }) }
    const [feed] = feedsOf({ provider: 'custom', options })
    expect(feed?.id).toBe('manifest')
    const window = { feed: 'manifest', width: 'day', fromMs: 0, toMs: 1, open: true } as const
    expect(await custom.read?.({ options } as never, window)).toMatchObject({ failure: { kind: 'invalid-input' } })
  })
})
