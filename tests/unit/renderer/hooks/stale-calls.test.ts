import { describe, expect, it } from 'vitest'
import { staleCalls } from '../../../../renderer/hooks/stale-calls.ts'

describe('what a push makes old', () => {
  it('is always the status, which shows a bit of everything', () => {
    for (const what of ['spend', 'accounts', 'alerts', 'settings'] as const)
      expect(staleCalls([what])).toContain('status:get')
  })

  it('is what people set themselves, in this window, another one or on the command line', () => {
    const old = staleCalls(['settings'])
    for (const name of ['budgets:list', 'plans:list', 'rates:get', 'data:get'] as const) expect(old).toContain(name)
  })

  it('is not what the push does not touch', () => {
    expect(staleCalls(['alerts'])).not.toContain('spend:history')
    expect(staleCalls(['spend'])).not.toContain('settings:get')
  })
})
