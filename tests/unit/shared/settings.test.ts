import { describe, expect, it } from 'vitest'
import { settings, settingsChange } from '../../../shared/settings.ts'

describe('a change of settings', () => {
  it('holds what it names and nothing else', () => {
    expect(settingsChange.parse({})).toEqual({})
    expect(settingsChange.parse({ velocityFloor: '7' })).toEqual({ velocityFloor: '7' })
    expect(settingsChange.parse({ zone: null, displayCurrency: 'EUR' })).toEqual({ zone: null, displayCurrency: 'EUR' })
  })

  it('is checked like the settings themselves', () => {
    expect(settingsChange.safeParse({ usageEverySeconds: 1 }).success).toBe(false)
    expect(settingsChange.safeParse({ zone: 'Nowhere/Town' }).success).toBe(false)
    expect(Object.keys(settingsChange.shape)).toEqual(
      Object.keys(settings.shape).filter((name) => name !== 'heartbeat' && name !== 'pause'),
    )
  })
})
