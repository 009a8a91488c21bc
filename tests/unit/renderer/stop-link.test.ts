import { describe, expect, it } from 'vitest'
import { stopLinkOf } from '../../../renderer/stop-link.ts'
import { storyAlerts } from '../../fakes/guard-story.ts'

const nowMs = Date.parse('2026-11-23T20:00:00Z')

describe('the page that stops the bleeding', () => {
  const [leak] = storyAlerts(nowMs)
  const accounts = [{ id: 'acc-openai', provider: 'openai' }]
  if (!leak) throw new Error('the story has no alert')

  it('is the one the alert links to, when it is on our own list', () => {
    expect(stopLinkOf(leak, [])).toEqual({ provider: 'openai', page: 'stop' })
  })

  it('is never an address from elsewhere', () => {
    expect(stopLinkOf({ ...leak, scope: 'all', link: 'https://evil.example/keys' }, accounts)).toBeNull()
  })

  it('is found by the account when there is no link', () => {
    expect(stopLinkOf({ ...leak, link: null }, accounts)).toEqual({ provider: 'openai', page: 'stop' })
    expect(stopLinkOf({ ...leak, link: null, rule: 'credential' }, accounts)).toEqual({
      provider: 'openai',
      page: 'key',
    })
  })
})
