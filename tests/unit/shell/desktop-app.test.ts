import { describe, expect, it } from 'vitest'
import { withDesktopApp } from '../../../electron/shell/desktop-app.ts'
import { createGuard } from '../../../electron/guard.ts'
import type { StartAtLogin } from '../../../electron/shell/login-item.ts'
import type { UpdateState } from '../../../shared/desktop-app.ts'
import { createTestSystem } from '../../fakes/system.ts'
import { createFakeGuard } from '../../fakes/guard-client.ts'

function desktopApp() {
  const asked: string[] = []
  const startAtLogin: StartAtLogin = { on: false, canChange: true, note: null }
  const idle: UpdateState = {
    way: 'install',
    step: 'idle',
    version: null,
    share: null,
    checkedAt: null,
    message: null,
  }
  const guard = withDesktopApp(createFakeGuard('calm'), {
    loginItem: { state: () => startAtLogin, set: (on) => void (startAtLogin.on = on) },
    updates: {
      state: () => idle,
      check: async () => void asked.push('check'),
      download: async () => void asked.push('download'),
      install: async () => void asked.push('install'),
    },
  })
  return { guard, asked }
}

describe('the desktop app, as its own windows see it', () => {
  it('starts at login when it is told to, and says how it is', async () => {
    const { guard } = desktopApp()
    expect(await guard.call('app:start-at-login', { on: true })).toMatchObject({
      value: { startAtLogin: { on: true } },
    })
    expect(await guard.call('app:get', {})).toMatchObject({ ok: true, value: { startAtLogin: { on: true } } })
    expect(await guard.call('app:start-at-login', { on: 'yes' as never })).toMatchObject({ ok: false })
  })

  it('looks for, fetches and installs a newer version of itself', async () => {
    const { guard, asked } = desktopApp()
    await guard.call('app:check-for-update', {})
    await guard.call('app:download-update', {})
    await guard.call('app:install-update', {})
    expect(asked).toEqual(['check', 'download', 'install'])
  })

  it('hands everything else on to the guard', async () => {
    const { guard } = desktopApp()
    expect(await guard.call('status:get', {})).toMatchObject({ ok: true, value: { accounts: expect.any(Array) } })
  })

  it('is not there for a page in the browser, which can neither restart nor start it', async () => {
    const guard = createGuard(createTestSystem())
    if (!guard.ok) throw new Error(guard.failure.message)
    expect(await guard.value.call('app:get', {})).toEqual({ ok: true, value: null })
    for (const name of ['app:start-at-login', 'app:install-update'] as const)
      expect(await guard.value.call(name, { on: true })).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
    await guard.value.stop()
  })
})
