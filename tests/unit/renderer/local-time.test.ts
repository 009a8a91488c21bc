import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../renderer/local-time.ts'

describe('a date and time that somebody typed', () => {
  it('is an instant on the clock of a zone, in summer and in winter', () => {
    expect(instantOf('2026-07-01T07:30', 'Europe/Berlin')).toBe('2026-07-01T05:30:00.000Z')
    expect(instantOf('2026-11-25T07:30', 'Europe/Berlin')).toBe('2026-11-25T06:30:00.000Z')
  })

  it('is none while it is half typed', () => {
    expect(instantOf('', 'UTC')).toBeNull()
    expect(instantOf('2026-02-31T07:30', 'UTC')).toBeNull()
  })
})
