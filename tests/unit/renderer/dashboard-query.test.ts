import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute } from '../../../renderer/address.ts'
import {
  into,
  plainQuery,
  rangeNames,
  stackings,
  withoutScope,
  withScope,
  type DashboardQuery,
} from '../../../renderer/dashboard-query.ts'

const queryAt = (hash: string): DashboardQuery => {
  const route = parseRoute({ hash, search: '' })
  if (route.view !== 'dashboard') throw new Error(route.view)
  return route.query
}
const hrefFor = (query: DashboardQuery) => hrefOf({ view: 'dashboard', query })

const day = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const range = fc.oneof(
  fc.constantFrom(...rangeNames),
  fc.tuple(day, day).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a })),
)
const scope = fc
  .tuple(fc.constantFrom(...stackings), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .filter(([, name]) => name.trim() === name && name.isWellFormed())
  .map(([kind, name]) => `${kind}:${name}`)
const query: fc.Arbitrary<DashboardQuery> = fc.record({
  range,
  scopes: fc.uniqueArray(scope, { maxLength: 5 }),
  by: fc.constantFrom(...stackings),
  split: fc.constantFrom(...stackings),
  chart: fc.constantFrom('steps', 'total'),
  currency: fc.constantFrom(null, 'USD', 'EUR'),
  up: fc.option(range, { nil: null }),
})

describe('the address of the dashboard', () => {
  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(query, (one) => {
        expect(queryAt(hrefFor(one))).toEqual(one)
      }),
    )
  })

  it('makes something that can be shown of whatever it reads, and keeps to it', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('range', '..', '2026-13-99', 'project:'))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('range', 'up', 'scope', 'by', 'chart', 'currency'), text), (given) => {
        const read = queryAt(`#/?${new URLSearchParams(given).toString()}`)
        expect(queryAt(hrefFor(read))).toEqual(read)
      }),
    )
  })

  it('is short while nothing is chosen, and can be read', () => {
    expect(hrefFor(plainQuery)).toBe('#/')
    expect(hrefFor({ ...plainQuery, range: { from: '2026-11-01', to: '2026-11-20' }, scopes: ['project:web'] })).toBe(
      '#/?range=2026-11-01..2026-11-20&scope=project:web',
    )
  })

  it.each([
    ['12d', '7d'],
    ['61', '90d'],
    ['60d', '30d'],
    ['0', 'today'],
    ['fortnight', '30d'],
    ['2026-02-31', { from: '2026-02-28', to: '2026-02-28' }],
    ['2026-11-20..2026-11-01', { from: '2026-11-01', to: '2026-11-20' }],
    ['2026-11-01..', '30d'],
  ])('takes the range nearest to %s', (text, expected) => {
    expect(queryAt(`#/?range=${text}`).range).toEqual(expected)
  })

  it('leaves out what is no scope', () => {
    const read = queryAt('#/?scope=all&scope=project:web&scope=planet:mars&scope=project:web&scope=key:')
    expect(read.scopes).toEqual(['project:web'])
  })
})

describe('a look into the spend', () => {
  it('of one group asks next what is in it, where it would be one colour otherwise', () => {
    const only = withScope({ ...plainQuery, by: 'provider', split: 'model' }, 'provider:openai')
    expect(only).toMatchObject({ scopes: ['provider:openai'], by: 'model', split: 'model' })
    expect(withScope({ ...plainQuery, by: 'project' }, 'provider:openai').by).toBe('project')
    expect(withScope(only, 'provider:openai')).toEqual(only)
    expect(withoutScope(only, 'provider:openai').scopes).toEqual([])
  })

  it('of one day remembers where it came from', () => {
    const day = { from: '2026-11-20', to: '2026-11-20' }
    expect(into(plainQuery, day)).toMatchObject({ range: day, up: '30d' })
  })
})
