import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../electron/http/parse-json.ts'
import { parseNanos } from '../../../shared/money.ts'

describe('parseJson', () => {
  it('keeps a number that a double cannot hold as the text it was', () => {
    expect(parseJson('{"value":0.4137250000000000000000000001}')).toEqual({ value: '0.4137250000000000000000000001' })
    expect(parseJson('[12345678901234567890]')).toEqual(['12345678901234567890'])
  })
  it('makes numbers of those that a double holds', () => {
    expect(parseJson('{"a":1.5e-8,"b":[0,-2.25],"c":"1234567890123456789"}')).toEqual({
      a: 1.5e-8,
      b: [0, -2.25],
      c: '1234567890123456789',
    })
  })
  it('breaks on half an answer, long numbers or not', () => {
    expect(() => parseJson('{"a":1')).toThrow(SyntaxError)
    expect(() => parseJson('{"a":1234567890123456789')).toThrow(SyntaxError)
  })
  it('brings every amount of nanos through exactly, written as a number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 9_000_000_000_000_000_000n }), (nanos) => {
        const text = `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`
        const { value } = parseJson(`{"value": ${text}}`) as { value: number | string }
        expect(parseNanos(String(value))).toBe(nanos)
      }),
    )
  })
})
