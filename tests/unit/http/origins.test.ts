import { describe, expect, it } from 'vitest'
import { isLoopback, rebase, refuseBaseUrl } from '../../../electron/http/origins.ts'

describe('a base URL that a person types', () => {
  it.each(['https://proxy.example.com', 'https://proxy.example.com:8443/openai/', 'https://10.0.0.1'])(
    'may be any https address: %s',
    (text) => expect(refuseBaseUrl(text)).toBeNull(),
  )

  it.each([
    'http://127.0.0.1:8080',
    'http://localhost:1',
    'http://LOCALHOST',
    'http://[::1]:9000',
    // The URL parser turns these spellings of IPv4 into 127.x.x.x before anything is sent.
    'http://127.1',
    'http://2130706433',
    'http://0x7f.0.0.1',
    'http://0177.0.0.1',
    'http://127.255.255.254',
    'http://①②⑦.0.0.1',
  ])('may be plain http to this machine, however it is spelled: %s', (text) => expect(refuseBaseUrl(text)).toBeNull())

  it.each([
    'http://proxy.example.com',
    'http://127.0.0.1.nip.io',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1\t.evil.example',
    'http://localhost.evil.example',
    'http://localhost.',
    'http://notlocalhost',
    'http://0.0.0.0',
    'http://[::]',
    'http://128.0.0.1',
    'http://10.0.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254',
    'http://[fe80::1]',
    'http://[::ffff:10.0.0.1]',
  ])('must not be plain http to any other: %s', (text) => expect(refuseBaseUrl(text)).toMatch(/https/))

  it.each([
    ['', /not a URL/],
    ['proxy.example.com', /not a URL/],
    ['http://127.999.0.1', /not a URL/],
    ['https://user:secret@proxy.example.com', /user name/],
    ['http://127.0.0.1@evil.example', /user name/],
    ['https://proxy.example.com/?key=1', /query/],
    ['https://proxy.example.com/#x', /fragment/],
    ['ftp://127.0.0.1', /https/],
    ['file:///etc/passwd', /https/],
    ['javascript:alert(1)', /https/],
  ])('is refused in words: %s', (text, words) => expect(refuseBaseUrl(text)).toMatch(words))
})

describe('loopback', () => {
  it('is judged by the name that the URL parser made of it', () => {
    expect(isLoopback('localhost')).toBe(true)
    expect(isLoopback('127.0.0.1')).toBe(true)
    expect(isLoopback('127.0.0.1.nip.io')).toBe(false)
    expect(isLoopback('x127.0.0.1')).toBe(false)
    expect(isLoopback('')).toBe(false)
  })
})

describe('a base URL in place of scheme and host', () => {
  const url = new URL('https://api.openai.com/v1/organization/costs?limit=7')

  it('keeps path and query', () => {
    expect(rebase(url, 'http://127.0.0.1:9').href).toBe('http://127.0.0.1:9/v1/organization/costs?limit=7')
  })

  it('puts its own path in front', () => {
    expect(rebase(url, 'https://gw.example/openai/').href).toBe(
      'https://gw.example/openai/v1/organization/costs?limit=7',
    )
  })

  it('never goes elsewhere, whatever the path looks like', () => {
    const odd = new URL('https://api.openai.com//evil.example/v1')
    expect(rebase(odd, 'https://gw.example').origin).toBe('https://gw.example')
  })

  it('leaves the address alone when there is none, and hands out a copy', () => {
    const copy = rebase(url, null)
    expect(copy.href).toBe(url.href)
    expect(copy).not.toBe(url)
  })
})
