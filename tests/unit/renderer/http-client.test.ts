import { describe, expect, it } from 'vitest'
import { createHttpClient } from '../../../renderer/http-client.ts'
import { providerFacts } from '../../../shared/providers.ts'
import { settings } from '../../../shared/settings.ts'

interface Asked {
  url: string
  init: RequestInit
}

function client(answer: (asked: Asked) => Response | Promise<Response>) {
  const asked: Asked[] = []
  const waits: { delayMs: number; task: () => void }[] = []
  const opened: unknown[] = []
  const guard = createHttpClient({
    origin: 'http://127.0.0.1:7777',
    token: 'tok',
    fetch: async (url, init) => {
      asked.push({ url, init })
      return answer({ url, init })
    },
    after: (delayMs, task) => {
      waits.push({ delayMs, task })
      return () => {}
    },
    openPage: (request) => opened.push(request),
  })
  return { guard, asked, waits, opened }
}

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status })
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('calls over HTTP', () => {
  it('posts the request with the token and answers the parsed reply', async () => {
    const { guard, asked } = client(() => json({ ok: true, value: settings.parse({}) }))
    const result = await guard.call('settings:get', {})
    expect(result).toMatchObject({ ok: true, value: { usageEverySeconds: 60 } })
    expect(asked[0]?.url).toBe('http://127.0.0.1:7777/api/calls/settings:get')
    expect(asked[0]?.init.headers).toMatchObject({ authorization: 'Bearer tok' })
  })

  it('hands a failure of the guard on as it is', async () => {
    const { guard } = client(() => json({ ok: false, failure: { kind: 'not-found', message: 'There is no alert x.' } }))
    expect(await guard.call('alerts:show', { id: 'x' })).toEqual({
      ok: false,
      failure: { kind: 'not-found', message: 'There is no alert x.' },
    })
  })

  it('fails on a reply that does not fit the contract instead of showing half of it', async () => {
    const { guard } = client(() => json({ ok: true, value: { zone: 7 } }))
    expect(await guard.call('status:get', {})).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
  })

  it('says how to come in when the token is refused', async () => {
    const { guard } = client(() => json({}, 401))
    expect(await guard.call('status:get', {})).toMatchObject({
      failure: { kind: 'unreachable-guard', message: expect.stringContaining('token') },
    })
  })

  it('says that the guard is not reached when nobody answers', async () => {
    const { guard } = client(() => Promise.reject(new TypeError('fetch failed')))
    expect(await guard.call('status:get', {})).toMatchObject({ failure: { kind: 'unreachable-guard' } })
  })

  it('opens a page of our own list on this side, without asking the server', async () => {
    const { guard, asked, opened } = client(() => json({}))
    await guard.call('links:open', { provider: 'openai', page: 'stop' })
    expect(opened).toEqual([providerFacts('openai').stopUrl])
    expect(asked).toEqual([])
  })
})

describe('pushes over HTTP', () => {
  it('tells each listener what fits the contract and nothing else', async () => {
    const body =
      'event: changed\ndata: {"what":["alerts"]}\n\nevent: changed\ndata: {"what":["money"]}\n\nevent: odd\ndata: 1\n\n'
    const { guard } = client(() => new Response(body))
    const told: unknown[] = []
    guard.on('changed', (push) => told.push(push))
    await settled()
    await settled()
    expect(told).toEqual([{ what: ['alerts'] }])
  })

  it('comes back ever less often while the guard is away, and then has everything read again', async () => {
    let up = false
    const { guard, waits } = client(() =>
      up ? new Response(new ReadableStream()) : Promise.reject(new TypeError('down')),
    )
    const told: unknown[] = []
    guard.on('changed', (push) => told.push(push))
    for (let round = 0; round < 7; round += 1) {
      await settled()
      waits[round]?.task()
    }
    await settled()
    expect(waits.slice(0, 7).map(({ delayMs }) => delayMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
    up = true
    waits[7]?.task()
    await settled()
    expect(told).toEqual([{ what: ['spend', 'accounts', 'alerts', 'settings'] }])
  })

  it('closes the stream with the last listener', async () => {
    const { guard, asked } = client(() => new Response(new ReadableStream()))
    const stop = [guard.on('changed', () => {}), guard.on('fill', () => {})]
    await settled()
    expect(asked).toHaveLength(1)
    stop[0]?.()
    expect(asked[0]?.init.signal?.aborted).toBe(false)
    stop[1]?.()
    expect(asked[0]?.init.signal?.aborted).toBe(true)
  })
})
