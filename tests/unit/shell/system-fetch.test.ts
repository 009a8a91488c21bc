import { afterEach, describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import { systemFetch } from '../../../electron/shell/system-fetch.ts'
import { net } from '../../fakes/electron.ts'
import { createTestSystem } from '../../fakes/system.ts'

const { clock, random } = createTestSystem()
const http = createProviderHttp({
  system: { fetch: systemFetch, clock: { ...clock, after: (_ms, task) => (task(), () => undefined) }, random },
  adapter: { origins: ['https://api.example.com'], auth: (secret) => ({ header: 'x-key', value: secret }) },
  baseUrl: null,
  secret: 'sk-1',
})
const failing = (message: string) => {
  net.fetch = () => Promise.reject(new Error(message))
}

describe("a request through Chromium's network stack", () => {
  const { fetch } = net
  afterEach(() => {
    net.fetch = fetch
  })

  it('takes a redirect for an answer that is not one', async () => {
    failing('Redirect was cancelled')
    expect(await http.get('/v1/costs')).toMatchObject({
      ok: false,
      failure: { kind: 'unexpected-response', status: 302 },
    })
  })

  it.each([
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NAME_NOT_RESOLVED', 'offline'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'refused-host'],
    ['net::ERR_CONNECTION_RESET', 'truncated'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
  ])('names the failure behind %s: %s', async (message, kind) => {
    failing(message)
    expect(await http.get('/v1/costs')).toMatchObject({ ok: false, failure: { kind } })
  })
})
