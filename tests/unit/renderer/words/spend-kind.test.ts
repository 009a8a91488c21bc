import { describe, expect, it } from 'vitest'
import { spendKind } from '../../../../renderer/words/spend-kind.ts'

describe('the kind of an amount', () => {
  it('is unknown without an amount, never a plane', () => {
    expect(spendKind({ effective: null, billed: null, estimate: null })).toBe('unknown')
  })

  it('is the plane that the effective amount comes from', () => {
    expect(spendKind({ effective: '5', billed: null, estimate: '5' })).toBe('estimate')
    expect(spendKind({ effective: '5', billed: '5', estimate: '4' })).toBe('billed')
    expect(spendKind({ effective: '5', billed: '3', estimate: '5' })).toBe('estimate')
    expect(spendKind({ effective: '5', billed: '3', estimate: '4' })).toBe('mixed')
  })
})
