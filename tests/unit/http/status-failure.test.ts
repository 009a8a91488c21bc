import { describe, expect, it } from 'vitest'
import { networkFailure } from '../../../electron/http/network-failure.ts'
import { quoteOf, statusFailure } from '../../../electron/http/status-failure.ts'

const said = (message: string, secrets: string[] = []) => quoteOf({ error: { message } }, secrets)

describe('a status other than 200', () => {
  it.each([
    [400, 'unexpected-response'],
    [401, 'credential-rejected'],
    [403, 'permission-missing'],
    [404, 'not-found'],
    [408, 'timeout'],
    [429, 'rate-limited'],
    [500, 'provider-down'],
    [503, 'provider-down'],
    [529, 'provider-down'],
    [302, 'unexpected-response'],
  ] as const)('%i means %s', (status, kind) => {
    expect(statusFailure(status, '', null)).toMatchObject({ kind, status })
  })

  it('is a missing permission where the provider says so, whatever the status', () => {
    expect(statusFailure(401, said('Missing scopes: api.usage.read'), null).kind).toBe('permission-missing')
  })

  it('does not blame the key for a browser-like request', () => {
    expect(statusFailure(401, said('CORS requests are not allowed for this Organization'), null).kind).toBe(
      'unexpected-response',
    )
  })

  it("quotes the provider's sentence without the key in it, and not at length", () => {
    const failure = statusFailure(401, said(`Incorrect API key provided: sk-admin-abcdefgh. ${'x'.repeat(500)}`), null)
    expect(failure.message).toContain('The provider says: Incorrect API key provided: sk-[redacted]')
    expect(failure.message.length).toBeLessThan(400)
  })

  it('never repeats the key that was sent, whatever its shape', () => {
    const secret = 'gateway/KEY.of+no-known=shape'
    expect(said(`No such key: ${secret}, and again "${secret}".`, [secret])).toBe(
      'No such key: [redacted], and again "[redacted]".',
    )
    expect(said(`${'x'.repeat(190)} ${secret}`, [secret])).not.toContain('gateway')
  })

  it('never repeats a part of a key that is made of parts', () => {
    const document = '{"client_email":"a@b.example","private_key":"-----BEGIN\\nMIIEvQIBADANBg\\n"}'
    expect(said('bad password hunter2-hunter2', ['SK0123456789:hunter2-hunter2'])).toBe('bad password [redacted]')
    expect(said('not a key: MIIEvQIBADANBg', [document])).not.toContain('MIIEvQ')
  })

  it.each([
    ['Google and OpenAI', { error: { code: 403, message: 'no access' } }],
    ['OAuth', { error: 'invalid_grant', error_description: 'no access' }],
    ['Twilio, GitHub and AWS', { code: 20003, message: 'no access' }],
    ['older AWS', { __type: 'X', Message: 'no access' }],
    ['Cloudflare', { success: false, errors: [{ code: 1, message: 'no access' }, { message: 'more' }] }],
    ['Datadog', { errors: ['no access'] }],
    ['ElevenLabs', { detail: { status: 'x', message: 'no access' } }],
    ['RFC 9457', { type: 'about:blank', title: 'Forbidden', detail: 'no access' }],
  ])('finds the sentence where %s puts it', (_who, body) => {
    expect(quoteOf(body, [])).toBe('no access')
  })

  it('quotes nothing that is no sentence', () => {
    for (const body of [null, 'text', { error: { message: 7 } }, { errors: [] }]) expect(quoteOf(body, [])).toBe('')
  })

  it('keeps the wait the provider named', () => {
    expect(statusFailure(503, '', 77)).toMatchObject({ retryAtMs: 77 })
    expect(statusFailure(503, '', null)).not.toHaveProperty('retryAtMs')
  })
})

describe('a connection that failed', () => {
  const because = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } })

  it.each([
    [new DOMException('late', 'TimeoutError'), 'timeout'],
    [because('ECONNRESET'), 'truncated'],
    [because('UND_ERR_SOCKET'), 'truncated'],
    [because('Z_DATA_ERROR'), 'truncated'],
    [because('ERR__ERROR_FORMAT_PADDING_1'), 'truncated'],
    [because('ENOTFOUND'), 'offline'],
    [because('ECONNREFUSED'), 'offline'],
    [because('CERT_HAS_EXPIRED'), 'refused-host'],
    [because('ERR_TLS_CERT_ALTNAME_INVALID'), 'refused-host'],
    [because('DEPTH_ZERO_SELF_SIGNED_CERT'), 'refused-host'],
    [because('SELF_SIGNED_CERT_IN_CHAIN'), 'refused-host'],
    [because('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'refused-host'],
    [because('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'refused-host'],
    [because('UND_ERR_CONNECT_TIMEOUT'), 'offline'],
    [because('UND_ERR_HEADERS_TIMEOUT'), 'timeout'],
    [because('UND_ERR_BODY_TIMEOUT'), 'timeout'],
    [new TypeError('fetch failed'), 'offline'],
  ] as const)('is told apart by its code (%#)', (error, kind) => expect(networkFailure(error).kind).toBe(kind))

  it('is told without the address', () => {
    const error = Object.assign(new TypeError('https://discord.com/api/webhooks/1/secret'), {
      cause: { code: 'ENOTFOUND', hostname: 'secret.example' },
    })
    expect(networkFailure(error).message).not.toContain('secret')
  })
})
