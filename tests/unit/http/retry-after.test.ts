import { describe, expect, it } from 'vitest'
import { retryAfterAt } from '../../../electron/http/retry-after.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)

describe('Retry-After', () => {
  it('is seconds, whole or not', () => {
    expect(retryAfterAt('7', now)).toBe(now + 7_000)
    expect(retryAfterAt(' 0.25 ', now)).toBe(now + 250)
    expect(retryAfterAt('0', now)).toBe(now)
  })

  it('is an HTTP date', () => {
    expect(retryAfterAt('Wed, 18 Nov 2026 15:21:30 GMT', now)).toBe(now + 90_000)
  })

  it('is never in the past', () => {
    expect(retryAfterAt('Wed, 18 Nov 2020 15:21:30 GMT', now)).toBe(now)
  })

  it('is a day at most, so that nobody can send the guard to sleep', () => {
    for (const header of ['99999999999', '9'.repeat(400), 'Wed, 18 Nov 2099 15:21:30 GMT'])
      expect(retryAfterAt(header, now)).toBe(now + 86_400_000)
  })

  it('says nothing when it is absent or cannot be read', () => {
    for (const header of [null, '', 'soon', '-5s', '1e999', 'Infinity']) expect(retryAfterAt(header, now)).toBeNull()
  })
})
