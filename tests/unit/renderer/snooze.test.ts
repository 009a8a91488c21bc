import { describe, expect, it } from 'vitest'
import { snoozeChoices } from '../../../renderer/snooze.ts'

const nowMs = Date.parse('2026-11-23T20:00:00Z')

describe('the ready-made snoozes', () => {
  it('end tomorrow at nine in the zone of the guard', () => {
    const tomorrow = snoozeChoices({ amount: null }, nowMs, 'Europe/Berlin').find(({ label }) => label.includes('9:00'))
    expect(new Date(tomorrow?.untilMs ?? 0).toISOString()).toBe('2026-11-24T08:00:00.000Z')
  })

  it.each([
    ['2026-03-08T04:00:00Z', 'America/Los_Angeles', '2026-03-08T16:00:00.000Z'],
    ['2026-10-24T18:00:00Z', 'Europe/Berlin', '2026-10-25T08:00:00.000Z'],
  ])('end at nine by the clock also on a day the clocks change: %s in %s', (now, zone, nine) => {
    const tomorrow = snoozeChoices({ amount: null }, Date.parse(now), zone).find(({ label }) => label.includes('9:00'))
    expect(new Date(tomorrow?.untilMs ?? 0).toISOString()).toBe(nine)
  })

  it('offer to wake when the money doubles only where the amount is known', () => {
    expect(snoozeChoices({ amount: null }, nowMs, 'UTC').every(({ untilAmount }) => untilAmount === null)).toBe(true)
    expect(snoozeChoices({ amount: '197.44' }, nowMs, 'UTC').at(-1)?.untilAmount).toBe('394.88')
  })
})
