import { beforeEach, describe, expect, it } from 'vitest'
import { wayOf } from '../../../electron/shell/update-state.ts'
import { createUpdates } from '../../../electron/shell/updates.ts'
import { silentLogger } from '../../../electron/logging/logger.ts'
import type { UpdateState } from '../../../shared/desktop-app.ts'
import type { Settings } from '../../../shared/settings.ts'
import { dayMs, minuteMs } from '../../../shared/time.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { FakeUpdater } from '../../fakes/updater.ts'

describe('a newer version', () => {
  let updater: FakeUpdater
  let clock: ReturnType<typeof createFakeClock>
  let channel: Settings['updates']
  let steps: UpdateState['step'][]
  let logged: object[]
  const order: string[] = []

  beforeEach(() => {
    updater = new FakeUpdater()
    clock = createFakeClock(Date.UTC(2026, 10, 18, 15))
    channel = 'stable'
    steps = []
    logged = []
    order.length = 0
  })

  function start(way: UpdateState['way'] = 'install') {
    const updates = createUpdates({
      clock,
      log: { ...silentLogger, warn: (event, fields) => void logged.push({ event, ...fields }) },
      way: { way, message: null },
      channel: async () => channel,
      load: async () => updater,
      beforeInstall: async () => void order.push(`written, ${updater.installed.length} installed`),
      onChange: () => {
        const { step } = updates.state()
        if (steps.at(-1) !== step) steps.push(step)
      },
    })
    updates.start()
    return updates
  }
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

  it('is looked for a minute after the start, and then once a day', async () => {
    const updates = start()
    expect(updater.checks).toBe(0)
    clock.advance(minuteMs)
    await settle()
    expect(updates.state()).toMatchObject({ step: 'idle', checkedAt: expect.any(String), version: null })
    clock.advance(dayMs)
    await settle()
    expect(updater.checks).toBe(2)
  })

  it('is not looked for by itself once that is switched off, and still when a person asks', async () => {
    channel = 'off'
    const updates = start()
    clock.advance(3 * dayMs)
    await settle()
    expect(updater.checks).toBe(0)
    await updates.check()
    expect(updater.checks).toBe(1)
  })

  it('is told, fetched after one yes and installed after another, with everything written first', async () => {
    const updates = start()
    updater.published = '1.3.0'
    await updates.check()
    expect(updates.state()).toMatchObject({ step: 'available', version: '1.3.0' })
    expect(updater).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false })
    await updates.install()
    expect(updater.installed).toEqual([])

    await updates.download()
    expect(updates.state()).toMatchObject({ step: 'downloaded', version: '1.3.0', share: 1 })
    expect(steps).toEqual(['checking', 'available', 'downloading', 'downloaded'])
    await updates.check()
    expect(updater.checks).toBe(1)
    expect(updater.installed).toEqual([])
    await updates.install()
    expect(order).toEqual(['written, 0 installed'])
    expect(updater.installed).toEqual(['1.3.0'])
  })

  it('of the beta channel is one before its release; going back to stable is no step backwards', async () => {
    channel = 'beta'
    const updates = start()
    await updates.check()
    expect(updater).toMatchObject({ allowPrerelease: true, allowDowngrade: false })
    channel = 'stable'
    await updates.check()
    expect(updater).toMatchObject({ allowPrerelease: false, allowDowngrade: false })
  })

  it('that cannot be looked for is told in words of ours, and tried again the next day', async () => {
    const updates = start()
    updater.broken = new Error('Cannot parse releases feed: <html>secret-looking body</html>')
    await updates.check()
    expect(updates.state()).toMatchObject({ step: 'failed', message: expect.stringContaining('looked for') })
    expect(JSON.stringify([updates.state(), logged])).not.toContain('body')
    updater.broken = null
    clock.advance(dayMs)
    await settle()
    expect(updates.state().step).toBe('idle')
  })

  it('whose download breaks off, or is not what was signed, is not installed; it can be fetched again', async () => {
    const updates = start()
    updater.published = '1.3.0'
    await updates.check()
    updater.broken = new Error('sha512 checksum mismatch')
    await updates.download()
    expect(updates.state()).toMatchObject({ step: 'failed', version: '1.3.0', share: null })
    await updates.install()
    expect(updater.installed).toEqual([])
    updater.broken = null
    await updates.download()
    expect(updates.state().step).toBe('downloaded')
  })

  it('of a package of the system is told and left to its manager', async () => {
    const updates = start('tell')
    updater.published = '1.3.0'
    await updates.check()
    await updates.download()
    expect(updates.state()).toMatchObject({ step: 'available', way: 'tell' })
  })

  it('of a checkout is nobody’s business here', async () => {
    const updates = start('none')
    await updates.check()
    expect(updater.checks).toBe(0)
  })
})

describe('the way to a newer version', () => {
  it.each([
    ['darwin', true, false, 'install'],
    ['win32', true, false, 'install'],
    ['linux', true, true, 'install'],
    ['linux', true, false, 'tell'],
    ['darwin', false, false, 'none'],
    ['linux', false, true, 'none'],
  ] as const)('on %s, packaged %s, AppImage %s: %s', (platform, isPackaged, isAppImage, way) => {
    expect(wayOf({ platform, isPackaged, isAppImage }).way).toBe(way)
  })
})
