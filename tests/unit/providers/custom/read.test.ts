import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { custom } from '../../../../electron/providers/custom/adapter.ts'
import { nanosToDecimal } from '../../../../shared/money.ts'
import { api, lastDays, linesOf, manifest, messageOf, nowMs, read, today } from './support.ts'

const row = (cost: unknown, date = '2026-11-22') => ({ date, cost })

describe('amounts', () => {
  it('are exact, however they are written', async () => {
    const text = `{"data":[
      {"date":"2026-11-21","cost":0.1},{"date":"2026-11-22","cost":"0.000000001"},
      {"date":"2026-11-22","cost":123456.123456789012345678},{"date":"2026-11-23","cost":-2.5e-1}]}`
    expect(linesOf(await read(manifest(), [text]))).toEqual([
      '2026-11-21 100000000 USD',
      '2026-11-22 1 USD',
      '2026-11-22 123456123456789 USD',
      '2026-11-23 -250000000 USD',
    ])
  })

  it('come back to the nano, in any unit and as number or text', async () => {
    const amounts = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n })
    const units = fc.constantFrom(['units', 1n], ['cents', 100n], ['micros', 1_000_000n], [
      'nanos',
      1_000_000_000n,
    ] as const)
    await fc.assert(
      fc.asyncProperty(amounts, units, fc.boolean(), async (nanos, [amountIn, perWhole], asText) => {
        const written = nanosToDecimal(nanos * perWhole)
        const answer = `{"data":[{"date":"2026-11-22","cost":${asText ? `"${written}"` : written}}]}`
        expect(linesOf(await read(manifest({ amountIn }), [answer]))).toEqual([`2026-11-22 ${nanos} USD`])
      }),
      { numRuns: 60 },
    )
  })

  it.each([[null], [''], ['1,50'], ['$1'], [true], [[1]], [{ value: 1 }], ['NaN'], ['1e999']])(
    'that cannot be read fail with the place, and without the value: %j',
    async (cost) => {
      const message = messageOf(await read(manifest(), [{ data: [row('1'), row(cost)] }]))
      expect(message).toContain('feeds.0.amount: "cost" finds')
      expect(message).toContain('in row 2 of /costs')
      if (typeof cost === 'string' && cost !== '') expect(message).not.toContain(cost)
    },
  )

  it('may be negated, which is exact too', async () => {
    expect(linesOf(await read(manifest({ negate: true }), [{ data: [row('-799.5')] }]))).toEqual([
      '2026-11-22 799500000000 USD',
    ])
  })

  it('keep their currencies apart, and have one', async () => {
    const own = manifest({ currency: 'unit' })
    expect(
      linesOf(
        await read(own, [
          {
            data: [
              { ...row('1'), unit: 'eur' },
              { ...row('2'), unit: 'USD' },
            ],
          },
        ]),
      ),
    ).toEqual(['2026-11-22 1000000000 EUR', '2026-11-22 2000000000 USD'])
    expect(messageOf(await read(own, [{ data: [row('1')] }]))).toContain('feeds.0.currency: "unit" finds no currency')
    expect(messageOf(await read(manifest({ currency: 'USD' }), [{ data: [row('1')] }]))).toContain('{"fixed": "USD"}')
  })
})

describe('rows', () => {
  it('carry what they are for', async () => {
    const text = manifest({ model: 'm', project: 'p.name', key: 'k', lineItem: 'l', tier: 't' })
    const answer = await read(text, [
      { data: [{ ...row('1'), m: 'large', p: { name: 'Shop' }, k: 7, l: '', t: null }] },
    ])
    expect(answer.ok && answer.value.buckets[0]?.lines[0]).toMatchObject({
      model: 'large',
      project: 'Shop',
      apiKey: '7',
      lineItem: null,
      tier: null,
    })
    expect(messageOf(await read(text, [{ data: [{ ...row('1'), m: ['x'] }] }]))).toContain(
      'feeds.0.model: "m" finds neither',
    )
  })

  it('that are no list are no empty answer', async () => {
    for (const answer of [{}, { data: null }, { data: {} }, { data: 'none' }, []])
      expect(messageOf(await read(manifest(), [answer]))).toContain('feeds.0.rows: "data" finds no list')
  })

  it('may hold lists of parts, of which an empty one is a day without spend', async () => {
    const text = manifest({ rows: 'days', parts: 'results', start: 'row.at', amount: 'part.usd' })
    const days = [
      { at: '2026-11-21', results: [{ usd: 1 }, { usd: 2 }] },
      { at: '2026-11-22', results: [] },
    ]
    const answer = await read(text, [{ days }])
    expect(linesOf(answer)).toEqual(['2026-11-21 1000000000 USD', '2026-11-21 2000000000 USD'])
    expect(answer.ok && answer.value.buckets.map(({ lines }) => lines.length)).toEqual([2, 0])
    expect(messageOf(await read(text, [{ days: [{ at: '2026-11-21' }] }]))).toContain('feeds.0.parts')
  })

  it('of another time than was asked for are left out, and that is said', async () => {
    const answer = await read(manifest(), [{ data: [row('1', '2026-01-01'), row('2', '2026-11-22')] }])
    expect(linesOf(answer)).toEqual(['2026-11-22 2000000000 USD'])
    expect(answer.ok && answer.value.notes).toEqual([
      '1 of 2 rows are of another time than was asked for, and left out.',
    ])
  })

  it('may be more than a call of a function takes arguments', async () => {
    const data = Array.from({ length: 200_000 }, () => row('0.01'))
    expect(linesOf(await read(manifest(), [{ data }]))).toHaveLength(200_000)
  })

  it('that are missing leave a day unknown, unless the manifest says that it was free', async () => {
    const answer = { data: [row('1', '2026-11-22')] }
    const daysOf = (one: Awaited<ReturnType<typeof read>>) =>
      one.ok ? one.value.buckets.map(({ startMs }) => startMs) : []
    const day = 86_400_000
    expect(daysOf(await read(manifest(), [answer], lastDays(4)))).toEqual([today - day])
    // Not today: what is newer than the newest row may only be late.
    expect(daysOf(await read(manifest({ gaps: 'free' }), [answer], lastDays(4)))).toEqual(
      [3, 2, 1].map((days) => today - days * day),
    )
    expect(daysOf(await read(manifest({ gaps: 'free' }), [{ data: [] }], lastDays(4)))).toEqual([])
  })
})

describe('pages', () => {
  const pageOf = (pages: object, ...answers: object[]) => read(manifest({ pages }), answers)
  const searches = (answer: { asked: { url: URL }[] }) => answer.asked.map(({ url }) => url.pathname + url.search)

  it('follow a cursor until there is none', async () => {
    const answer = await pageOf(
      { kind: 'cursor', parameter: 'after', next: 'next' },
      { data: [row('1')], next: 'abc' },
      { data: [row('2')], next: 5 },
      { data: [row('3')], next: null },
    )
    expect(searches(answer)).toEqual(['/costs', '/costs?after=abc', '/costs?after=5'])
    expect(linesOf(answer)).toHaveLength(3)
  })

  it('follow a cursor only while there is more', async () => {
    const pages = { kind: 'cursor', parameter: 'after', next: 'data[-1].id', more: 'more' }
    const answer = await pageOf(
      pages,
      { data: [{ ...row('1'), id: 'x' }], more: true },
      { data: [{ ...row('2'), id: 'y' }], more: false },
    )
    expect(searches(answer)).toEqual(['/costs', '/costs?after=x'])
    expect(messageOf(await pageOf(pages, { data: [row('1')], more: true }))).toContain('more but not where')
    expect(messageOf(await pageOf(pages, { data: [row('1')], more: 'yes' }))).toContain('feeds.0.pages.more')
  })

  it('are counted until one has no rows', async () => {
    const answer = await pageOf(
      { kind: 'number', parameter: 'page' },
      { data: [row('1')] },
      { data: [row('2')] },
      { data: [] },
    )
    expect(searches(answer)).toEqual(['/costs?page=1', '/costs?page=2', '/costs?page=3'])
  })

  it('are counted to the last, or by rows', async () => {
    const last = { kind: 'number', parameter: 'page', last: 'pages' }
    expect(searches(await pageOf(last, { data: [row('1')], pages: 2 }, { data: [row('2')], pages: 2 }))).toHaveLength(2)
    expect(messageOf(await pageOf(last, { data: [] }))).toContain('feeds.0.pages.last')
    const rows = { kind: 'number', parameter: 'offset', first: 0, step: 50, more: 'more' }
    expect(searches(await pageOf(rows, { data: [row('1')], more: true }, { data: [], more: false }))).toEqual([
      '/costs?offset=0',
      '/costs?offset=50',
    ])
  })

  it('are counted by rows from the first row, unless the manifest says otherwise', async () => {
    const offset = { kind: 'number', parameter: 'offset', step: 50 }
    const answers = [{ data: [row('1')] }, { data: [] }]
    expect(searches(await pageOf(offset, ...answers))).toEqual(['/costs?offset=0', '/costs?offset=50'])
    expect(searches(await pageOf({ ...offset, first: 1 }, ...answers))).toEqual(['/costs?offset=1', '/costs?offset=51'])
  })

  it.each([
    ['cursor', { kind: 'cursor', parameter: 'after', next: 'next' }],
    ['number', { kind: 'number', parameter: 'after' }],
  ])('go on where what should tell whether there is more is not there: %s', async (_kind, pages) => {
    const answer = await pageOf({ ...pages, more: 'mistaken' }, { data: [row('1')], next: 2 }, { data: [] })
    expect(searches(answer)).toHaveLength(2)
    expect(linesOf(answer)).toHaveLength(1)
  })

  it('follow a link within the origin, and no other', async () => {
    const pages = { kind: 'link', next: 'links.next' }
    const answer = await pageOf(
      pages,
      { data: [row('1')], links: { next: 'https://api.acme.example/costs?at=2' } },
      { data: [row('2')], links: { next: '/costs?at=3' } },
      { data: [row('3')], links: { next: '?at=4' } },
      { data: [row('4')], links: {} },
    )
    expect(searches(answer)).toEqual(['/costs', '/costs?at=2', '/costs?at=3', '/costs?at=4'])
    const strayed = await pageOf(pages, { data: [], links: { next: 'https://elsewhere.example/costs' } })
    expect(messageOf(strayed)).toContain('elsewhere.example was refused')
    expect(strayed.asked).toHaveLength(1)
    for (const next of ['//elsewhere.example/costs', 'http://api.acme.example/costs', '/\\elsewhere.example'])
      expect(messageOf(await pageOf(pages, { data: [], links: { next } }))).toContain('was refused')
  })

  it('go into the body where there is one', async () => {
    const request = { method: 'POST', path: '/costs', json: { from: '{from:unixms}', page: 1 } }
    const pages = { kind: 'number', parameter: 'page', last: 'pages' }
    const { asked } = await read(manifest({ request, pages }), [
      { data: [row('1')], pages: 2 },
      { data: [row('2')], pages: 2 },
    ])
    expect(asked.map(({ body }) => body)).toEqual([1, 2].map((page) => ({ from: lastDays(3).fromMs, page })))
  })

  it.each([
    ['a cursor that repeats', { kind: 'cursor', parameter: 'after', next: 'next' }, { data: [], next: 'again' }],
    ['a server that ignores the number', { kind: 'number', parameter: 'page' }, { data: [row('1')] }],
    ['a link to itself', { kind: 'link', next: 'next' }, { data: [], next: '/costs?at=1' }],
    ['a count without end', { kind: 'number', parameter: 'page', more: 'more' }, { data: [], more: true }],
  ])('that never end are no answer: %s', async (_what, pages, answer) => {
    expect(await pageOf(pages, answer)).toMatchObject({ ok: false, failure: { kind: 'truncated' } })
  })
})

describe('requests', () => {
  it('carry the key in the headers that the manifest names, and nothing else of it', async () => {
    const auth = { headers: { 'X-Key': 'Token {key}' } }
    const { asked } = await read(manifest({ request: { path: '/a', query: { b: ['1', '2'] } } }, { auth }), [
      { data: [] },
    ])
    expect(asked[0]?.headers.get('x-key')).toBe('Token secret-key')
    expect(asked[0]?.url.href).toBe('https://api.acme.example/a?b=1&b=2')
  })

  it('carry both parts of a key, or a name and password', async () => {
    const { asked, context } = api(manifest({}, { auth: { headers: { one: '{key.1}', two: '{key.2}' } } }), {
      data: [],
    })
    await custom.read?.(context('api:app:x'), lastDays(1))
    expect([asked[0]?.headers.get('one'), asked[0]?.headers.get('two')]).toEqual(['api', 'app:x'])
    const basic = api(manifest({}, { auth: { basic: '{key}:' } }), { data: [] })
    await custom.read?.(basic.context('admin'), lastDays(1))
    expect(basic.asked[0]?.headers.get('authorization')).toBe(`Basic ${btoa('admin:')}`)
  })

  it('carry headers of their own in place of the usual ones, and times in them', async () => {
    const headers = {
      Accept: 'application/vnd.acme+json',
      'Content-Type': 'application/vnd.api+json',
      From: '{to:date}',
    }
    const { asked } = await read(manifest({ request: { method: 'POST', path: '/costs', json: {}, headers } }), [
      { data: [] },
    ])
    expect(Object.fromEntries(asked[0]?.headers ?? [])).toMatchObject({
      accept: 'application/vnd.acme+json',
      'content-type': 'application/vnd.api+json',
      from: '2026-11-24',
    })
  })

  it('are not made with half a key', () => {
    const options = { manifest: manifest({}, { auth: { headers: { one: '{key.1}', two: '{key.2}' } } }) }
    expect(custom.keyKind('alone', options).refused).toContain('part:part')
    expect(custom.keyKind('one:two', options).refused).toBeNull()
  })

  it('to an address that is not there name the places to look at', () => {
    const refusal = { body: null, said: 'no such page', headers: new Headers(), nowMs }
    expect(custom.refusal?.({ ...refusal, status: 404 })).toMatchObject({
      kind: 'not-found',
      message: expect.stringMatching(/"path" in the manifest.*no such page/) as string,
    })
    expect(custom.refusal?.({ ...refusal, status: 403 })).toBeNull()
  })

  it('are not made without the key that they need', async () => {
    const { asked, context } = api(manifest({}, { auth: { basic: '{key}' } }), { data: [] })
    expect(await custom.read?.(context(''), lastDays(1))).toMatchObject({ failure: { kind: 'credential-rejected' } })
    expect(asked).toEqual([])
  })

  it('may answer a value a line', async () => {
    const request = { path: '/costs', answer: 'lines' }
    const answer = await read(manifest({ request, rows: '@' }), [
      `${JSON.stringify(row('1'))}\n${JSON.stringify(row('2'))}\n`,
    ])
    expect(linesOf(answer)).toHaveLength(2)
  })
})

describe('running totals', () => {
  const total = {
    reads: 'total',
    plane: 'estimate',
    width: undefined,
    start: undefined,
    rows: '[data]',
    amount: 'spent',
  }
  const counters = async (feed: object, answer: object) => {
    const { context, asked } = api(manifest({ ...total, ...feed }), answer)
    return { shown: await custom.readCounters?.(context('secret-key'), 'costs'), asked }
  }

  it.each([
    ['day', today],
    ['month', Date.UTC(2026, 10, 1)],
    ['ever', null],
    [{ at: 'since' }, Date.UTC(2026, 10, 5, 9, 30)],
  ])('began when the manifest says: %j', async (since, sinceMs) => {
    const { shown } = await counters({ since }, { data: { spent: '12.5', since: '2026-11-05T09:30:00Z' } })
    expect(shown).toMatchObject({ ok: true, value: [{ totalNanos: 12_500_000_000n, sinceMs, currency: 'USD' }] })
  })

  it('are asked for with the times of their period', async () => {
    const query = { from: '{from:date}', to: '{last:date}', at: '{until:unixms}' }
    const { asked } = await counters({ since: 'month', request: { path: '/t', query } }, { data: { spent: 1 } })
    expect(asked[0]?.url.search).toBe(`?from=2026-11-01&to=2026-11-30&at=${nowMs}`)
  })

  it('that say nothing fail', async () => {
    expect((await counters({ since: 'day' }, {})).shown).toMatchObject({ failure: { kind: 'unexpected-response' } })
    expect((await counters({ since: { at: 'since' } }, { data: { spent: 1 } })).shown).toMatchObject({ ok: false })
  })

  it('of a balance fall, and what is left is told', async () => {
    const feed = { ...total, reads: 'balance', rows: 'balances', amount: 'left', currency: 'unit' }
    const { context } = api(manifest(feed), { balances: [{ left: '42.50', unit: 'usd' }] })
    expect(await custom.readCounters?.(context('k'), 'costs')).toMatchObject({
      value: [{ totalNanos: -42_500_000_000n, sinceMs: null, currency: 'USD' }],
    })
    expect(await custom.balances?.(context('k'))).toMatchObject({
      value: [{ currency: 'USD', leftNanos: 42_500_000_000n }],
    })
  })
})
