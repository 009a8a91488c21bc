import { describe, expect, it } from 'vitest'
import { activeHours } from '../../../electron/judging/evidence.ts'
import { hourMs } from '../../../shared/time.ts'
import { accountRow } from '../../fakes/account-row.ts'

const addedMs = Date.UTC(2026, 10, 23, 9)
const hour = (later: number, costNanos = 1n) => ({ startS: (addedMs + later * hourMs) / 1_000, costNanos })
const hours = [hour(2), hour(-1), hour(-2), hour(1, 0n), hour(2)]
const later = (account: Parameters<typeof accountRow>[0]) =>
  activeHours(accountRow({ createdAtMs: addedMs, ...account }), hours).map((startMs) => (startMs - addedMs) / hourMs)

describe('the hours in which an account spent', () => {
  it('are each named once, in order', () => {
    expect(later({ provider: 'openai' })).toEqual([-2, -1, 2])
  })

  it('begin with the first look at a running total: before it, nobody knows when it paused', () => {
    expect(later({ provider: 'cursor' })).toEqual([2])
  })
})
