import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeOf } from '../../../electron/agent-logs/values.ts'

describe('times of logs', () => {
  const dates = fc.date({ noInvalidDate: true, min: new Date(1), max: new Date('9999-12-31T23:59:59.999Z') })

  it('are read as JavaScript reads them, day after day', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(timeOf(date.toISOString())).toBe(date.getTime())
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['the end of a day', '2026-09-01T24:00:00.000Z', '2026-09-02T00:00:00.000Z'],
    ['six digits', '2026-09-01T10:00:00.123456Z', '2026-09-01T10:00:00.123Z'],
    ['no digits', '2026-09-01T10:00:00Z', '2026-09-01T10:00:00.000Z'],
    ['another zone', '2026-09-01T12:00:00.000+02:00', '2026-09-01T10:00:00.000Z'],
    ['no zone', '2026-09-01T10:00:00.000', '2026-09-01T10:00:00.000Z'],
    ['seconds', 1_788_256_800, '2026-09-01T10:00:00.000Z'],
    ['milliseconds', 1_788_256_800_000, '2026-09-01T10:00:00.000Z'],
  ])('may have %s', (_what, told, time) => {
    expect(timeOf(told)).toBe(Date.parse(time))
  })

  it.each([
    ['a month that there is not', '2026-13-01T10:00:00.000Z'],
    ['an hour that there is not', '2026-09-01T25:00:00.000Z'],
    ['a minute that there is not', '2026-09-01T10:60:00.000Z'],
    ['a time before all computers', '1969-12-31T23:59:59.999Z'],
    ['words', 'yesterday, at about ten.'],
    ['words with a number', 'not a time 7'],
    ['a number in words', '5'],
    ['a small number', 12],
    ['a number after all times', 1e300],
    ['nothing', null],
  ])('are unknown where there is %s', (_what, told) => {
    expect(timeOf(told)).toBeNull()
  })
})
