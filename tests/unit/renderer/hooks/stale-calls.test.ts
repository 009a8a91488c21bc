import { describe, expect, it } from 'vitest'
import { staleCalls } from '../../../../renderer/hooks/stale-calls.ts'

describe('what a push makes old', () => {
  it('is always the status, which shows a bit of everything', () => {
    for (const what of ['spend', 'accounts', 'alerts', 'settings'] as const)
      expect(staleCalls([what])).toContain('status:get')
  })

  it('is not what the push does not touch', () => {
    expect(staleCalls(['alerts'])).not.toContain('spend:history')
    expect(staleCalls(['spend'])).not.toContain('settings:get')
  })
})
