import { describe, expect, it } from 'vitest'
import { snoozeChoices } from '../../../renderer/snooze.ts'

const nowMs = Date.parse('2026-11-23T20:00:00Z')

describe('the ready-made snoozes', () => {
  it('end tomorrow at nine in the zone of the guard', () => {
    const tomorrow = snoozeChoices({ amount: null }, nowMs, 'Europe/Berlin').find(({ label }) => label.includes('9:00'))
    expect(new Date(tomorrow?.untilMs ?? 0).toISOString()).toBe('2026-11-24T08:00:00.000Z')
  })

  it('offer to wake when the money doubles only where the amount is known', () => {
    expect(snoozeChoices({ amount: null }, nowMs, 'UTC').every(({ untilAmount }) => untilAmount === null)).toBe(true)
    expect(snoozeChoices({ amount: '197.44' }, nowMs, 'UTC').at(-1)?.untilAmount).toBe('394.88')
  })
})
