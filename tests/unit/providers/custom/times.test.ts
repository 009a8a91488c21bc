import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill, fillJson, placeholderProblem } from '../../../../electron/providers/custom/placeholders.ts'
import { spansOf } from '../../../../electron/providers/custom/requests.ts'
import { parseStart } from '../../../../electron/providers/custom/start.ts'
import { dayMs } from '../../../../shared/time.ts'

const fromMs = Date.UTC(2026, 10, 9)
const toMs = Date.UTC(2026, 11, 1)
const nowMs = Date.UTC(2026, 10, 30, 15, 20, 30, 250)
const span = { fromMs, toMs, nowMs }

describe('a time in a request', () => {
  it.each([
    ['{from:date}', '2026-11-09'],
    ['{to:date}', '2026-12-01'],
    ['{last:date}', '2026-11-30'],
    ['{from:iso}', '2026-11-09T00:00:00Z'],
    ['{last:iso}', '2026-11-30T23:59:59Z'],
    ['{until:iso}', '2026-11-30T15:20:30Z'],
    ['{from:unix}', '1794182400'],
    ['{to:unixms}', '1796083200000'],
    ['{until:unix}', '1796052030'],
    ['{from:year}/{from:month}/{from:day}', '2026/11/9'],
    ['{from:date} 00:00:00', '2026-11-09 00:00:00'],
  ])('%s is written %s', (text, written) => {
    expect(fill(text, span)).toBe(written)
  })

  it('alone in a body is a number where it is one', () => {
    expect(fillJson({ a: '{from:unix}', b: ['{from:date}', 'since {from:unix}'], c: 1, d: null }, span)).toEqual({
      a: 1_794_182_400,
      b: ['2026-11-09', 'since 1794182400'],
      c: 1,
      d: null,
    })
  })

  it('is told apart from the braces of a query language', () => {
    expect(placeholderProblem('query { viewer { costs(from: "{from:date}") { usd } } }')).toBeNull()
    expect(placeholderProblem('{from:dat}')).toContain('{from:dat}')
  })
})

describe('the spans of a window', () => {
  const feed = (split: 'day' | 'month' | number) => ({ split }) as Parameters<typeof spansOf>[0]

  it('are whole months where an API is asked by month', () => {
    const spans = spansOf(feed('month'), { fromMs: Date.UTC(2026, 11, 30), toMs: Date.UTC(2027, 1, 2) }, nowMs)
    expect(spans.map((one) => fill('{from:year}-{from:month}', one))).toEqual(['2026-12', '2027-1', '2027-2'])
  })

  it('cover the window once, in order, and none is too long', () => {
    fc.assert(
      fc.property(
        fc.nat(20_000),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (day, days, most) => {
          const window = { fromMs: day * dayMs, toMs: (day + days) * dayMs }
          const spans = spansOf(feed(most), window, nowMs)
          expect(spans[0]?.fromMs).toBe(window.fromMs)
          expect(spans.at(-1)?.toMs).toBe(window.toMs)
          spans.forEach((one, index) => {
            expect(one.toMs - one.fromMs).toBeLessThanOrEqual(most * dayMs)
            if (index > 0) expect(one.fromMs).toBe(spans[index - 1]?.toMs)
          })
        },
      ),
    )
  })
})

describe('the start of a row', () => {
  const day = Date.UTC(2026, 10, 22)
  const at = Date.UTC(2026, 10, 22, 7, 30)

  it.each([
    ['2026-11-22', day],
    ['20261122', day],
    [20_261_122, day],
    ['2026-11-22T00:00:00Z', day],
    ['2026-11-22T23:30:00-08:00', day],
    ['2026-11-22T01:00:00+09:00', day],
    ['2026-11-22 07:30:00 UTC', day],
    [at / 1_000, day],
    [String(at / 1_000), day],
    [at, day],
    [at / 1_000 + 0.5, day],
  ])('%s is a day', (value, ms) => {
    expect(parseStart(value, 'day')).toBe(ms)
  })

  it.each([
    ['2026-11-22T07:30:59.123Z', at],
    ['2026-11-22 07:30', at],
    ['2026-11-22T09:30:00+0200', at],
    ['2026-11-22T02:30:00-05:00', at],
    [at / 1_000, at],
  ])('%s is a minute', (value, ms) => {
    expect(parseStart(value, 'minute')).toBe(ms)
  })

  it.each(['yesterday', '', '2026-13-01', '2026-02-30', '20260230', '22.11.2026', 12, true, [], {}, Number.NaN, '1e9'])(
    '%s is none',
    (value) => {
      expect(parseStart(value, 'day')).toBeNull()
    },
  )
})
