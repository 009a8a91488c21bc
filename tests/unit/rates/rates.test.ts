import { describe, expect, it } from 'vitest'
import { createRates } from '../../../electron/rates/rates.ts'
import { createRatesTable, type PublishedRate } from '../../../electron/storage/rates.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { silentLogger } from '../../../electron/logging/logger.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'
import { ecbAnswers } from '../../emulators/ecb.ts'
import type { EmulatedAnswer } from '../../emulators/http.ts'
import { createFakeClock } from '../../fakes/clock.ts'

const startMs = Date.parse('2026-11-20T16:00:00Z')
const dollar = (day: string, perEuro: string): PublishedRate => ({ currency: 'USD', day, perEuro })
const days = [
  dollar('2026-11-18', '1.10'),
  dollar('2026-11-19', '1.11'),
  dollar('2026-11-20', '1.12'),
  dollar('2026-11-23', '1.13'),
]

/** The rates of a guard on its own: an ECB that may misbehave, a clock to turn, and what was asked. */
function stage(published: readonly PublishedRate[] = days, needed = true) {
  const clock = createFakeClock(startMs)
  const asked: { url: string; headers: Record<string, string> }[] = []
  let fault: EmulatedAnswer | Error | null = null
  const answers = ecbAnswers(published, () => clock.now())
  const fetch = async (input: string | URL | globalThis.Request, init?: RequestInit) => {
    const url = String(input)
    asked.push({ url, headers: Object.fromEntries(new Headers(init?.headers)) })
    if (fault instanceof Error) throw fault
    const answer = fault ?? answers({ method: 'GET', url: new URL(url), headers: {}, body: '' })
    return new Response(answer.text ?? '', { status: answer.status, headers: answer.headers ?? {} })
  }
  const table = createRatesTable(openMemoryDatabase())
  let changes = 0
  const rates = createRates({
    system: { clock, fetch, log: silentLogger },
    table,
    isNeeded: () => needed,
    change: (act) => {
      changes++
      act()
    },
  })
  return {
    ...rates,
    clock,
    files: () => asked.map(({ url }) => url.split('/').at(-1)),
    asked,
    changes: () => changes,
    misbehave: (with_: EmulatedAnswer | Error | null) => void (fault = with_),
    perEuro: (day: string) => {
      const rate = rates.book.rateOn('EUR', 'USD', day)
      return rate && `${Number(rate.numerator) / Number(rate.denominator)} ${rate.day} ${rate.source}`
    },
  }
}

describe('rates', () => {
  it('come with the program until they were read, and say so', () => {
    const { perEuro, newest } = stage()
    expect(perEuro('2026-11-20')).toBe('1.1269 2026-10-06 bundled')
    expect(newest().source).toBe('bundled')
  })
  it('are asked of nobody while one currency is in play', async () => {
    const { look, asked } = stage(days, false)
    await look()
    expect(asked).toEqual([])
  })
  it('begin with 90 days, go on with the newest one, once a day, and say nothing about the person', async () => {
    const { look, files, clock, perEuro, asked, newest } = stage()
    await look()
    await look()
    expect(perEuro('2026-11-19')).toBe('1.11 2026-11-19 ecb')
    clock.advance(3 * dayMs)
    await look()
    expect(files()).toEqual(['eurofxref-hist-90d.xml', 'eurofxref-daily.xml'])
    expect(perEuro('2026-11-22')).toBe('1.12 2026-11-20 ecb')
    expect(perEuro('2026-11-23')).toBe('1.13 2026-11-23 ecb')
    expect(newest().source).toBe('ecb')
    expect(newest().rates.find(({ currency }) => currency === 'USD')).toEqual(dollar('2026-11-23', '1.13'))
    expect(newest().rates.find(({ currency }) => currency === 'GBP')?.day).toBe('2026-10-06')
    expect(asked.every(({ url }) => new URL(url).origin === 'https://www.ecb.europa.eu')).toBe(true)
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual(['accept', 'user-agent'])
  })
  it('are read for 90 days again after a gap', async () => {
    const { look, files, clock } = stage()
    await look()
    clock.advance(10 * dayMs)
    await look()
    expect(files().at(-1)).toBe('eurofxref-hist-90d.xml')
  })
  it.each<[string, EmulatedAnswer | Error]>([
    ['nobody answers', new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })],
    ['the server has a fault', { status: 503, text: '' }],
    ['a web page comes', { status: 200, text: '<html></html>' }],
    ['it is far too long', { status: 200, text: ' '.repeat(1_000_001) }],
    ['it leads to another host', { status: 302, text: '', headers: { location: 'https://evil.example/rates.xml' } }],
    ['it leads to an open line', { status: 302, text: '', headers: { location: 'http://www.ecb.europa.eu/x.xml' } }],
    ['it leads in circles', { status: 302, text: '', headers: { location: '/stats/eurofxref/eurofxref-daily.xml' } }],
  ])('stay as they are when %s, and are tried again in an hour', async (_what, fault) => {
    const { look, clock, perEuro, misbehave, reading, asked } = stage()
    await look()
    clock.advance(3 * dayMs)
    misbehave(fault)
    await look()
    expect(perEuro('2026-11-24')).toBe('1.12 2026-11-20 ecb')
    expect(reading()).toMatchObject({ readAtMs: startMs, failure: { kind: expect.any(String) } })
    expect(asked.every(({ url }) => url.startsWith('https://www.ecb.europa.eu/'))).toBe(true)
    misbehave(null)
    await look()
    expect(perEuro('2026-11-24')).toBe('1.12 2026-11-20 ecb')
    clock.advance(hourMs)
    await look()
    expect(perEuro('2026-11-24')).toBe('1.13 2026-11-23 ecb')
    expect(reading()?.failure).toBeNull()
  })
  it('that leap are held back until a person says they are right', async () => {
    const { look, perEuro, held, accept, believed, clock } = stage([...days.slice(0, 3), dollar('2026-11-23', '11.3')])
    await look()
    clock.advance(3 * dayMs)
    await look()
    expect(held()).toEqual([dollar('2026-11-23', '11.3')])
    expect(believed('USD')).toEqual(dollar('2026-11-20', '1.12'))
    expect(perEuro('2026-11-23')).toBe('1.12 2026-11-20 ecb')
    expect(accept('USD')).toBe(true)
    expect(perEuro('2026-11-23')).toBe('11.3 2026-11-23 ecb')
    expect(accept('USD')).toBe(false)
  })
  it('that leap for one day are forgotten once the next one is in order', async () => {
    const slip = [...days.slice(0, 3), dollar('2026-11-23', '11.3'), dollar('2026-11-24', '1.14')]
    const { look, perEuro, held, accept, clock } = stage(slip)
    await look()
    clock.advance(3 * dayMs)
    await look()
    clock.advance(dayMs)
    await look()
    expect(held()).toEqual([])
    expect(accept('USD')).toBe(false)
    expect([perEuro('2026-11-23'), perEuro('2026-11-24')]).toEqual(['1.12 2026-11-20 ecb', '1.14 2026-11-24 ecb'])
  })
  it('are held against the snapshot when nothing was read before', async () => {
    const { look, held, perEuro } = stage([dollar('2026-11-20', '2.5')])
    await look()
    expect(held()).toHaveLength(1)
    expect(perEuro('2026-11-20')).toBe('1.1269 2026-10-06 bundled')
  })
  it('set by hand go first, and go away again', async () => {
    const { look, setManual, clearManual, perEuro } = stage()
    await look()
    setManual({ from: 'USD', to: 'EUR', rate: '0.5', fromDay: '2026-11-20' })
    expect(perEuro('2026-11-20')).toBe('2 2026-11-20 manual')
    expect(perEuro('2026-11-19')).toContain('ecb')
    expect(clearManual({ from: 'EUR', to: 'USD', fromDay: null })).toBe(true)
    expect(perEuro('2026-11-20')).toContain('ecb')
    expect(clearManual({ from: 'EUR', to: 'USD', fromDay: null })).toBe(false)
  })
  it('set by hand are replaced by the next one of the day, whichever way round it is written', async () => {
    const { setManual, manual, perEuro } = stage()
    setManual({ from: 'USD', to: 'EUR', rate: '0.5', fromDay: '2026-11-20' })
    setManual({ from: 'EUR', to: 'USD', rate: '1.25', fromDay: '2026-11-20' })
    expect(perEuro('2026-11-20')).toBe('1.25 2026-11-20 manual')
    expect(manual()).toHaveLength(1)
  })
  it('do not change for a day that is known: what was told of it stays true', async () => {
    const published = [...days]
    const { look, clock, perEuro } = stage(published)
    await look()
    published[1] = dollar('2026-11-19', '1.20')
    clock.advance(10 * dayMs)
    await look()
    expect(perEuro('2026-11-19')).toBe('1.11 2026-11-19 ecb')
  })
  it('are looked for while the guard runs, and let everything count anew', async () => {
    const { start, stop, clock, changes, files } = stage()
    start()
    await new Promise((resolve) => setImmediate(resolve))
    clock.advance(dayMs)
    await new Promise((resolve) => setImmediate(resolve))
    await stop()
    clock.advance(3 * dayMs)
    expect([changes(), files().length]).toEqual([2, 2])
  })
})
