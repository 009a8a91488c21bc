import { describe, expect, it } from 'vitest'
import { createShellClient } from '../../../renderer/shell-client.ts'
import { settings } from '../../../shared/settings.ts'

describe('calls through the preload', () => {
  it('uses the function of that name and parses what it answers', async () => {
    const guard = createShellClient({
      calls: { 'settings:get': async () => ({ ok: true, value: settings.parse({ zone: 'UTC' }) }) },
      on: () => () => {},
    })
    expect(await guard.call('settings:get', {})).toMatchObject({ ok: true, value: { zone: 'UTC' } })
  })

  it('fails in words when the window does not offer a call, or the shell throws', async () => {
    const guard = createShellClient({
      calls: { 'status:get': () => Promise.reject(new Error('gone')) },
      on: () => () => {},
    })
    expect(await guard.call('budgets:list', {})).toMatchObject({ ok: false, failure: { kind: 'internal' } })
    expect(await guard.call('status:get', {})).toMatchObject({ ok: false, failure: { kind: 'unreachable-guard' } })
  })

  it('drops a push that does not fit the contract', () => {
    const listeners: ((push: unknown) => void)[] = []
    const guard = createShellClient({
      calls: {},
      on: (_, listener) => {
        listeners.push(listener)
        return () => {}
      },
    })
    const told: unknown[] = []
    guard.on('changed', (push) => told.push(push))
    listeners[0]?.({ what: 'everything' })
    listeners[0]?.({ what: ['alerts'] })
    expect(told).toEqual([{ what: ['alerts'] }])
  })
})
