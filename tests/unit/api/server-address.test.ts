import { describe, expect, it } from 'vitest'
import { parseServerAddress } from '../../../electron/api/server-address.ts'

describe('the address of a guard elsewhere', () => {
  it.each([
    ['http://127.0.0.1:4555/#token=abc', 'http://127.0.0.1:4555', 'abc'],
    ['http://localhost:4555', 'http://localhost:4555', null],
    ['https://guard.example.com/#token=abc', 'https://guard.example.com', 'abc'],
  ])('is taken as serve printed it: %s', (text, origin, token) => {
    expect(parseServerAddress(text)).toEqual({ ok: true, value: { origin, token } })
  })

  it.each(['', 'nonsense', '127.0.0.1:4555', 'localhost:4555', 'file:///etc/passwd', 'ftp://127.0.0.1'])(
    'is refused where it is none: %j',
    (text) => {
      expect(parseServerAddress(text)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    },
  )

  it.each(['http://guard.example.com/#token=abc', 'http://10.0.0.2:4555/#token=abc'])(
    'is refused where the token would travel in the clear: %s',
    (text) => {
      expect(parseServerAddress(text)).toMatchObject({
        ok: false,
        failure: { message: expect.stringContaining('in the clear') as string },
      })
    },
  )
})
