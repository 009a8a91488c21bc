import { describe, expect, it } from 'vitest'
import { contributorsOf, sumsInScope, type OwnedSpend } from '../../../electron/detection/finding.ts'

const all = { kind: 'all', name: '' } as const
function part(nanos: number, model: string | null, change: Partial<OwnedSpend> = {}): OwnedSpend {
  return {
    owner: { provider: 'openai', account: 'a', workspace: null, project: [], model, key: [] },
    labels: { provider: 'OpenAI', account: 'Acme', project: null, model, key: null },
    currency: 'USD',
    nanos: BigInt(nanos),
    ...change,
  }
}
const models = (parts: OwnedSpend[]) =>
  contributorsOf(parts, all, 'USD')
    .filter((one) => one.dimension === 'model')
    .map((one) => `${one.name} ${one.nanos}`)

describe('the sum in a scope', () => {
  it('holds what belongs to the scope, each currency by itself', () => {
    const parts = [part(1, 'm'), part(2, 'n'), part(4, 'm', { currency: 'EUR' }), part(-8, 'm')]
    expect(Object.fromEntries(sumsInScope(parts, all))).toEqual({ USD: -5n, EUR: 4n })
    expect(Object.fromEntries(sumsInScope(parts, { kind: 'model', name: 'm' }))).toEqual({ USD: -7n, EUR: 4n })
    expect(sumsInScope([], all).size).toBe(0)
  })
})

describe('contributors', () => {
  it('are the largest of each dimension, largest first, summed by name', () => {
    expect(models([part(300, 'b'), part(400, 'a'), part(300, 'b')])).toEqual(['b 600', 'a 400'])
  })

  it('are those with a tenth of the whole at least', () => {
    expect(models([part(800, 'a'), part(100, 'tenth'), part(99, 'less'), part(1, 'rest')])).toEqual([
      'a 800',
      'tenth 100',
    ])
    expect(models([part(891, 'a'), part(99, 'less'), part(10, 'rest')])).toEqual(['a 891'])
  })

  it('are three at most, and the largest however small it is', () => {
    expect(models(['a', 'b', 'c', 'd'].map((name) => part(250, name)))).toHaveLength(3)
    expect(models(Array.from({ length: 50 }, (_, index) => part(20 + (index === 7 ? 1 : 0), `m${index}`)))).toEqual([
      'm7 21',
    ])
  })

  it('come in the order of their names where they spent the same', () => {
    expect(models([part(5, 'b'), part(5, 'c'), part(5, 'a')])).toEqual(['a 5', 'b 5', 'c 5'])
  })

  it('leave out credits, other currencies, other scopes and what has no name', () => {
    const parts = [part(5, 'a'), part(-9, 'credit'), part(9, 'euro', { currency: 'EUR' }), part(9, null)]
    expect(models(parts)).toEqual(['a 5'])
    const scoped = contributorsOf(parts, { kind: 'model', name: 'a' }, 'USD')
    expect(scoped).toEqual([
      { dimension: 'model', name: 'a', nanos: 5n },
      { dimension: 'account', name: 'Acme', nanos: 5n },
    ])
  })
})
