import { describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import type { ReadWindow } from '../../../electron/providers/adapter.ts'
import { azure } from '../../../electron/providers/azure/adapter.ts'
import { parseCosts, readCosts } from '../../../electron/providers/azure/costs.ts'
import { keyKind } from '../../../electron/providers/azure/key.ts'
import { refusal } from '../../../electron/providers/azure/refusal.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { azureAnswers, azureOptions, azureSecret } from '../../emulators/azure.ts'
import { steadyWorld } from '../../contract/stages/steady-world.ts'

const todayMs = Date.UTC(2026, 10, 23)
const nowMs = todayMs + 10 * hourMs
const window: ReadWindow = {
  feed: 'costs',
  width: 'day',
  fromMs: todayMs - 3 * dayMs,
  toMs: todayMs + dayMs,
  open: true,
}
const row = (over: Record<string, unknown> = {}) => {
  return {
    cost: 4.21,
    usagedate: 20261122,
    servicename: 'Foundry Models',
    resourcegroupname: 'rg',
    currency: 'USD',
    ...over,
  }
}
const parse = (...rows: Record<string, unknown>[]) => parseCosts(rows, azureOptions, window)
const lines = (...rows: Record<string, unknown>[]) => {
  const read = parse(...rows)
  return read.ok ? read.value.flatMap((bucket) => bucket.lines) : read.failure
}

describe('a row of Azure costs', () => {
  it.each([
    [4.21, 4_210_000_000n],
    [-3, -3_000_000_000n],
    [1e-7, 100n],
    [0, 0n],
    // A number that a double cannot hold arrives as its digits.
    ['0.1234567890123456789', 123_456_789n],
    ['4.2100000000000001', 4_210_000_000n],
  ])('of %s is exact', (cost, costNanos) => expect(lines(row({ cost }))).toMatchObject([{ costNanos }]))
  it('keeps its currency, upper case, beside others', () => {
    expect(lines(row({ currency: 'eur' }), row({ currency: 'CLP' }))).toMatchObject([
      { currency: 'EUR' },
      { currency: 'CLP' },
    ])
  })
  it.each([20261122, '20261122', '2026-11-22T00:00:00'])('is of the day %s', (usagedate) => {
    const read = parse(row({ usagedate }))
    expect(read.ok && read.value.at(-1)).toMatchObject({ startMs: todayMs - dayMs, lines: [{}] })
  })
  it('may belong to no service and no resource group', () => {
    expect(lines(row({ servicename: '', resourcegroupname: null }))).toMatchObject([{ project: null, lineItem: null }])
  })
  it('does not make a free day of one that is not known yet', () => {
    const read = parse(row({ usagedate: 20261120 }), row({ usagedate: 20261122 }))
    expect(
      read.ok && read.value.map(({ startMs, lines: found }) => [(startMs - todayMs) / dayMs, found.length]),
    ).toEqual([
      [-3, 1],
      [-2, 0],
      [-1, 1],
    ])
    expect(parse()).toEqual({ ok: true, value: [] })
  })
  it('is divided by subscription where the scope is larger than one', () => {
    const scope = '/providers/Microsoft.Billing/billingAccounts/1234/'
    const read = parseCosts([row({ subscriptionname: 'Production' })], { ...azureOptions, scope }, window)
    expect(read.ok && read.value.at(-1)?.lines[0]?.project).toBe('Production')
  })
})

/** Both hosts in one, each request noted with where it went. */
function cloud(answer = azureAnswers(steadyWorld('azure', 'gpt-5', { input: 1, cached: 0.1, output: 8 }))) {
  const asked: { url: string; body: string; authorization: string | null }[] = []
  const system = {
    clock: { now: () => nowMs, after: (_ms: number, task: () => void) => (queueMicrotask(task), () => undefined) },
    random: () => 0.5,
    fetch: async (href: string | URL | Request, init: RequestInit = {}) => {
      const headers = Object.fromEntries(new Headers(init.headers))
      const body = String(init.body ?? '')
      asked.push({ url: String(href), body, authorization: headers['authorization'] ?? null })
      const reply = answer({ method: init.method ?? 'GET', url: new URL(String(href)), headers, body })
      const text = reply.text ?? JSON.stringify(reply.json)
      return new Response(reply.status === 204 ? null : text, { status: reply.status, headers: reply.headers ?? {} })
    },
  }
  const http = createProviderHttp({ system, adapter: azure, baseUrl: null, secret: azureSecret, options: azureOptions })
  return { asked, read: (over = window) => readCosts({ http, options: azureOptions }, over) }
}

describe('the two hosts of Azure', () => {
  it('are told what is theirs: the secret to one, the token to the other, and one token for many reads', async () => {
    const { asked, read } = cloud()
    expect(await read({ ...window, fromMs: todayMs - 90 * dayMs })).toMatchObject({ ok: true })
    expect(await read()).toMatchObject({ ok: true })
    const hosts = asked.map(({ url }) => new URL(url).host)
    expect(hosts.filter((host) => host === 'login.microsoftonline.com')).toHaveLength(1)
    for (const { url, body, authorization } of asked) {
      const login = new URL(url).host === 'login.microsoftonline.com'
      expect([login, decodeURIComponent(body).includes(azureSecret), authorization === null]).toEqual([
        login,
        login,
        login,
      ])
    }
  })
  it('do not lead the token anywhere by a link to the next page', async () => {
    const world = azureAnswers(steadyWorld('azure', 'gpt-5', { input: 1, cached: 0.1, output: 8 }))
    const { asked, read } = cloud((request) => {
      const text = JSON.stringify(world(request)).replace(
        'https://management.azure.com',
        'https://login.microsoftonline.com',
      )
      return JSON.parse(text)
    })
    expect(await read({ ...window, fromMs: todayMs - 90 * dayMs })).toMatchObject({ ok: true })
    expect(asked.filter(({ url }) => url.includes('skiptoken')).map(({ url }) => new URL(url).host)).toEqual([
      'management.azure.com',
      'management.azure.com',
    ])
  })
  it('ask for the next page with the same question', async () => {
    const { asked, read } = cloud()
    await read({ ...window, fromMs: todayMs - 90 * dayMs })
    const pages = asked.filter(({ url }) => url.includes('/query'))
    expect(pages).toHaveLength(3)
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1)
  })
  it('say that there is nothing by a status without an answer, which is no part of a longer one', async () => {
    const signIn = azureAnswers(steadyWorld('azure', 'gpt-5', { input: 1, cached: 0.1, output: 8 }))
    const first = { properties: { nextLink: 'https://management.azure.com/more/query', columns: [], rows: [] } }
    const saying = (pages: number) => {
      let left = pages
      return cloud((request) => {
        if (request.url.pathname.endsWith('/token')) return signIn(request)
        return left-- > 0 ? { status: 200, json: first } : { status: 204, text: '' }
      }).read()
    }
    expect(await saying(0)).toEqual({ ok: true, value: [] })
    expect(await saying(1)).toMatchObject({ ok: false })
  })
})

describe('what Azure refuses', () => {
  const say = (status: number, body: unknown, said = '', headers = {}) =>
    refusal({ status, body, said, headers: new Headers(headers), nowMs })
  it.each([
    [401, { error: 'invalid_client' }, 'AADSTS7000215: Invalid', 'credential-rejected', 'value, not its ID'],
    [401, { error: 'invalid_client' }, 'AADSTS7000222: expired', 'credential-rejected', 'has expired'],
    [400, { error: 'unauthorized_client' }, 'AADSTS700016', 'credential-rejected', 'client_id'],
    [400, { error: 'invalid_request' }, 'AADSTS90002: Tenant', 'credential-rejected', 'tenant'],
    [401, { error: { code: 'RBACAccessDenied' } }, '', 'permission-missing', 'Cost Management Reader'],
    [403, { error: { code: 'AuthorizationFailed' } }, '', 'permission-missing', 'Cost Management Reader'],
    [422, { error: { code: 'AccountCostDisabled' } }, '', 'permission-missing', 'View charges'],
    [404, { error: { code: 'SubscriptionNotFound' } }, '', 'not-found', 'scope'],
  ])('with %d %j is in its words', (status, body, said, kind, words) => {
    expect(say(status, body, said)).toMatchObject({ kind, status, message: expect.stringContaining(words) })
  })
  it('names several waits, of which the longest counts', () => {
    const wait = 'x-ms-ratelimit-microsoft.costmanagement'
    const headers = {
      'retry-after': '9',
      [`${wait}-qpu-retry-after`]: '30',
      [`${wait}-entity-retry-after`]: '60',
      [`${wait}-tenant-retry-after`]: 'soon',
    }
    expect(say(429, {}, '', headers)).toMatchObject({ kind: 'rate-limited', retryAtMs: nowMs + minuteMs })
    expect(say(429, {}, '', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' })).toBeNull()
  })
  it.each([[{ error: { code: 'constructor' } }], [{ error: 'invalid_scope' }], [null]])(
    'is left to its status where %j says no more',
    (body) => expect(say(400, body)).toBeNull(),
  )
})

describe('a client secret', () => {
  it.each([
    [{ tenant: 'our company' }, 'tenant'],
    [{ client_id: 'guard' }, 'client_id'],
    [{ scope: 'Pay-As-You-Go' }, 'scope'],
    [{ scope: 'subscriptions/' }, 'scope'],
  ])('is refused with the options %j, in words', (over, words) => {
    expect(keyKind(azureSecret, { ...azureOptions, ...over }).refused).toContain(`The option ${words}`)
  })
  it.each([
    { tenant: 'contoso.onmicrosoft.com' },
    { scope: '/subscriptions/x/resourceGroups/y/' },
    { scope: 'providers/Microsoft.Billing/billingAccounts/1:2/billingProfiles/3' },
    { scope: 'providers/Microsoft.Management/managementGroups/all' },
  ])('is good with %j', (over) => expect(keyKind(azureSecret, { ...azureOptions, ...over }).refused).toBeNull())
})
