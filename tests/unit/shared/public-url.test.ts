import { describe, expect, it } from 'vitest'
import { refusePublicUrl } from '../../../shared/public-url.ts'
import { settings } from '../../../shared/settings.ts'

describe('the public address', () => {
  it.each([
    'https://guard.example.com',
    'https://guard.example.com/',
    'https://guard.example.com:8443',
    'HTTPS://Guard.Example.com',
    'http://127.0.0.1:4555',
    'http://localhost:4555',
    'http://[::1]:4555',
    'http://192.168.1.20:8080',
    'http://10.0.0.7',
    'http://172.20.0.1',
  ])('may be %s', (text) => {
    expect(refusePublicUrl(text)).toBeNull()
    expect(settings.shape.publicUrl.safeParse(text).success).toBe(true)
    expect(() => new URL(text).origin).not.toThrow()
  })

  it.each([
    '',
    'guard.example.com',
    'https:guard.example.com',
    'https://',
    'https://guard.example.com/guard',
    'https://guard.example.com/?a=b',
    'https://guard.example.com/#x',
    'https://me:secret@guard.example.com',
    'https://guard.example.com:70000',
    'https://999.0.0.1',
    'https://guard.example.com\n',
    'ftp://guard.example.com',
    'javascript:alert(1)',
    'http://guard.example.com',
    'http://10.example.com',
    'http://localhost.example.com',
    'http://172.32.0.1',
    'http://8.8.8.8',
  ])('is not %j', (text) => {
    expect(refusePublicUrl(text)).toMatch(/^The public address .+\.$/)
  })

  it('is none until somebody sets it', () => {
    expect(settings.parse({}).publicUrl).toBeNull()
  })
})
