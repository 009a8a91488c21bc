import { describe, expect, it } from 'vitest'
import { areRatesDue } from '../../../electron/rates/when-due.ts'
import { fail } from '../../../shared/failures.ts'

const at = (text: string) => Date.parse(`2026-11-${text}Z`)
const read = (text: string) => ({ readAtMs: at(text), triedAtMs: at(text), failure: null })

describe('rates are due', () => {
  it('when they were never read', () => expect(areRatesDue(null, at('24T08:00:00'))).toBe(true))
  it('once after each publication', () => {
    expect(areRatesDue(read('24T15:40:00'), at('25T15:20:00'))).toBe(false)
    expect(areRatesDue(read('24T15:40:00'), at('25T15:40:00'))).toBe(true)
    expect(areRatesDue(read('25T08:00:00'), at('25T15:40:00'))).toBe(true)
    expect(areRatesDue(read('25T15:40:00'), at('25T23:59:00'))).toBe(false)
  })
  it('an hour after a try that failed', () => {
    const failed = { readAtMs: at('23T16:00:00'), triedAtMs: at('24T16:00:00'), failure: fail('offline', 'No.') }
    expect(areRatesDue(failed, at('24T16:50:00'))).toBe(false)
    expect(areRatesDue(failed, at('24T17:00:00'))).toBe(true)
  })
  it('when the clock was set back behind the last try', () =>
    expect(areRatesDue(read('25T16:00:00'), at('24T08:00:00'))).toBe(true))
})
